"""Zones: what a front is made of, as editors arrange it and as it is kept.

A front is a list of zones from top to bottom. A zone has a kind (how it looks), a rule (which stories fill it by
themselves) and slots; a slot either holds a story that an editor put there, perhaps until a moment, or is left to the
rule. Nothing here touches the database: stories, sections and topics are known by number.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.pages.models import WorkType

MOST_ZONES = 24
"""Zones on one front; more than any paper's front shows, few enough to arrange in a moment."""
LONGEST_TITLE = 60


class ZoneKind(models.TextChoices):
    """How a zone looks; each has a template of its name in templates/fronts/zones/."""

    LIVE = "live", gettext_lazy("Live strip")
    LEAD = "lead", gettext_lazy("Lead and seconds")
    SECONDS = "seconds", gettext_lazy("Seconds")
    LIST = "list", gettext_lazy("List")
    OPINION = "opinion", gettext_lazy("Opinion")
    RECENT = "recent", gettext_lazy("Most recent")


MOST_SLOTS = {
    ZoneKind.LIVE: 4,
    ZoneKind.LEAD: 6,
    ZoneKind.SECONDS: 6,
    ZoneKind.LIST: 8,
    ZoneKind.OPINION: 4,
    ZoneKind.RECENT: 20,
}
"""Slots that a kind's template has room for."""
USUAL_SLOTS = {
    ZoneKind.LIVE: 2,
    ZoneKind.LEAD: 4,
    ZoneKind.SECONDS: 3,
    ZoneKind.LIST: 6,
    ZoneKind.OPINION: 4,
    ZoneKind.RECENT: 10,
}
"""Slots of a zone of the kind when it is new."""


class RuleSource(models.TextChoices):
    """Where a zone's own stories come from; always the most recent ones."""

    HAND = "hand", gettext_lazy("Only stories placed by hand")
    PAPER = "paper", gettext_lazy("The whole paper")
    SECTION = "section", gettext_lazy("A section")
    TOPIC = "topic", gettext_lazy("A topic")
    WORK_TYPE = "work_type", gettext_lazy("A type of work")


@dataclass(frozen=True)
class Rule:
    """What fills the slots that nobody filled. `value` is the section's or topic's number, or the type of work."""

    source: RuleSource = RuleSource.PAPER
    value: int | str | None = None


@dataclass(frozen=True)
class Pin:
    """A story put into a slot by hand; from the moment `until` on the slot is the rule's again (None: until taken)."""

    story_id: int
    until: dt.datetime | None = None

    def holds_at(self, moment: dt.datetime) -> bool:
        """Tell whether the pin has not ended at `moment`."""
        return self.until is None or moment < self.until


@dataclass(frozen=True)
class Zone:
    """One zone. `key` tells zones apart while a front is edited; `slots` has one entry for each slot."""

    key: str
    kind: ZoneKind
    rule: Rule
    slots: tuple[Pin | None, ...]
    title: str = ""


class InvalidZonesError(ValueError):
    """The zones cannot be kept; says in one sentence what is wrong, for the editor who sent them."""


def zones_to_data(zones: Sequence[Zone]) -> list[dict[str, Any]]:
    """Return zones as they are kept in the database and sent to the board."""
    return [
        {
            "key": zone.key,
            "kind": zone.kind.value,
            "title": zone.title,
            "rule": {"source": zone.rule.source.value, "value": zone.rule.value},
            "slots": [_pin_to_data(pin) for pin in zone.slots],
        }
        for zone in zones
    ]


def zones_from_data(data: Any) -> tuple[Zone, ...]:
    """Read zones from untrusted data; raises InvalidZonesError."""
    if not isinstance(data, list):
        raise InvalidZonesError(_("A front is a list of zones."))
    if len(data) > MOST_ZONES:
        raise InvalidZonesError(_("A front has at most %(count)d zones.") % {"count": MOST_ZONES})
    zones = tuple(_zone_from_data(item) for item in data)
    if len({zone.key for zone in zones}) != len(zones):
        raise InvalidZonesError(_("Two zones have the same key."))
    return zones


def kind_title(kind: ZoneKind) -> str | Promise:
    """Return what readers see above a zone that has no title and whose rule names nothing."""
    return gettext_lazy("More stories") if kind in {ZoneKind.LIST, ZoneKind.SECONDS} else kind.label


def _pin_to_data(pin: Pin | None) -> dict[str, Any] | None:
    if pin is None:
        return None
    return {"story": pin.story_id, "until": pin.until.isoformat() if pin.until else None}


def _zone_from_data(data: Any) -> Zone:
    if not isinstance(data, Mapping):
        raise InvalidZonesError(_("A zone is missing its description."))
    try:
        kind = ZoneKind(str(data.get("kind")))
    except ValueError as error:
        raise InvalidZonesError(_("There is no such kind of zone.")) from error
    title, key, slots = data.get("title") or "", data.get("key"), data.get("slots")
    if not isinstance(title, str) or len(title) > LONGEST_TITLE:
        raise InvalidZonesError(_("A zone's title has at most %(count)d characters.") % {"count": LONGEST_TITLE})
    if not isinstance(key, str) or not 0 < len(key) <= 40:
        raise InvalidZonesError(_("A zone is missing its key."))
    if not isinstance(slots, list) or not 0 < len(slots) <= MOST_SLOTS[kind]:
        message = _("A zone of the kind “%(kind)s” has 1 to %(count)d slots.")
        raise InvalidZonesError(message % {"kind": kind.label, "count": MOST_SLOTS[kind]})
    return Zone(key, kind, _rule_from_data(data.get("rule")), tuple(map(_pin_from_data, slots)), title.strip())


def _rule_from_data(data: Any) -> Rule:
    if not isinstance(data, Mapping):
        raise InvalidZonesError(_("A zone is missing its rule."))
    try:
        source = RuleSource(str(data.get("source")))
    except ValueError as error:
        raise InvalidZonesError(_("There is no such rule.")) from error
    value = data.get("value")
    if source in {RuleSource.SECTION, RuleSource.TOPIC}:
        if not _is_number(value):
            raise InvalidZonesError(_("Choose the section or topic that fills the zone."))
        return Rule(source, value)
    if source == RuleSource.WORK_TYPE:
        if value not in WorkType.values:
            raise InvalidZonesError(_("Choose the type of work that fills the zone."))
        return Rule(source, value)
    return Rule(source)


def _pin_from_data(data: Any) -> Pin | None:
    if data is None:
        return None
    if not isinstance(data, Mapping) or not _is_number(data.get("story")):
        raise InvalidZonesError(_("A slot holds something that is not a story."))
    return Pin(data["story"], _moment_from_data(data.get("until")))


def _moment_from_data(text: Any) -> dt.datetime | None:
    if not text:
        return None
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InvalidZonesError(_("The end of a pin is not a time."))
    return moment


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63
