"""Which stories have changed since a partner last asked, so many at a time however many one change touches."""

import re
from dataclasses import dataclass

from broadsheet.changes.selectors import changes_after

STORIES_AT_ONCE = 100
CHANGES_AT_ONCE = 200
MOST_READS = 10
"""After so many reads of changes to other things than stories the partner is told to go on from there."""
WRITTEN = re.compile(r"([0-9]{1,18})(?:\.([0-9]{1,9}))?", re.ASCII)


@dataclass(frozen=True)
class Place:
    """How far a partner has read: the log up to number `seq`, and of the change after it the first `offset` stories.

    The numbers are in the order of commits and no change is ever altered, so whoever goes on from one misses nothing.
    """

    seq: int
    offset: int = 0

    def __str__(self) -> str:
        return f"{self.seq}.{self.offset}" if self.offset else str(self.seq)


def place_from(text: str) -> Place:
    """Return a place as an address has it. Raises ValueError."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError("There is no such place in the log.")
    return Place(int(found[1]), int(found[2] or 0))


def changed_after(place: Place) -> tuple[list[int], Place]:
    """Return the pages of the tree that have changed after a place, each once, and the place to go on from."""
    found: dict[int, None] = {}
    for _ in range(MOST_READS):
        changes = changes_after(place.seq, limit=CHANGES_AT_ONCE)
        for change in changes:
            touched = [int(key[2:]) for key in change.keys if key.startswith("a:")]
            for pk in touched[place.offset :]:
                if len(found) >= STORIES_AT_ONCE and pk not in found:
                    return list(found), place
                found[pk] = None
                place = Place(place.seq, place.offset + 1)
            place = Place(change.seq)
        if found or len(changes) < CHANGES_AT_ONCE:
            break
    return list(found), place
