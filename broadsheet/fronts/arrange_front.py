"""Which story stands in which slot: pins first, each in its own slot, the rest by rule, no story twice.

Pure: the same zones, candidates and moment always give the same front.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from broadsheet.fronts.zones import Rule, Zone, ZoneKind
from broadsheet.pages.models import WorkType

LEAD_REACH = 10
"""How many of the newest stories are looked at for a lead (reported, with a photo) and for seconds (with photos)."""
LEADING_WORK = frozenset({WorkType.NEWS, WorkType.ANALYSIS, WorkType.EXPLAINER})
"""Types of work that may become the lead by rule; an editor may put any story there."""


@dataclass(frozen=True)
class Candidate:
    """A published story that a rule offers, with what the choice of a lead needs to know of it."""

    story_id: int
    has_photo: bool = False
    work_type: str = WorkType.NEWS


@dataclass(frozen=True)
class Placed:
    """A story in a slot (counted from 0), put there by hand or by rule."""

    story_id: int
    slot: int
    by_hand: bool


def arrange_front(
    zones: Sequence[Zone],
    *,
    at: dt.datetime,
    candidates: Mapping[Rule, Sequence[Candidate]],
    public_ids: Collection[int],
) -> list[list[Placed]]:
    """Return for each zone the stories that stand in it, in the order of their slots.

    Pins that have ended at the moment `at`, and pins of stories that readers may not see (not among `public_ids`), are
    as if they were not there. A story pinned twice stands where it comes first. Every pinned story is set aside before
    any rule chooses, so that a rule further up cannot take it. `candidates` are newest first. A zone has fewer stories
    than slots only when its rule has no more to offer.
    """
    pinned = valid_pins(zones, at=at, public_ids=public_ids)
    used = set(pinned.values())
    arranged = []
    for number, zone in enumerate(zones):
        by_hand = {slot: pinned[number, slot] for slot in range(len(zone.slots)) if (number, slot) in pinned}
        by_rule = _fill(zone, by_hand, candidates.get(zone.rule, ()), used)
        used.update(by_rule.values())
        arranged.append(
            [
                Placed(by_hand.get(slot) or by_rule[slot], slot, slot in by_hand)
                for slot in range(len(zone.slots))
                if slot in by_hand or slot in by_rule
            ]
        )
    return arranged


def valid_pins(zones: Sequence[Zone], *, at: dt.datetime, public_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Return the pins that hold: (number of the zone, number of the slot) -> story; each story once."""
    held: dict[tuple[int, int], int] = {}
    for number, zone in enumerate(zones):
        for slot, pin in enumerate(zone.slots):
            if pin and pin.holds_at(at) and pin.story_id in public_ids and pin.story_id not in held.values():
                held[number, slot] = pin.story_id
    return held


def next_change_at(zones: Iterable[Zone], *, at: dt.datetime) -> dt.datetime | None:
    """Return the next moment at which a pin ends, so that the front changes without anyone doing anything.

    Whoever stores a rendered front has to render it anew at that moment.
    """
    ends = (pin.until for zone in zones for pin in zone.slots if pin and pin.until and pin.until > at)
    return min(ends, default=None)


def _fill(
    zone: Zone, by_hand: Mapping[int, int], candidates: Sequence[Candidate], used: Collection[int]
) -> dict[int, int]:
    free = [slot for slot in range(len(zone.slots)) if slot not in by_hand]
    fresh = list({one.story_id: one for one in candidates if one.story_id not in used}.values())
    if zone.kind == ZoneKind.LEAD and 0 in free and fresh:
        fresh.insert(0, fresh.pop(_lead_among(fresh)))
    if zone.kind == ZoneKind.SECONDS:
        fresh[:LEAD_REACH] = sorted(fresh[:LEAD_REACH], key=lambda one: not one.has_photo)
    return dict(zip(free, (one.story_id for one in fresh), strict=False))


def _lead_among(fresh: Sequence[Candidate]) -> int:
    """Return the index of the newest that is reported and has a photo, else of the newest reported one, else 0."""
    reported = [index for index, one in enumerate(fresh[:LEAD_REACH]) if one.work_type in LEADING_WORK]
    with_photo = (index for index in reported if fresh[index].has_photo)
    return next(with_photo, next(iter(reported), 0))
