"""Reads of the story so far: what readers see of it, and what the newsroom may put into it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from broadsheet.kit import clock, rendering
from broadsheet.masthead.head_metadata import shortened
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.cache_keys import so_far_key
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.record import NOTED_CLASSES, Act, PublishedVersion, RecordedKind
from broadsheet.stories.record_selectors import with_withdrawals
from broadsheet.stories.selectors import cards_by_id
from broadsheet.stories.series import SeriesPart
from broadsheet.stories.so_far import SoFarEntry, StorySoFar

STORIES_PROPOSED = 30
MOST_IN_SENTENCE = 300


@dataclass(frozen=True)
class ShownEntry:
    """An entry as readers see it. `card` and `url` are missing where readers cannot read the story now."""

    day: dt.date
    sentence: str
    card: StoryCard | None
    url: str
    is_version: bool


@dataclass(frozen=True)
class ShownSoFar:
    """The story so far as readers see it. `heading` is empty for the usual one."""

    heading: str
    entries: Sequence[ShownEntry]


def so_far_of(*, series_id: int | None = None, topic_ids: Sequence[int] = ()) -> ShownSoFar | None:
    """Return the box of a series, or of the first of some topics that has one with entries.

    Surrogate keys: those of every box that there might be, and `c:ID` of the stories it leads to.
    """
    if series_id is None and not topic_ids:
        return None
    rendering.read_under(so_far_key(topic_id=pk) for pk in topic_ids)
    if series_id is not None:
        rendering.read_under([so_far_key(series_id=series_id)])
    wanted = Q(box__series=series_id) if series_id is not None else Q()
    rows = list(SoFarEntry.objects.filter(wanted | Q(box__topic__in=topic_ids)).select_related("box"))
    places = {pk: place for place, pk in enumerate(topic_ids, start=1)}
    boxes = {row.box_id: row.box for row in rows}
    if not boxes:
        return None
    box = min(boxes.values(), key=lambda one: places.get(one.topic_id or 0, 0))
    entries = [row for row in rows if row.box_id == box.pk]
    cards = cards_by_id(list(dict.fromkeys(row.story_id for row in entries if row.story_id)))
    return ShownSoFar(box.heading, [_shown(row, cards.get(row.story_id or 0)) for row in entries])


def _shown(entry: SoFarEntry, card: StoryCard | None) -> ShownEntry:
    is_version = card is not None and entry.version is not None
    url = "" if card is None else f"{card.url}changes/{entry.version}/" if is_version else card.url
    return ShownEntry(entry.day, entry.sentence, card, url, is_version)


@dataclass(frozen=True)
class ProposedEntry:
    """What an editor might put into a box: a story's publication, or a later version with a note to readers."""

    day: dt.date
    sentence: str
    story_id: int
    headline: str
    version: int | None

    @property
    def name(self) -> str:
        """What tells it from the others, in a form."""
        return f"{self.story_id}.{self.version or 0}"


def proposed_entries(box: StorySoFar) -> list[ProposedEntry]:
    """Return what the newest published stories of a box's topic or series offer and it has not yet, oldest first."""
    ids = _newest_stories(box)
    cards = cards_by_id(ids)
    there = set(box.entries.values_list("story", "version"))
    found = [
        ProposedEntry(
            clock.local_date(card.published_at),
            shortened(card.standfirst or card.headline, length=MOST_IN_SENTENCE),
            pk,
            card.headline,
            None,
        )
        for pk, card in cards.items()
    ]
    found += _noted_versions(cards)
    return sorted(
        (one for one in found if (one.story_id, one.version) not in there),
        key=lambda one: (one.day, one.story_id, one.version or 0),
    )


def _newest_stories(box: StorySoFar) -> list[int]:
    if box.topic_id:
        rows = StoryTopic.objects.filter(topic=box.topic_id, month__isnull=False)
        newest = rows.order_by("-month", "-published_at", "-story").values_list("story", flat=True)
        return list(dict.fromkeys(newest[:STORIES_PROPOSED]))
    parts = SeriesPart.objects.filter(series=box.series_id).values_list("story", flat=True)
    return list(parts[:STORIES_PROPOSED])


def _noted_versions(cards: dict[int, StoryCard]) -> Iterable[ProposedEntry]:
    """Yield the versions of stories with a note to readers that still stands."""
    versions = PublishedVersion.objects.filter(
        kind=RecordedKind.STORY, object_id__in=list(cards), act=Act.PUBLISHED, change_class__in=NOTED_CLASSES
    )
    columns = ("object_id", "number", "note", "at", "withdrawn_at")
    for pk, number, note, at, withdrawn_at in (
        with_withdrawals(versions).order_by("object_id", "number").values_list(*columns)
    ):
        if withdrawn_at is None and note:
            sentence = shortened(note, length=MOST_IN_SENTENCE)
            yield ProposedEntry(clock.local_date(at), sentence, pk, cards[pk].headline, number)
