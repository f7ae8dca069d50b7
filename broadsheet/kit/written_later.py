"""Counts that a process keeps in memory first, so that no reader waits for the database, and writes down now and then.

What a killed process had not written is lost.
"""

import atexit
import logging
import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Hashable
from typing import Generic, TypeVar

from django.db import DatabaseError, connection

K = TypeVar("K", bound=Hashable)
SECONDS_BETWEEN_WRITES = 30
logger = logging.getLogger(__name__)


class WrittenLater(ABC, Generic[K]):
    """The counts of one process. Whoever inherits says what is one too many, and where they are written."""

    name = ""
    """What is counted, as the log tells of it."""
    most = 500
    """Different things that are counted singly until they are written."""

    def __init__(self) -> None:
        self._counts: Counter[K] = Counter()
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None

    @abstractmethod
    def one_too_many(self, counted: K) -> K:
        """Return what is counted in the place of this, because there is too much."""

    @abstractmethod
    def write_down(self, counts: "Counter[K]") -> None:
        """Write counts into the database."""

    def add(self, counted: K) -> None:
        """Count something once."""
        with self._lock:
            if counted not in self._counts and len(self._counts) >= self.most:
                counted = self.one_too_many(counted)
            self._counts[counted] += 1

    def write(self) -> int:
        """Write the counts down and begin anew; return how much there was. Counts that fail are dropped."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if counts:
            self.write_down(counts)
        return counts.total()

    def start_writing(self) -> None:
        """Have a thread write the counts down from now on; once for each process."""
        with self._lock:
            if self._writer is not None:
                return
            self._writer = threading.Thread(target=self._write_for_ever, name=self.name, daemon=True)
        self._writer.start()
        atexit.register(self._write_once)

    def _write_for_ever(self) -> None:
        pause = threading.Event()
        while not pause.wait(SECONDS_BETWEEN_WRITES):
            self._write_once()

    def _write_once(self) -> None:
        try:
            self.write()
        except DatabaseError:
            logger.warning("The %s could not be written down.", self.name, exc_info=True)
        finally:
            connection.close()
