"""What a process knows of a database that is away: one reader at a time finds out, and the others do not wait."""

import threading
import time

SHORTEST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 15.0
PAUSES_PER_TRY = 3
"""A database that does not even refuse costs whoever tries some seconds: the pause is so many times as long."""


class Outage:
    """Shared by the threads of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_on = False
        self._again_at = 0.0
        self._answered_at = 0.0

    def may_try(self) -> bool:
        """Tell whether to ask the database. Whoever may must say how it went, by `answered` or `failed`."""
        with self._lock:
            if not self._is_on:
                return True
            now = time.monotonic()
            if now < self._again_at:
                return False
            self._again_at = now + LONGEST_PAUSE_SECONDS  # should it never be said
            return True

    def failed(self, *, began_at: float) -> None:
        """Say that the database did not answer whoever began to ask at this monotonic time."""
        with self._lock:
            if began_at < self._answered_at:
                return  # it has answered somebody else since
            now = time.monotonic()
            pause_seconds = max(SHORTEST_PAUSE_SECONDS, PAUSES_PER_TRY * (now - began_at))
            self._is_on, self._again_at = True, now + min(pause_seconds, LONGEST_PAUSE_SECONDS)

    def answered(self) -> None:
        """Say that the database answered."""
        self._answered_at = time.monotonic()
        self._is_on = False
