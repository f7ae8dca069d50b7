"""Keeps the newsroom's index true, in the process that keeps the readers' index, and never in its way."""

import logging
import time
from collections.abc import Iterator

from django.db import Error as DatabaseError
from django.db import connection

from broadsheet.search.index_home import IndexHome
from broadsheet.search.newsroom.build_newsroom import build_newsroom_index
from broadsheet.search.newsroom.follow_newsroom import NewsroomFollower
from broadsheet.search.newsroom.unread import forget_old_changes
from broadsheet.search.rebuild_index import RebuiltElsewhereError

LOOK_AROUND_SECONDS = 60.0
"""How often it is looked whether the index can still be followed, and what need not be kept any more."""
PAUSE_SECONDS = 5.0
"""After a failure, and while another process builds the index."""
logger = logging.getLogger(__name__)


class NewsroomIndexer:
    """What the process does for the newsroom, step by step."""

    def __init__(self, home: IndexHome) -> None:
        self._home = home
        self._follower: NewsroomFollower | None = None
        self._parts: Iterator[int] | None = None
        self._looked_around_at = 0.0
        self._paused_until = 0.0

    def step(self) -> bool:
        """Do the next thing; tell whether there was any. What goes wrong here is told in the log, and tried again."""
        if time.monotonic() < self._paused_until:
            return False
        try:
            return self._step()
        except RebuiltElsewhereError:
            self._pause()
        except (DatabaseError, OSError, ValueError) as error:  # tantivy tells of everything by ValueError
            if isinstance(error, DatabaseError):
                connection.close()
            self._pause()
            logger.exception("The newsroom's search index cannot be kept true, and waits until it can")
        return False

    def _step(self) -> bool:
        current = self._home.current()
        if self._parts is not None or current is None:
            self._build_on()
            return True
        if self._follower is None or self._follower.folder != current:
            self._close_follower()
            self._follower, self._looked_around_at = NewsroomFollower(current), 0.0
            self._home.counter.touch()  # one before this may have died before it told
        if time.monotonic() - self._looked_around_at > LOOK_AROUND_SECONDS or not self._looked_around_at:
            self._looked_around_at = time.monotonic()
            if self._follower.is_lost():
                logger.warning("The newsroom's search index cannot be followed any more, and is built anew")
                self._build_on()
                return True
            forget_old_changes()
        if not self._follower.apply():
            return False
        self._home.counter.touch()
        return True

    def _build_on(self) -> None:
        self._close_follower()
        if self._parts is None:
            logger.info("The newsroom's search index is built")
            self._parts = build_newsroom_index(self._home)
        if next(self._parts, None) is None:
            self._parts = None

    def _pause(self) -> None:
        self.close()
        self._paused_until = time.monotonic() + PAUSE_SECONDS

    def _close_follower(self) -> None:
        follower, self._follower = self._follower, None
        if follower is not None:
            follower.close()

    def close(self) -> None:
        """Let another process write. An index that is not built to its end is given up."""
        self._parts = None
        self._close_follower()
