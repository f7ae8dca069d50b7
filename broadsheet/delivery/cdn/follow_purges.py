"""Runs the purger until told to stop, through outages of the database and of the CDN."""

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from broadsheet.changes.await_news import News
from broadsheet.delivery.cdn.only_purger import KEEP_SECONDS, OnlyPurger
from broadsheet.delivery.cdn.provider import Cdn, PurgeFailedError
from broadsheet.delivery.cdn.purge_changes import Purger, note_log
from broadsheet.delivery.page_store import PageStore

STANDBY_SECONDS = 2.0
"""How often a node that stands by looks whether the one that purges has died."""
DATABASE_AWAY_SECONDS = 1.0
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
HEAR_SECONDS = 0.25
"""How long whoever listens for news does not hear that it is to stop."""
GLANCE_SECONDS = 0.01
logger = logging.getLogger(__name__)


def follow_purges(*, store: PageStore, cdn: Cdn, is_stopped: Callable[[], bool]) -> None:
    """Purge what changes, if no other node does; whatever fails is tried again, more and more slowly."""
    turn, news = OnlyPurger(folder=settings.BROADSHEET_DATA), News()
    following = _Following(store, cdn, turn)
    try:
        while not is_stopped():
            pause_seconds = following.step()
            _wait(min(pause_seconds, KEEP_SECONDS), is_stopped, None if following.failures else news)
    finally:
        news.close()
        with suppress(DatabaseError):
            turn.end()


class _Following:
    """A purger while it is this process's turn, and what has failed."""

    def __init__(self, store: PageStore, cdn: Cdn, turn: OnlyPurger) -> None:
        self._store, self._cdn, self._turn = store, cdn, turn
        self._purger: Purger | None = None
        self.failures = 0
        self._again_at = 0.0
        """Until when to leave the CDN alone; the turn is kept meanwhile."""

    def step(self) -> float:
        """Do the next thing; return for how many seconds there is nothing more to do."""
        try:
            if not self._turn.is_us():
                note_log(self._store)
                self._purger, self.failures, self._again_at = None, 0, 0.0
                return STANDBY_SECONDS
            if (left := self._again_at - time.monotonic()) > 0:
                return left
            return self._purge()
        except PurgeFailedError as error:
            pause_seconds = pause_after(self.failures, error)
            self.failures += 1
            self._again_at = time.monotonic() + pause_seconds
            logger.warning("The CDN was not told what to forget; again in %.0f s: %s", pause_seconds, error)
            return pause_seconds
        except (DatabaseError, sqlite3.Error) as error:
            connection.close()
            self._store.close()
            self._purger = None
            logger.warning("The CDN is not told what to forget while the database is away (%s)", type(error).__name__)
            return DATABASE_AWAY_SECONDS

    def _purge(self) -> float:
        self._purger = self._purger or Purger(store=self._store, cdn=self._cdn, keep_turn=self._turn.is_us)
        pause_seconds = self._purger.step()
        if self.failures:
            logger.info("The CDN is told again what to forget")
        self.failures = 0
        return pause_seconds


def pause_after(failures: int, error: PurgeFailedError) -> float:
    """Return for how many seconds to leave the CDN alone: twice as long each time, or as long as it asks for."""
    pause_seconds = FIRST_PAUSE_SECONDS * 2.0 ** min(failures, 10)
    return min(LONGEST_PAUSE_SECONDS, max(pause_seconds, error.again_seconds))


def _wait(seconds: float, is_stopped: Callable[[], bool], news: News | None) -> None:
    """Wait so long, or until there is something new where news are waited for."""
    deadline = time.monotonic() + seconds
    while not is_stopped() and (left := deadline - time.monotonic()) > 0:
        if news is None:
            time.sleep(min(GLANCE_SECONDS, left))
        elif news.wait(min(HEAR_SECONDS, left)):
            return
