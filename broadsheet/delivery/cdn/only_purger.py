"""Sees to it that of all processes that could purge the paper's CDN one does."""

import fcntl
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from broadsheet.changes.take_turn import end_turn, take_turn

PURGING = "cdn"
TURN_SECONDS = 15.0
"""How long nobody purges when the node that did has died. Longer than one call of the CDN takes, as a rule."""
KEEP_SECONDS = 4.0
"""How often whoever purges says that it is still there."""


class OnlyPurger:
    """A turn that a process takes and keeps. On PostgreSQL it runs out some time after its holder has died, so that one
    of several nodes has it; else it is a lock on a file, which is free at once.

    Two may purge at once for a moment, when the one was slow to say that it is still there. That costs calls of the
    CDN, and nothing else.
    """

    def __init__(self, *, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = folder / "cdn.lock"
        self._clock = clock
        self._name = secrets.token_hex(8)
        self._kept_at: float | None = None
        self._descriptor: int | None = None

    def is_us(self) -> bool:
        """Tell whether this process has the turn; take it if nobody has, and keep it if we have. Cheap to ask."""
        return self._has_turn() if connection.vendor == "postgresql" else self._has_file()

    def end(self) -> None:
        """Leave the turn to others."""
        if self._kept_at is not None:
            self._kept_at = None
            end_turn(follower=PURGING, holder=self._name)
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _has_turn(self) -> bool:
        now = self._clock()
        if self._kept_at is None or now >= self._kept_at + KEEP_SECONDS:
            is_ours = take_turn(follower=PURGING, holder=self._name, seconds=TURN_SECONDS)
            self._kept_at = now if is_ours else None
        return self._kept_at is not None

    def _has_file(self) -> bool:
        if self._descriptor is None:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                return False
            self._descriptor = descriptor
        return True
