"""How the loaders tell how far they are."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being loaded, how many of it are done, and how many there are."""


def tell_nobody(what: str, done: int, total: int) -> None:
    """Take note of nothing."""
