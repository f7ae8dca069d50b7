"""Reads of fronts: which stories the zones' rules offer, and what stands where."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, When
from django.utils.functional import Promise

from broadsheet.fronts.arrange_front import LEAD_REACH, Candidate, Placed, arrange_front, next_change_at
from broadsheet.fronts.zones import Rule, RuleSource, Zone, ZoneKind, kind_title
from broadsheet.kit import rendering
from broadsheet.pages.cache_keys import card_key
from broadsheet.pages.models import WorkType
from broadsheet.sections.models import Section
from broadsheet.stories.cache_keys import LATEST, section_list_key, work_list_key
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.read_together import Row, read_together
from broadsheet.stories.selectors import cards_by_id, published
from broadsheet.topics.cache_keys import topic_list_key
from broadsheet.topics.models import Topic

PINNED = Rule(RuleSource.HAND)
"""Stands for "pinned stories that are public" among the rules that are read together."""


@dataclass(frozen=True)
class ArrangedZone:
    """One zone as readers see it. `title` is never empty; `url` leads to more of the same, or is empty."""

    kind: ZoneKind
    title: str | Promise
    url: str
    cards: Sequence[StoryCard]
    placed: Sequence[Placed]

    @property
    def template(self) -> str:
        """The template of the zone's kind."""
        return f"fronts/zones/{self.kind.value}.html"


@dataclass(frozen=True)
class ArrangedFront:
    """A front at a moment. A stored copy must be rendered anew at `next_change_at`, when the next pin ends."""

    section: Section | None
    zones: Sequence[ArrangedZone]
    next_change_at: dt.datetime | None

    @property
    def story_ids(self) -> frozenset[int]:
        """The stories that stand in its zones."""
        return frozenset(card.pk for zone in self.zones for card in zone.cards)


def arranged_front(zones: Sequence[Zone], *, section: Section | None, at: dt.datetime) -> ArrangedFront:
    """Return a front as it stands at a moment, in at most five queries, however many zones and stories there are."""
    offers = _offers(zones)
    public_ids = {one.story_id for one in offers.pop(PINNED, ())}
    arranged = arrange_front(zones, at=at, candidates=offers, public_ids=public_ids)
    cards = cards_by_id([placed.story_id for row in arranged for placed in row])
    rows = _still_public(arranged, cards)
    places = _places_of([zone for zone, row in zip(zones, rows, strict=True) if row], section)
    shown = [
        ArrangedZone(zone.kind, *_heading(zone, places, section), [cards[one.story_id] for one in row], row)
        for zone, row in zip(zones, rows, strict=True)
    ]
    return ArrangedFront(section, shown, next_change_at(zones, at=at))


def _still_public(arranged: Iterable[Sequence[Placed]], cards: Mapping[int, StoryCard]) -> list[list[Placed]]:
    """Leave out what was taken down between the choice and the reading of the cards."""
    return [[one for one in row if one.story_id in cards] for row in arranged]


def _offers(zones: Sequence[Zone]) -> dict[Rule, list[Candidate]]:
    """Return what each rule offers, newest first, and under PINNED the pinned stories that are public: one query.

    Each rule offers as many stories as the front has slots, so that it can fill its zone whatever stands elsewhere.
    """
    wanted = sum(len(zone.slots) for zone in zones) + LEAD_REACH
    pinned_ids = {pin.story_id for zone in zones for pin in zone.slots if pin}
    rendering.read_under(key for zone in zones for key in _list_keys(zone.rule))
    rendering.read_under(card_key(pk) for pk in pinned_ids)
    lists = {rule: _most_recent(rule)[:wanted] for rule in {zone.rule for zone in zones} if rule != PINNED}
    if pinned_ids:
        lists[PINNED] = published().filter(pk__in=pinned_ids)
    return _candidates(lists)


def _most_recent(rule: Rule) -> "QuerySet[Any]":
    """Return the stories a rule offers. Sponsored ones stand on a front only where an editor or a rule names them."""
    stories: QuerySet[Any] = published()
    if rule.source == RuleSource.WORK_TYPE:
        return stories.filter(work_type=rule.value)
    stories = stories.exclude(work_type=WorkType.SPONSORED)
    if rule.source == RuleSource.SECTION:
        return stories.filter(section=rule.value)
    if rule.source == RuleSource.TOPIC:
        return stories.filter(story__story_topics__topic=rule.value)
    return stories


def _list_keys(rule: Rule) -> set[str]:
    """Return the keys of the lists from which a rule takes stories."""
    if rule.source == RuleSource.WORK_TYPE:
        return {work_list_key(str(rule.value))}
    without = work_list_key(WorkType.SPONSORED)
    if rule.source == RuleSource.SECTION:
        return {section_list_key(int(rule.value or 0)), without}
    if rule.source == RuleSource.TOPIC:
        return {topic_list_key(int(rule.value or 0)), without}
    return set() if rule == PINNED else {LATEST, without}


def _candidates(lists: Mapping[Rule, "QuerySet[Any]"]) -> dict[Rule, list[Candidate]]:
    """Read the stories that rules offer, newest first."""
    has_photo = Case(When(lead_photo=None, then=False), default=True, output_field=BooleanField())
    columns = ("pk", "first_published_at", "work_type", "has_photo")
    queries = {
        rule: stories.select_related(None).annotate(has_photo=has_photo).values_list(*columns)
        for rule, stories in lists.items()
    }
    return {
        rule: [Candidate(pk, bool(shows_photo), work_type) for pk, _, work_type, shows_photo in _newest_first(rows)]
        for rule, rows in read_together(queries).items()
    }


def _newest_first(rows: Iterable[Row]) -> list[Row]:
    """Return rows of a number and a moment, of which the one is newer that has the later moment, the higher number."""
    return sorted(rows, key=lambda row: (row[1], row[0]), reverse=True)


def _places_of(zones: Sequence[Zone], section: Section | None) -> dict[Rule, Section | Topic]:
    """Return the sections and topics that the zones' rules name, in at most two queries."""
    section_ids = _values_of(zones, RuleSource.SECTION) - {section.pk if section else None}
    topic_ids = _values_of(zones, RuleSource.TOPIC)
    places: dict[Rule, Section | Topic] = {}
    if section_ids:
        places.update({Rule(RuleSource.SECTION, pk): one for pk, one in Section.objects.in_bulk(section_ids).items()})
    if topic_ids:
        places.update({Rule(RuleSource.TOPIC, pk): one for pk, one in Topic.objects.in_bulk(topic_ids).items()})
    return places


def _values_of(zones: Sequence[Zone], source: RuleSource) -> set[Any]:
    return {zone.rule.value for zone in zones if zone.rule.source == source}


def _heading(zone: Zone, places: Mapping[Rule, Section | Topic], section: Section | None) -> tuple[str | Promise, str]:
    place = places.get(zone.rule)
    if place:
        return zone.title or place.name, place.get_absolute_url()
    if zone.rule.source == RuleSource.WORK_TYPE:
        return zone.title or WorkType(str(zone.rule.value)).label, ""
    return zone.title or kind_title(zone.kind), ""
