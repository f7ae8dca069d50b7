"""The follower: one process of a node that keeps its page store true.

It applies the change log, and renders anew what readers have read lately, so that they rarely meet an old page and
never wait for one. It renders in a process of its own: a rendering would hold up the requests beside it.
"""

import logging
import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import Error as DatabaseError
from django.db import connection

from broadsheet.changes.await_news import News
from broadsheet.delivery.addresses import is_front
from broadsheet.delivery.epoch import begin_epoch, mark_other_epochs
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import CLOCK_SLACK_SECONDS, PageStore, State
from broadsheet.delivery.render_page import Renderer, RenderFailedError
from broadsheet.delivery.single_flight import single_flight
from broadsheet.delivery.store_page import SHORT_LIVED, store_page
from broadsheet.delivery.tidy_store import tidy_store
from broadsheet.kit.fail_points import reach
from broadsheet.kit.memory import Memory

LOOK_SECONDS = 0.25
"""How long a change may stay unseen whose announcement was lost."""
GAP_SECONDS = 0.9
"""From one rendering of a page to the next, so that ten updates in a second are two renderings and not ten."""
QUIET_SECONDS = 0.2
"""Unless nothing has touched the page for so long: then no more is to come, and nothing to wait for."""
LATELY_SECONDS = 24 * 3600
"""Pages that nobody has read for so long are rendered when somebody does."""
SHARE_OF_TIME = 0.8
"""How much of its time the follower renders; then what is due waits. Fronts do not wait."""
MOST_SAVED_SECONDS = 1.0
"""So much of it at once, after it had nothing to do."""
NICENESS = 10
"""An editors' burst must leave the machine to readers: the kernel gives the processor to web workers first."""
PAUSE_AFTER_FAILURE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
"""After each failure in a row a page waits twice as long as after the one before, up to this."""
MOST_TRIES = 3
"""How often a page is rendered while the store is drained, after each change of the log."""
TIDY_SECONDS = 60
EPOCH_SECONDS = 1.0
MOST_DUE = 500
DUE = f"state != 0 AND status < {SHORT_LIVED}"
AT_ONCE = 20
"""Pages that are rendered without a new look at which come first, unless the log has grown."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """A page to be rendered anew, and from when on it may be."""

    name: str
    at: float


@dataclass(frozen=True)
class Failures:
    """How long a page waits that could not be rendered, and by the monotonic clock until when."""

    pause_seconds: float
    again_at: float


class Follower:
    """What the process does, step by step."""

    def __init__(self, *, store: PageStore, renderer: Renderer | None = None, gap_seconds: float = GAP_SECONDS) -> None:
        self._store = store
        self._renderer = renderer or Renderer(Memory(renews_pages=True))
        self._gap_seconds = gap_seconds
        self._allowance_seconds = MOST_SAVED_SECONDS
        self._allowance_at = time.monotonic()
        self._next_tidy = self._next_epoch = 0.0
        self._news = News()
        self._begun_in: int | None = None
        self._ready: list[Due] = []
        self._failures: dict[str, Failures] = {}

    def step(self) -> float:
        """Do the next thing; return for how many seconds there is nothing more to do."""
        if self._begun_in != (file := self._store.file):  # the first, or it was deleted or made anew meanwhile
            begin_epoch(store=self._store)
            self._store.counter.touch()  # a follower before this one may have died before it told
            self._begun_in = file
        if invalidate_pages(store=self._store):
            self._ready.clear()
            return 0.0
        if self._mark_renewed():
            self._ready.clear()
        if time.monotonic() >= self._next_epoch:
            mark_other_epochs(store=self._store)
            self._next_epoch = time.monotonic() + EPOCH_SECONDS
        if time.monotonic() >= self._next_tidy:
            tidy_store(store=self._store)
            self._next_tidy = time.monotonic() + TIDY_SECONDS
        name, pause_seconds = self._next_due()
        if name is None:
            return min(LOOK_SECONDS, pause_seconds)
        standing = self._store.standing(name)
        if standing is not None and standing.state is not State.FRESH:  # a reader may have come first
            self._render(name)
        return 0.0

    def drain(self) -> list[str]:
        """Apply the whole log and render all that is due, whenever it was read: the store is then as true as can be.

        Return the pages that could not be rendered. Ends, too, beside a follower of another epoch, for which all that
        is rendered here is old.
        """
        failed: list[str] = []
        tries: Counter[str] = Counter()
        while True:
            while invalidate_pages(store=self._store):
                tries.clear()
            self._mark_renewed()
            self._ready.clear()
            due = [name for name in self._store.names("state != 0 ORDER BY id") if name not in failed]
            names = [name for name in due if tries[name] < MOST_TRIES]
            if not names:
                return failed
            tries.update(names)
            failed += [name for name in names if not self._render(name)]

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the change log has grown."""
        self._news.wait(seconds)

    def close(self) -> None:
        """Wait no longer."""
        self._news.close()

    def _mark_renewed(self) -> bool:
        """Mark the pages that look different from now on; tell whether there are any."""
        condition, now = "renew_at <= ?", time.time()
        if not self._store.names(f"state = 0 AND {condition} LIMIT 1", (now,)):
            return False
        with self._store.writing():
            self._store.mark_stale(condition, (now,), since=now)
        return True

    def _next_due(self) -> tuple[str | None, float]:
        """Return the page that is to be rendered now; or none, and for how many seconds there is none."""
        if not self._ready:
            self._ready, later = self._due()
            if not self._ready:
                return None, LOOK_SECONDS if later is None else max(0.0, later.at - time.time())
        wait_seconds = 0.0 if is_front(self._ready[0].name) else self._seconds_to_save()
        return (None, wait_seconds) if wait_seconds > 0 else (self._ready.pop(0).name, 0.0)

    def _due(self) -> tuple[list[Due], Due | None]:
        """Return the next pages to be rendered: fronts, then what has itself changed, then what lists it; of each kind
        first what waits longest. And the next of the others, which have just been rendered and wait for a while.

        Redirects and what is not there are left to who asks for them: with every publication all of them are old.
        """
        now = time.time()
        rows = self._store.connection.execute(
            "SELECT name, rendered_at, touched_at, is_itself, stale_since FROM page"
            f" WHERE {DUE} AND read_at > ? ORDER BY read_at DESC LIMIT ?",
            (now - LATELY_SECONDS, MOST_DUE),
        ).fetchall()
        found = [
            (
                (name in self._failures, not is_front(name), not is_itself, stale_since or 0.0),
                Due(name, self._due_at(name, rendered_at, touched_at or 0.0, now)),
            )
            for name, rendered_at, touched_at, is_itself, stale_since in rows
        ]
        ready = sorted(((turn, due) for turn, due in found if due.at <= now), key=lambda one: one[0])
        later = min((due for _, due in found if due.at > now), key=lambda due: due.at, default=None)
        return [due for _, due in ready[:AT_ONCE]], later

    def _due_at(self, name: str, rendered_at: float, touched_at: float, now: float) -> float:
        last = max(rendered_at, touched_at)
        due_at = now if last > now + CLOCK_SLACK_SECONDS else min(rendered_at + self._gap_seconds, last + QUIET_SECONDS)
        failures = self._failures.get(name)
        return due_at if failures is None else max(due_at, now + failures.again_at - time.monotonic())

    def _seconds_to_save(self) -> float:
        """Return for how long the budget allows no rendering."""
        now = time.monotonic()
        gained_seconds = (now - self._allowance_at) * SHARE_OF_TIME
        self._allowance_seconds = min(MOST_SAVED_SECONDS, self._allowance_seconds + gained_seconds)
        self._allowance_at = now
        return -self._allowance_seconds / SHARE_OF_TIME

    def _render(self, name: str) -> bool:
        """Render a page and store it; tell whether it could be rendered."""
        before_seconds = time.process_time()  # what others did to the machine meanwhile is not held against it
        try:
            self._rendered(name)
        except RenderFailedError as error:
            self._put_off(name, error)
            return False
        finally:
            self._allowance_seconds -= time.process_time() - before_seconds
        self._failures.pop(name, None)
        return True

    def _rendered(self, name: str) -> None:
        with single_flight(self._store.flights, name, wait_seconds=0):
            page = self._renderer.render(name)
            if page.personal:
                logger.error("%s is not kept any more: it reads %s", name, ", ".join(sorted(page.personal)))
                with self._store.writing():
                    self._store.forget("name = ?", (name,))
                return
            reach("delivery.rendered")
            store_page(store=self._store, page=page)

    def _put_off(self, name: str, error: RenderFailedError) -> None:
        """Let a page that cannot be rendered wait, each time longer; if the database is away, let all wait."""
        if not _database_answers():
            raise error
        logger.error("%s could not be rendered: %s", name, error)
        if len(self._failures) > MOST_DUE:
            self._failures.clear()
        before = self._failures.get(name)
        pause_seconds = min(before.pause_seconds * 2, LONGEST_PAUSE_SECONDS) if before else PAUSE_AFTER_FAILURE_SECONDS
        self._failures[name] = Failures(pause_seconds, time.monotonic() + pause_seconds)


def follow_log(*, store: PageStore, is_stopped: Callable[[], bool]) -> None:
    """Keep the store true until told to stop; while the database is away, wait for it."""
    os.nice(NICENESS)
    follower = Follower(store=store)
    troubled = False
    while not is_stopped():
        try:
            pause_seconds = follower.step()
        except (DatabaseError, RenderFailedError, sqlite3.Error, OSError) as error:
            connection.close()
            store.recover(error)
            pause_seconds = PAUSE_AFTER_FAILURE_SECONDS
            if not troubled:
                logger.error("The page store cannot be kept true, and waits until it can: %s", error)
            troubled = True
        else:
            if troubled:
                logger.info("The page store is kept true again")
            troubled = False
        if pause_seconds:
            follower.wait(pause_seconds)
    follower.close()


def _database_answers() -> bool:
    try:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
