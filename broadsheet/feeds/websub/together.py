"""Doing what waits for others for several at once. Nothing in it may ask the database."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
THREADS = 16


def together(do: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """Return what `do` gives for each, in their order."""
    if not things:
        return []
    with ThreadPoolExecutor(max_workers=min(THREADS, len(things))) as pool:
        return list(pool.map(do, things))
