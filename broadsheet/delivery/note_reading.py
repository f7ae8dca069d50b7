"""Writes down, now and then, which pages were read and how many requests were answered how: no more of any reader.

The follower renders first what was read last, and the operator sees how many requests the store answers.
"""

import atexit
import logging
import sqlite3
import threading
import time

from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.serve_stored import StoredPages

SECONDS_BETWEEN_NOTES = 5
logger = logging.getLogger(__name__)


def note_reading(*, pages: StoredPages, store: PageStore) -> None:
    """Write down what was read since the last time."""
    names, (hits, stale, misses) = pages.names_read(), pages.traffic.taken()
    if not names and not hits + stale + misses:
        return
    now = time.time()
    with store.writing(quietly=True) as connection:
        connection.executemany("UPDATE page SET read_at = ? WHERE name = ?", [(now, name) for name in names])
        connection.execute(
            "INSERT INTO traffic VALUES (?1, ?2, ?3, ?4) ON CONFLICT (minute) DO UPDATE"
            " SET hits = hits + ?2, stale = stale + ?3, misses = misses + ?4",
            (int(now // 60), hits, stale, misses),
        )


def note_reading_from_now_on(*, pages: StoredPages, store: PageStore) -> None:
    """Have a thread of this process write it down every few seconds."""

    def write() -> None:
        try:
            note_reading(pages=pages, store=store)
        except sqlite3.Error:
            logger.warning("What was read could not be written down", exc_info=True)

    def write_for_ever() -> None:
        pause = threading.Event()
        while not pause.wait(SECONDS_BETWEEN_NOTES):
            write()

    threading.Thread(target=write_for_ever, name="note-reading", daemon=True).start()
    atexit.register(write)
