"""What the rendering of a page has read: under which surrogate keys, until when it holds, and whether it is for all.

A page that is kept for everybody may hold nothing of anybody's own, and must be rendered anew when anything that it
shows has changed. Whoever reads something says so here; while no page is rendered to be kept, saying it costs nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Rendering:
    """What one rendering has read so far."""

    keys: set[str] = field(default_factory=set)
    personal: set[str] = field(default_factory=set)
    """Why the page may not be kept: it has read the user, the session, a cookie or the clock."""
    renew_at: dt.datetime | None = None
    """The moment from which it would look different although nothing was changed; None when there is none."""
    began_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))


_present: ContextVar[Rendering | None] = ContextVar("rendering", default=None)


@contextmanager
def recorded_rendering() -> Iterator[Rendering]:
    """Record what the block reads."""
    rendering = Rendering()
    token = _present.set(rendering)
    try:
        yield rendering
    finally:
        _present.reset(token)


def is_recorded() -> bool:
    """Tell whether anything takes down what is read now."""
    return _present.get() is not None


def read_under(keys: Iterable[str]) -> None:
    """Say that what goes into the page changes with these surrogate keys."""
    rendering = _present.get()
    if rendering is not None:
        rendering.keys.update(keys)


def read_personal(what: str) -> None:
    """Say that something is read that differs from reader to reader, or from moment to moment."""
    rendering = _present.get()
    if rendering is not None:
        rendering.personal.add(what)


def renew_at(moment: dt.datetime | None) -> None:
    """Say that the page must be rendered anew at a moment; the soonest counts. None says nothing.

    Nor does a moment that had passed when rendering began: the page looks already as it does from then on.
    """
    rendering = _present.get()
    if rendering is not None and moment is not None and moment > rendering.began_at:
        rendering.renew_at = min(rendering.renew_at or moment, moment)
