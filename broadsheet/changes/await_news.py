"""Waiting until the change log has grown, as followers do between their steps.

With SQLite all that is written is written on this machine, and a word of memory tells of it. With PostgreSQL other
nodes write too: its NOTIFY reaches every node with the commit. A pooler lends its connections to others in between, so
that nobody would hear behind one; there, followers know of this machine's changes, and look for those of others.

Both are hints, and may be lost. Who waits says how long at most, and looks into the log then.
"""

import time

from django.db import DEFAULT_DB_ALIAS, connections
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from broadsheet.changes.announce import CHANNEL, changes_counter

GLANCE_SECONDS = 0.01
AGAIN_SECONDS = 2.0
"""From one try to get a connection to listen on to the next."""


class News:
    """What one follower hears. It listens on a connection of its own, from the first time that it waits."""

    def __init__(self) -> None:
        self._counter = changes_counter()
        self._seen = self._counter.value
        self._line: BaseDatabaseWrapper | None = None
        self._try_at = 0.0

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until the log has grown since the last time; tell whether it has, or may have."""
        deadline = time.monotonic() + seconds
        if self._line is None and _can_be_heard() and time.monotonic() >= self._try_at:
            self._try_at = time.monotonic() + AGAIN_SECONDS
            if self._begins_to_listen():
                return True  # of what came before nobody tells
        if self._line is None:
            return self._glance_until(deadline)
        try:
            return _hears(self._line, deadline - time.monotonic())
        except DatabaseError:
            self.close()
            return True

    def close(self) -> None:
        """Listen no longer."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _begins_to_listen(self) -> bool:
        line = connections.create_connection(DEFAULT_DB_ALIAS)
        try:
            with line.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
        except DatabaseError:
            line.close()
            return False
        self._line = line
        return True

    def _glance_until(self, deadline: float) -> bool:
        while (now := self._counter.value) == self._seen:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(GLANCE_SECONDS, left))
        self._seen = now
        return True


def _can_be_heard() -> bool:
    database = connections[DEFAULT_DB_ALIAS]
    return database.vendor == "postgresql" and not database.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")


def _hears(line: BaseDatabaseWrapper, seconds: float) -> bool:
    """Tell whether anything is heard within so long; all that has come until then is heard at once."""
    with line.wrap_database_errors:
        heard = list(line.connection.notifies(timeout=seconds, stop_after=1))
        if heard:
            heard += line.connection.notifies(timeout=0)
    return bool(heard)
