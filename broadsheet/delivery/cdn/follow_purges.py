"""Runs the purger until told to stop, through outages of the database and of the CDN."""

import logging
import sqlite3
import time
from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from broadsheet.changes.await_news import News
from broadsheet.delivery.cdn.only_purger import OnlyPurger
from broadsheet.delivery.cdn.provider import Cdn, PurgeFailedError
from broadsheet.delivery.cdn.purge_changes import Purger
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
    turn, purger, failures, news = OnlyPurger(folder=settings.BROADSHEET_DATA), None, 0, News()
    while not is_stopped():
        try:
            if not turn.is_us():
                purger, pause_seconds = None, STANDBY_SECONDS
            else:
                purger = purger or Purger(store=store, cdn=cdn)
                pause_seconds = purger.step()
                if failures:
                    logger.info("The CDN is told again what to forget")
                failures = 0
        except PurgeFailedError as error:
            pause_seconds = pause_after(failures, error)
            failures += 1
            logger.warning("The CDN was not told what to forget; again in %.0f s: %s", pause_seconds, error)
        except (DatabaseError, sqlite3.Error) as error:
            connection.close()
            store.close()
            purger, pause_seconds = None, DATABASE_AWAY_SECONDS
            logger.warning("The CDN is not told what to forget while the database is away (%s)", type(error).__name__)
        _wait(pause_seconds, is_stopped, news if failures == 0 else None)
    news.close()


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
