"""Sees to it that of all processes that could purge the paper's CDN one does."""

import fcntl
import os
from pathlib import Path
from typing import Any

from django.db import connection

PURGING_LOCK = 0x70_7572_6765
"""PostgreSQL's advisory lock of whoever purges ("purge" in ASCII)."""


class OnlyPurger:
    """A turn that a process takes and keeps: on PostgreSQL for as long as its connection lasts, so that one of several
    nodes has it; else by a lock on a file. Whoever had it may die; then it is free at once."""

    def __init__(self, *, folder: Path) -> None:
        self._path = folder / "cdn.lock"
        self._descriptor: int | None = None
        self._session: Any = None

    def is_us(self) -> bool:
        """Tell whether this process has the turn, and take it if nobody has."""
        return self._has_session() if connection.vendor == "postgresql" else self._has_file()

    def _has_session(self) -> bool:
        connection.ensure_connection()
        if self._session is not connection.connection:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [PURGING_LOCK])
                self._session = connection.connection if cursor.fetchone()[0] else None
        return self._session is not None

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
