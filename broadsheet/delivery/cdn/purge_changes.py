"""The purger: one more follower of the change log, which tells the CDN what to forget.

Each change is purged twice. Between the first purge and the moment when every node serves the new page, the CDN may ask
a node that is behind and keep the old one once more; the second purge, half a minute later, ends that. So the purger
has two positions in the log, and both are in the database: what was not purged, or not for the second time, is so by
whoever purges next.

How far the log went is kept beside the database, in the page store of each node that could purge: a backup that is put
back brings the log and both positions with it, and only what it does not bring tells of it.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.changes.selectors import changes_after, newest_seq
from broadsheet.delivery.cdn.carried_keys import EVERYTHING, purged_keys
from broadsheet.delivery.cdn.provider import Cdn
from broadsheet.delivery.epoch import EPOCH, present_epoch
from broadsheet.delivery.invalidate_pages import CURSOR
from broadsheet.delivery.page_store import PageStore

FIRST, SECOND = "cdn", "cdn-again"
PURGED_EPOCH = "cdn_epoch"
"""The epoch at which everything was purged last, as a fact of the page store; 0 in one that was made anew."""
LOG_SEEN = "cdn_log_seen"
"""The last change of the log that this node has seen, as a fact of the page store."""
COALESCE_SECONDS = 0.25
APPLIED_SECONDS = 2.0
"""How long to wait for this node's store: purged before it has heard of a change, the CDN would get the old page."""
GLANCE_SECONDS = 0.02
LOOK_SECONDS = 0.25
REPEAT_SECONDS = 30.0
CHANGES_AT_ONCE = 1000
MOST_KEYS = 2000
"""More keys than these at once (an import) are not worth their calls: then every page is asked for again."""
logger = logging.getLogger(__name__)


class Purger:
    """What the process does, step by step."""

    def __init__(
        self,
        *,
        store: PageStore,
        cdn: Cdn,
        clock: Callable[[], float] = time.monotonic,
        keep_turn: Callable[[], object] = lambda: None,
    ) -> None:
        self._store = store
        self._cdn = cdn
        self._clock = clock
        self._keep_turn = keep_turn
        """Called before each call of the CDN: one step may make many, and slow ones."""
        self._seen_at: float | None = None
        """Since when there is something to purge."""
        self._due: deque[tuple[int, float]] = deque()
        """Up to which change to purge for the second time, and when."""
        self._epoch = present_epoch()
        self._everything_left = 0 if store.fact(PURGED_EPOCH) == self._epoch else 2
        self._everything_hard = False
        self._everything_at = self._clock() + (0.0 if store.fact(EPOCH) == self._epoch else APPLIED_SECONDS)
        for follower in (FIRST, SECOND):
            FollowerPosition.objects.get_or_create(follower=follower, defaults={"seq": newest_seq()})

    def step(self) -> float:
        """Do the next thing; return for how many seconds there is nothing more to do. Raises PurgeFailedError.

        What failed is done by the next step.
        """
        self._look_at_the_epoch()
        self._look_at_the_log()
        changes = changes_after(_position(FIRST), limit=CHANGES_AT_ONCE)
        if not changes:
            self._seen_at = None
            self._repeat()
            return LOOK_SECONDS
        if (wait_seconds := self._wait_seconds(changes)) > 0:
            return wait_seconds
        self._purge_changes(changes)
        self._seen_at = None
        _move(FIRST, changes[-1].seq)
        self._due.append((changes[-1].seq, self._clock() + REPEAT_SECONDS))
        self._repeat()
        return 0.0

    def _wait_seconds(self, changes: Sequence[Change]) -> float:
        """Return for how long more may be gathered, or this node's store be waited for."""
        now = self._clock()
        self._seen_at = now if self._seen_at is None else self._seen_at
        waited = now - self._seen_at
        if waited < COALESCE_SECONDS and not any(change.hard for change in changes):
            return COALESCE_SECONDS - waited
        if waited < APPLIED_SECONDS and self._store.fact(CURSOR, -1) < changes[-1].seq:
            return GLANCE_SECONDS
        return 0.0

    def _repeat(self) -> None:
        """Purge for the second time what is due for it; what another process purged first, as if it had just done."""
        if not self._due and _position(SECOND) < (first := _position(FIRST)):
            self._due.append((first, self._clock() + REPEAT_SECONDS))
        while self._due and self._due[0][1] <= self._clock():
            seq, _ = self._due[0]
            while changes := [one for one in changes_after(_position(SECOND), limit=CHANGES_AT_ONCE) if one.seq <= seq]:
                self._purge_changes(changes)
                _move(SECOND, changes[-1].seq)
            self._due.popleft()

    def _look_at_the_epoch(self) -> None:
        """Purge everything, twice, when this node's pages are of another epoch than those it had purged."""
        if self._everything_left and self._clock() >= self._everything_at:
            self._purge({EVERYTHING}, hard=self._everything_hard)
            self._everything_left -= 1
            self._everything_at = self._clock() + REPEAT_SECONDS
            if not self._everything_left:
                self._everything_hard = False
                with self._store.writing(quietly=True):
                    self._store.set_fact(PURGED_EPOCH, self._epoch)

    def _look_at_the_log(self) -> None:
        """Purge everything, twice, when the log is shorter than it was: an older copy of the database was put back."""
        seen = self._store.fact(LOG_SEEN)  # before the log, which another process follows, too
        newest = newest_seq()
        if newest >= seen:
            note_log(self._store)
            return
        self._purge({EVERYTHING}, hard=True)
        with self._store.writing(quietly=True):
            self._store.set_fact(LOG_SEEN, newest)
            self._store.set_fact(PURGED_EPOCH, 0)  # so that a restart does not lose the second time
        FollowerPosition.objects.filter(follower__in=(FIRST, SECOND)).update(seq=newest)
        self._due.clear()
        self._everything_left, self._everything_hard = 1, True
        self._everything_at = self._clock() + REPEAT_SECONDS

    def _purge_changes(self, changes: Iterable[Change]) -> None:
        hard = purged_keys(key for change in changes if change.hard for key in change.keys)
        soft = purged_keys(key for change in changes if not change.hard for key in change.keys) - hard
        self._purge(hard, hard=True)
        self._purge(soft if len(soft) <= MOST_KEYS else {EVERYTHING}, hard=False)

    def _purge(self, keys: set[str], *, hard: bool) -> None:
        ordered, most = sorted(keys), self._cdn.keys_at_once
        for start in range(0, len(ordered), most):
            self._keep_turn()
            self._cdn.purge(ordered[start : start + most], hard=hard)
        if keys:
            logger.debug("%d keys purged", len(keys))


def note_log(store: PageStore) -> None:
    """Remember how far the log goes. A node that stands by does so too: it may be the one that purges first after an
    older copy of the database was put back."""
    newest = newest_seq()
    if newest > store.fact(LOG_SEEN):
        with store.writing(quietly=True):
            store.set_fact(LOG_SEEN, newest)


def _position(follower: str) -> int:
    return FollowerPosition.objects.values_list("seq", flat=True).get(follower=follower)


def _move(follower: str, seq: int) -> None:
    FollowerPosition.objects.filter(follower=follower, seq__lt=seq).update(seq=seq)
