"""One renders, the others wait: across threads and processes, by locks that the kernel frees when their holder dies."""

import fcntl
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FLIGHTS = 256
"""Pages share this many locks; two that meet on one wait for each other without need, and nothing worse."""
SECONDS_BETWEEN_TRIES = 0.005


@contextmanager
def single_flight(folder: Path, name: str, *, wait_seconds: float) -> Iterator[bool]:
    """Hold the lock of a page's name; tell whether it was had at once. Without it after `wait_seconds`, go on anyway.

    Whoever had to wait should look first whether the work is done. Where there can be no locks (a full disk, a folder
    that may not be written to), everybody goes on at once.
    """
    try:
        folder.mkdir(exist_ok=True)
        place = folder / str(zlib.crc32(name.encode()) % FLIGHTS)
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield True
        return
    try:
        yield _taken(descriptor, time.monotonic() + wait_seconds)
    finally:
        os.close(descriptor)


def _taken(descriptor: int, deadline: float) -> bool:
    at_once = True
    while not _lock(descriptor):
        at_once = False
        if time.monotonic() > deadline:
            break
        time.sleep(SECONDS_BETWEEN_TRIES)
    return at_once


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
