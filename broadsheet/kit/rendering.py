"""What the rendering of a page has read: under which surrogate keys, until when it holds, and whether it is for all.

A page that is kept for everybody may hold nothing of anybody's own, and must be rendered anew when anything that it
shows has changed. Whoever reads something says so here; while no page is rendered to be kept, saying it costs nothing.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django.utils.translation import get_language

from broadsheet.kit.memory import Memory, Part

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")
T = TypeVar("T")


@dataclass
class Rendering:
    """What one rendering has read so far."""

    keys: set[str] = field(default_factory=set)
    personal: set[str] = field(default_factory=set)
    """Why the page may not be kept: it has read the user, the session, a cookie or the clock."""
    renew_at: dt.datetime | None = None
    """The moment from which it would look different although nothing was changed; None when there is none."""
    began_at: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))
    memory: Memory | None = None
    """What is known from renderings before this one; None to read everything."""
    as_of: int = 0
    """The newest number of the change log in the snapshot that is read."""

    def includes(self, part: Part) -> None:
        """Say that a part stands in the page."""
        self.keys.update(part.keys)
        self.renews_at(part.renew_at)

    def renews_at(self, moment: dt.datetime | None) -> None:
        """See `renew_at`."""
        if moment is not None and moment > self.began_at:
            self.renew_at = min(self.renew_at or moment, moment)


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
    if rendering is not None:
        rendering.renews_at(moment)


def remembers() -> bool:
    """Tell whether what is read now is remembered. Then nothing may be taken from elsewhere that was read before:
    of that nobody would take down the keys."""
    whole = _present.get()
    return whole is not None and whole.memory is not None


def remembered(name: Hashable, make: Callable[[], T], *, of_one_page: bool = False) -> T:
    """Return a part that many pages share: as `make` gives it, or as it gave it before, if nothing has changed since.

    A part `of_one_page` is of use only to those who render the same page again and again.

    `make` may read the database and the language, and nothing else that differs: what it needs besides belongs to the
    name. What it returns is shared by threads and pages, and never to be changed.
    """
    whole = _present.get()
    if whole is None or whole.memory is None or (of_one_page and not whole.memory.renews_pages):
        return make()
    name = (name, get_language())
    part = whole.memory.part(name, as_of=whole.as_of, at=whole.began_at)
    if part is None:
        part = _made(whole, make, name)
    whole.includes(part)
    value: T = part.value
    return value


def remembered_each(
    kind: str, wanted: Iterable[K], read: Callable[[list[K]], Mapping[K, R]], make: Callable[[R], T]
) -> dict[K, T]:
    """Return parts of one kind, reading together those that are not remembered.

    `read` gives what each is made from; what that reads is not recorded. `make` says under which keys it does.
    """
    whole = _present.get()
    if whole is None or whole.memory is None:
        return {key: make(row) for key, row in read(list(wanted)).items()}
    memory, language = whole.memory, get_language()
    found = {key: memory.part((kind, key, language), as_of=whole.as_of, at=whole.began_at) for key in wanted}
    missing = [key for key, part in found.items() if part is None]
    if missing:
        with _instead_of(whole) as aside:
            rows = read(missing)
        whole.personal |= aside.personal
        found |= {key: _made(whole, partial(make, row), (kind, key, language)) for key, row in rows.items()}
    parts = {key: part for key, part in found.items() if part is not None}
    for part in parts.values():
        whole.includes(part)
    return {key: part.value for key, part in parts.items()}


def _made(whole: Rendering, make: Callable[[], Any], name: Hashable) -> Part:
    with _instead_of(whole) as read:
        try:
            value = make()
        except Exception:
            whole.includes(Part(None, frozenset(read.keys), read.renew_at, whole.as_of))  # it has still been read
            whole.personal |= read.personal
            raise
    part = Part(value, frozenset(read.keys), read.renew_at, whole.as_of)
    whole.personal |= read.personal
    if not read.personal and whole.memory is not None:
        whole.memory.keep(name, part)
    return part


@contextmanager
def _instead_of(whole: Rendering) -> Iterator[Rendering]:
    """Record what the block reads apart from the whole page."""
    aside = Rendering(began_at=whole.began_at, memory=whole.memory, as_of=whole.as_of)
    token = _present.set(aside)
    try:
        yield aside
    finally:
        _present.reset(token)
