"""What a process remembers between renderings: parts that many pages share, each until something it shows has changed.

A part is as true as a stored page, by the same rule: it was made from a snapshot of the database, and no change that
was logged after that snapshot touches its surrogate keys. A memory therefore knows how far it has followed the log, and
offers a part only to renderings for which it can vouch.
"""

import datetime as dt
import threading
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_PARTS = 2_000
"""Some kilobytes each. What was kept first goes first."""


@dataclass(frozen=True)
class Part:
    """What was made once, and what it depends on."""

    value: Any
    keys: frozenset[str]
    renew_at: dt.datetime | None
    as_of: int
    """The newest number of the change log in the snapshot from which it was made."""


class Memory:
    """Parts by their names; several threads may use it, each with a snapshot of its own."""

    def __init__(self, most_parts: int = MOST_PARTS, *, renews_pages: bool = False) -> None:
        self._most_parts = most_parts
        self.renews_pages = renews_pages
        """Whether who uses it renders the same pages again and again."""
        self._parts: dict[Hashable, Part] = {}
        self._lock = threading.Lock()
        self.seq = 0
        """How far the change log has been followed."""

    def __len__(self) -> int:
        return len(self._parts)

    def part(self, name: Hashable, *, as_of: int, at: dt.datetime) -> Part | None:
        """Return the part of this name if it is true in the snapshot `as_of` at the moment `at`."""
        found = self._parts.get(name)
        if found is None or not found.as_of <= as_of <= self.seq:
            return None
        return None if found.renew_at is not None and found.renew_at <= at else found

    def keep(self, name: Hashable, part: Part) -> None:
        """Remember a part; not one that is older than what has been followed: nobody has looked whether it still holds.

        A part without keys is the same for ever.
        """
        with self._lock:
            if part.as_of >= self.seq:
                self._parts[name] = part
                while len(self._parts) > self._most_parts:
                    del self._parts[next(iter(self._parts))]

    def follow(self, changes: Sequence[tuple[int, Iterable[str]]]) -> None:
        """Forget what changes of the log, in their order and without gaps, have touched."""
        with self._lock:
            touched = {key: seq for seq, keys in changes for key in keys}
            for name, part in list(self._parts.items()):
                if any(touched.get(key, -1) > part.as_of for key in part.keys):
                    del self._parts[name]
            if changes:
                self.seq = max(self.seq, changes[-1][0])

    def forget_all(self, *, seq: int) -> None:
        """Begin anew with what is read from the log's number `seq` on."""
        with self._lock:
            self._parts.clear()
            self.seq = seq
