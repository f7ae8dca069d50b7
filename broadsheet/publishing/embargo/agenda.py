"""What the clock has to do next: from a list that it reads twice a second, and prepares while it has time."""

import datetime as dt
import logging
import time
from random import randrange

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError, connection

from broadsheet.kit import clock
from broadsheet.publishing.embargo.carry_out import Outcome, carry_out
from broadsheet.publishing.embargo.failures import forget_outdated_failures, note_failure
from broadsheet.publishing.embargo.first_publication import FirstPublication, prepare_first_publication
from broadsheet.publishing.embargo.planned import Planned, planned_acts
from broadsheet.publishing.record_unrecorded import record_unrecorded

SECONDS_BETWEEN_LOOKS = 0.5
"""So long at most may a plan made for this very second stay unseen."""
PREPARED_AHEAD = dt.timedelta(minutes=2)
BUSY_PAUSE_SECONDS = 0.1
"""How soon it looks again at what someone else is just holding."""
CLEAR_SECONDS = 0.1
"""Nothing is prepared so shortly before something is due: a preparation takes some ten milliseconds."""
UNRECORDED_PAUSE_SECONDS = 30
RING = 2**32 - 1

logger = logging.getLogger(__name__)

Key = tuple[str, int, dt.datetime]


class Agenda:
    """One clock's view of what is planned. A standby has one too, and prepares.

    Where rows can be locked (PostgreSQL) a standby also helps with what is due, as far as it has it prepared: two do it
    in half the time. What is due at one moment stands on a ring, the same for all clocks, and each goes round it from a
    place of its own; whoever comes to where another has been looks again, and goes on from elsewhere.
    """

    def __init__(self) -> None:
        self._shares_work = connection.features.has_select_for_update_skip_locked
        self._place = randrange(RING)  # noqa: S311 - nobody gains by guessing it
        self._planned: list[Planned] = []
        self._prepared: dict[Key, FirstPublication | None] = {}
        self._next_look = 0.0
        self._next_record = 0.0
        self._done: list[tuple[Planned, FirstPublication | None, float]] = []

    def step(self, *, is_standby: bool = False) -> float:
        """Do the one thing that comes next; return for how many seconds there is nothing more to do."""
        if time.monotonic() >= self._next_look:
            self._look(is_standby)
        pause_seconds = self._seconds_to_next()
        if pause_seconds <= 0:
            return self._do_next(is_standby)
        if pause_seconds > CLEAR_SECONDS and self._prepare_one():
            return 0.0
        if self._done:
            self._tell_of(*self._done.pop(0))
            return 0.0
        return min(pause_seconds, self._seconds_to_look())

    def _look(self, is_standby: bool) -> None:
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        if not is_standby:
            self._record_unrecorded()
            forget_outdated_failures()
        self._planned = planned_acts(until=clock.now() + PREPARED_AHEAD)
        if self._shares_work:
            self._planned.sort(key=lambda planned: (planned.due_at, _place(planned) - self._place & RING))
        keys = {_key(planned) for planned in self._planned}
        self._prepared = {key: value for key, value in self._prepared.items() if key in keys}
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS

    def _record_unrecorded(self) -> None:
        """Record what was changed behind the newsroom's back; trouble with that holds up nothing else."""
        if time.monotonic() < self._next_record:
            return
        try:
            record_unrecorded()
        except Exception:
            if not _database_answers():
                raise
            self._next_record = time.monotonic() + UNRECORDED_PAUSE_SECONDS

    def _seconds_to_next(self) -> float:
        """Return how long the first thing has to wait, by a wall clock that is read anew each time."""
        if not self._planned:
            return SECONDS_BETWEEN_LOOKS
        return (self._planned[0].due_at - clock.now()).total_seconds()

    def _seconds_to_look(self) -> float:
        return max(0.0, self._next_look - time.monotonic())

    def _do_next(self, is_standby: bool) -> float:
        """Do the next thing that is due; return for how long there is nothing for this clock among it."""
        due = self._due(is_standby)
        if due is None:
            return self._seconds_to_look()
        self._do(due)
        return 0.0

    def _due(self, is_standby: bool) -> Planned | None:
        """Return what comes first of that which is due, and for this clock to do."""
        if not is_standby:
            return self._planned[0]
        if not self._shares_work:
            return None
        now = clock.now()
        due = (planned for planned in self._planned if planned.due_at <= now)
        return next((planned for planned in due if self._prepared.get(_key(planned))), None)

    def _do(self, planned: Planned) -> None:
        """Carry out what is due; if someone holds it, the next look finds it again."""
        self._planned.remove(planned)
        prepared = self._prepared.pop(_key(planned), None)
        try:
            outcome = carry_out(planned=planned, prepared=prepared)
        except Exception as error:
            if isinstance(error, (InterfaceError, OperationalError)) and not _database_answers():
                raise
            note_failure(planned=planned, error=error)
            return
        if outcome is Outcome.BUSY:
            self._prepared[_key(planned)] = prepared
            self._next_look = min(self._next_look, time.monotonic() + BUSY_PAUSE_SECONDS)
        if outcome is Outcome.NOT_PLANNED:
            self._place, self._next_look = randrange(RING), 0.0  # noqa: S311 - as above
        if outcome is Outcome.DONE:
            self._done.append((planned, prepared, planned.lateness_seconds))

    def _tell_of(self, planned: Planned, prepared: FirstPublication | None, lateness_seconds: float) -> None:
        """Log what was done, and bring the newsroom's search up to date: when nothing is due that would wait for it."""
        logger.info("%s of %s, %.3f s after its moment", planned.act.label, planned, lateness_seconds)
        if prepared:
            prepared.index()

    def _prepare_one(self) -> bool:
        """Prepare the next thing that is not yet; tell whether there was one."""
        for planned in self._planned:
            if _key(planned) not in self._prepared:
                self._prepared[_key(planned)] = prepare_first_publication(planned=planned)
                return True
        return False


def _key(planned: Planned) -> Key:
    return planned.act, planned.object_id, planned.due_at


def _place(planned: Planned) -> int:
    """Return where on the ring something stands: anywhere, by its number (Knuth's multiplicative hash)."""
    return planned.object_id * 2_654_435_761 & RING


def _database_answers() -> bool:
    """Tell whether the database works when asked afresh, so that what failed is to blame and not the database."""
    try:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
