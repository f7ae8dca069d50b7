"""The indexer: one process of a node that keeps its index true, the names that are suggested, and what is alike."""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from django.db import Error as DatabaseError
from django.db import connection

from broadsheet.changes.await_news import News
from broadsheet.changes.selectors import newest_seq
from broadsheet.search.engine.tantivy_index import TantivyWriter
from broadsheet.search.follow_changes import AnotherLogError, apply_changes
from broadsheet.search.follow_likeness import follow_likeness
from broadsheet.search.follow_names import follow_names
from broadsheet.search.index_home import IndexHome
from broadsheet.search.rebuild_index import RebuiltElsewhereError, rebuild_index

LOOK_SECONDS = 0.25
"""How long a change may stay unseen whose announcement was lost."""
PAUSE_AFTER_FAILURE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
"""After each failure in a row it waits twice as long as after the one before, up to this."""
logger = logging.getLogger(__name__)
Stopped = Callable[[], bool]


class Indexer:
    """What the process does, step by step."""

    def __init__(self, home: IndexHome) -> None:
        self.home = home
        self._folder: Path | None = None
        self._writer: TantivyWriter | None = None

    def step(self) -> bool:
        """Do the next thing; tell whether there was any."""
        current = self.home.current()
        if current is None:
            logger.info("There is no search index of this version yet, and one is built")
            self._rebuild()
            return True
        if current != self._folder or self._writer is None:
            self.close()
            self._folder, self._writer = current, TantivyWriter(current)
            self.home.counter.touch()  # one before this may have died before it told
        if not self._follow(self._writer, current):
            return False
        self.home.counter.touch()
        return True

    def _follow(self, writer: TantivyWriter, folder: Path) -> bool:
        """Apply the next changes; build the index anew where the log is not the one that it has followed."""
        try:
            if writer.checkpoint() <= newest_seq():
                return apply_changes(writer=writer, folder=folder) > 0
        except AnotherLogError:
            pass
        logger.warning("The database was put back to an earlier day, and the search index is built anew")
        self._rebuild()
        return True

    def close(self) -> None:
        """Let another process write."""
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()

    def _rebuild(self) -> None:
        self.close()
        try:
            rebuild_index(home=self.home)
        except RebuiltElsewhereError:
            time.sleep(LOOK_SECONDS)


class Beside(Protocol):
    """What the process keeps true beside the readers' index. It deals itself with what goes wrong."""

    def step(self) -> bool:
        """Do the next thing; tell whether there was any."""
        ...

    def close(self) -> None:
        """Let another process do it."""
        ...


def keep_index(*, home: IndexHome, is_stopped: Stopped, beside: Beside | None = None) -> None:
    """Keep the index true until told to stop; stand by while another process does, wait while the database is away."""
    with home.next_indexer(is_stopped=is_stopped) as is_ours:
        if is_ours:
            _keep(Indexer(home), is_stopped, beside)
            if beside is not None:
                beside.close()


def _keep(indexer: Indexer, is_stopped: Stopped, beside: Beside | None) -> None:
    news, pause_seconds = News(), 0.0
    while not is_stopped():
        try:
            has_more = indexer.step() or follow_names() or follow_likeness(indexer.home.current())
        except (DatabaseError, OSError, ValueError) as error:  # tantivy tells of everything by ValueError
            connection.close()
            indexer.close()
            if not pause_seconds:
                logger.exception("The search index cannot be kept true, and waits until it can: %s", error)
            pause_seconds = min(pause_seconds * 2, LONGEST_PAUSE_SECONDS) or PAUSE_AFTER_FAILURE_SECONDS
            _wait(pause_seconds, is_stopped)
            continue
        if pause_seconds:
            logger.info("The search index is kept true again")
        pause_seconds = 0.0
        has_more |= beside is not None and beside.step()
        if not has_more:
            news.wait(LOOK_SECONDS)
    indexer.close()
    news.close()


def _wait(seconds: float, is_stopped: Stopped) -> None:
    deadline = time.monotonic() + seconds
    while not is_stopped() and (left := deadline - time.monotonic()) > 0:
        time.sleep(min(left, LOOK_SECONDS))
