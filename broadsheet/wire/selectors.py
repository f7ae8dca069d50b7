"""Reads of the desk's queue and of one item."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from broadsheet.kit import clock
from broadsheet.kit.text import fold
from broadsheet.kit.word_diff import Run, split_words, word_diff
from broadsheet.pages.models import BasePage
from broadsheet.wire.models import ItemState, WireItem, WirePhoto, WireVersion
from broadsheet.wire.read_item import ReadItem

MOST_WORDS = 6
URGENT = 3
"""Urgencies 1 to 3 are what a desk calls urgent (IPTC: 1 is the most urgent, 5 normal)."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What of the queue is wanted. `state` is one of ItemState, `embargo` and `kills` narrow further."""

    state: str = ItemState.NEW
    source_id: int | None = None
    section_id: int | None = None
    is_urgent: bool = False
    embargo: str = ""
    """`held`: under an embargo now; `free`: not."""
    words: str = ""

    @property
    def groups(self) -> bool:
        """Whether items that say the same stand as one row: not where somebody narrows the queue, for then the first of
        them may be what they do not look for."""
        return not (self.source_id or self.section_id or self.is_urgent or self.embargo or self.words)


def queue(wanted: QueueFilter) -> "QuerySet[WireItem]":
    """Return the items that are wanted, last changed first."""
    items = WireItem.objects.select_related("source", "section", "story", "follows").order_by("-changed_at", "-pk")
    others = WireItem.objects.select_related("source").order_by("pk")
    items = items.prefetch_related(Prefetch("others", queryset=others)).defer("words", "sketch")
    if wanted.state:
        items = items.filter(state=wanted.state)
    if wanted.groups:
        items = items.filter(Q(same_as=None) | ~Q(same_as__state=wanted.state or ItemState.NEW))
    if wanted.source_id:
        items = items.filter(source=wanted.source_id)
    if wanted.section_id:
        items = items.filter(section=wanted.section_id)
    if wanted.is_urgent:
        items = items.filter(urgency__range=(1, URGENT))
    if wanted.embargo:
        held = Q(embargoed_until__gt=clock.now())
        items = items.filter(held if wanted.embargo == "held" else ~held | Q(embargoed_until=None))
    for word in wanted.words.split()[:MOST_WORDS]:
        items = items.filter(words__contains=fold(word))
    return items


ALARMS = ("kill", "correction")
"""What of an agency's later versions a story's people must know."""


def story_warnings(item_ids: Iterable[int]) -> dict[int, str]:
    """Return the items of which a story was made and that were killed or corrected since: id -> which of the two."""
    ids = set(item_ids)
    followers = dict(WireItem.objects.filter(follows__in=ids).order_by().values_list("pk", "follows"))
    told = WireVersion.objects.filter(item__in=ids | followers.keys(), told_kind__in=ALARMS).order_by("pk")
    found: dict[int, str] = {}
    for item_id, kind in told.values_list("item", "told_kind"):
        found |= {one: kind for one in (item_id, followers.get(item_id)) if one in ids}
    return found


def made_of_items(story_ids: Sequence[int]) -> set[int]:
    """Return those of some stories that were made of an agency's item, whatever their bylines say now."""
    made = WireItem.objects.filter(story__in=story_ids).order_by().values_list("story", flat=True)
    return {pk for pk in made if pk is not None}


def warning_for_story(story_id: int) -> WireVersion | None:
    """Return the newest kill or correction of what a story was made of, if there is one."""
    return _alarms_of_story(story_id).order_by("-pk").first()


def kill_of_story(story_id: int) -> WireVersion | None:
    """Return the newest kill of what a story was made of, if it is killed now."""
    if not WireItem.objects.filter(story=story_id, is_killed=True).exists():
        return None
    return _alarms_of_story(story_id).filter(told_kind="kill").order_by("-pk").first()


def _alarms_of_story(story_id: int) -> "QuerySet[WireVersion]":
    own = list(WireItem.objects.filter(story=story_id).values_list("pk", flat=True))
    later = list(WireItem.objects.filter(follows__in=own).values_list("pk", flat=True)) if own else []
    alarms = WireVersion.objects.filter(item__in=[*own, *later], told_kind__in=ALARMS)
    return alarms.select_related("item__source")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an item, with what changed in it, word by word; nothing for the first."""

    version: WireVersion
    read: ReadItem
    runs: list[Run]
    other: list[Any]
    """Names of what else changed."""


WATCHED: dict[str, Any] = {
    "headline": _("Headline"),
    "embargoed_until": _("Embargo"),
    "urgency": _("Urgency"),
    "dateline": _("Dateline"),
    "byline": _("Byline"),
    "note_to_editors": _("Note to editors"),
    "photos": _("Photos"),
}
"""What is told of a version besides its text -> under which name."""


def version_rows(item: WireItem) -> list[VersionRow]:
    """Return an item's versions, newest first, each compared with the one before it."""
    versions = list(item.versions.order_by("number"))
    rows: list[VersionRow] = []
    before: ReadItem | None = None
    for version in versions:
        read = version.read
        runs = word_diff(_words(before), _words(read)) if before is not None else []
        names = WATCHED if before is not None else {}
        changed = [label for name, label in names.items() if getattr(before, name) != getattr(read, name)]
        rows.append(VersionRow(version, read, runs, changed))
        before = before if version.is_late else read
    return rows[::-1]


def _words(read: ReadItem) -> list[str]:
    return split_words(read.text)


def words_of(item: WireItem) -> ReadItem:
    """Return what the item says: its current version, or the last one with words where that is a kill without any."""
    current = item.current.read
    if current.headline or current.html:
        return current
    said = [version.read for version in item.versions.order_by("-number")]
    return next((read for read in said if read.headline or read.html), current)


def group_of(item: WireItem) -> list[WireItem]:
    """Return the other items that say the same, first come first."""
    head = item.same_as_id or item.pk
    alike = WireItem.objects.filter(Q(pk=head) | Q(same_as=head)).exclude(pk=item.pk)
    return list(alike.select_related("source").order_by("pk"))


def members_of(item: WireItem) -> list[WireItem]:
    """Return the items of a package that have arrived."""
    from_package = item.current.read.members
    return list(WireItem.objects.filter(source=item.source_id, guid__in=from_package[:50]).order_by("pk"))


def unclaimed_photos() -> "QuerySet[WirePhoto]":
    """Return the photos that were fetched for the wire alone and that nobody else may choose."""
    return WirePhoto.objects.filter(is_unclaimed=True).exclude(photo=None)


def held_stories(*, below: BasePage) -> "QuerySet[WireItem, int]":
    """Return the stories under an agency's embargo among a page and what stands below it."""
    held = WireItem.objects.filter(story__path__startswith=below.path, embargoed_until__gt=clock.now())
    return held.order_by("pk").values_list("story_id", flat=True)


def untold_versions(since: dt.datetime) -> "QuerySet[WireVersion]":
    """Return versions of whose meaning a story's people have not been told yet."""
    untold = WireVersion.objects.filter(told_at=None, received_at__gte=since).exclude(told_kind="")
    return untold.select_related("item__source", "item__follows").order_by("received_at", "pk")
