"""How much of a process may be spent on searching: a flood of searches must leave it to readers of stories."""

import threading
import time

SEARCHES_A_SECOND = 40.0
MOST_SAVED = 120.0


class SearchesSpentError(Exception):
    """So many different things were looked for lately that this one has to wait."""


class Spending:
    """A token bucket. What was answered from memory costs nothing."""

    def __init__(self, *, a_second: float = SEARCHES_A_SECOND, most_saved: float = MOST_SAVED) -> None:
        self._a_second = a_second
        self._most_saved = most_saved
        self._left = most_saved
        self._at = time.monotonic()
        self._lock = threading.Lock()

    def spend(self) -> None:
        """Take one search from what is left. Raises SearchesSpentError."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self._most_saved, self._left + (now - self._at) * self._a_second)
            self._at = now
            if self._left < 1:
                raise SearchesSpentError
            self._left -= 1
