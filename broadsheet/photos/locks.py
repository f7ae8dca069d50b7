"""Locks between processes of one machine, by `flock`: the kernel frees them however their holder ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

_POLL_SECONDS = 0.05
_SINGLE_FLIGHT_LOCKS = 64
"""A fixed number of files: photos share them by number, and none is left behind."""


class StillHeld(Exception):
    """The lock was not free within the time that the caller could wait."""


@contextmanager
def single_flight(photo_id: int, *, wait_seconds: float) -> Iterator[None]:
    """Let one process at a time make renditions of a photo. Raises `StillHeld`."""
    with _one_of([f"photo-{photo_id % _SINGLE_FLIGHT_LOCKS}"], wait_seconds=wait_seconds):
        yield


@contextmanager
def darkroom_place(*, wait_seconds: float) -> Iterator[None]:
    """Take one of the darkroom's places, as many as the machine has cores. Raises `StillHeld`."""
    with _one_of([f"darkroom-{place}" for place in range(os.cpu_count() or 1)], wait_seconds=wait_seconds):
        yield


@contextmanager
def _one_of(names: list[str], *, wait_seconds: float) -> Iterator[None]:
    """Hold the first free lock of `names`, polling until `wait_seconds` have passed."""
    directory = Path(settings.BROADSHEET_DATA) / "locks"
    directory.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    while True:
        for name in names:
            with (directory / f"{name}.lock").open("wb") as lock:
                if _taken(lock):
                    yield
                    return
        if time.monotonic() >= deadline:
            raise StillHeld(names[0])
        time.sleep(_POLL_SECONDS)


def _taken(lock: IO[bytes]) -> bool:
    """Try to take a lock without waiting."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
