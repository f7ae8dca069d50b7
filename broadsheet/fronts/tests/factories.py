"""Makers of zones, for tests."""

import datetime as dt
from collections.abc import Sequence

from broadsheet.fronts.zones import Pin, Rule, RuleSource, Zone, ZoneKind

PAPER = Rule(RuleSource.PAPER)


def make_zone(
    *held: int | Pin | None,
    kind: ZoneKind = ZoneKind.LIST,
    rule: Rule = PAPER,
    key: str = "zone",
    title: str = "",
) -> Zone:
    """Make a zone with one slot for each of `held`: a story's number, a pin, or None for the rule."""
    return Zone(key, kind, rule, tuple(Pin(one) if isinstance(one, int) else one for one in held), title)


def until(story_id: int, moment: dt.datetime) -> Pin:
    """Make a pin that ends."""
    return Pin(story_id, moment)


def keyed(zones: Sequence[Zone]) -> tuple[Zone, ...]:
    """Give each zone a key of its own."""
    return tuple(Zone(f"zone-{n}", z.kind, z.rule, z.slots, z.title) for n, z in enumerate(zones))
