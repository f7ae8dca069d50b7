"""Reads of series as readers see them: published parts in their order, with their numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.kit import rendering
from broadsheet.stories.cache_keys import series_page_key
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.selectors import cards_by_id
from broadsheet.stories.series import Series, SeriesPart


@dataclass(frozen=True)
class ShownPart:
    """A part that readers see. `card` is missing only for the story itself, where that is previewed as a draft."""

    number: int
    story_id: int
    card: StoryCard | None


@dataclass(frozen=True)
class ShownSeries:
    """A series with the parts that readers see, and how many they are told that it has."""

    series: Series
    parts: Sequence[ShownPart]
    total: int

    @property
    def is_unfinished(self) -> bool:
        """Whether readers are told of parts that they cannot read yet."""
        return len(self.parts) < self.total


@dataclass(frozen=True)
class PlaceInSeries:
    """Where a story stands in its series."""

    shown: ShownSeries
    number: int
    before: StoryCard | None
    after: StoryCard | None


def shown_series(series: Series, part_ids: Sequence[int], *, previewed: int | None = None) -> ShownSeries:
    """Return what readers see of a series. Surrogate keys: `se:ID`, and `c:ID` of every part, published or not.

    With planned parts a part's number is its place in the editors' order, gaps and all; without, its place among
    those that are published. `previewed` is a draft that is to count as published.
    """
    cards = cards_by_id(part_ids)
    is_planned = series.planned_parts is not None
    parts: list[ShownPart] = []
    for place, pk in enumerate(part_ids, start=1):
        if pk in cards or pk == previewed:
            parts.append(ShownPart(place if is_planned else len(parts) + 1, pk, cards.get(pk)))
    last = parts[-1].number if parts else 0
    return ShownSeries(series, parts, max(series.planned_parts or 0, last))


def place_in_series(story_id: int, series_id: int, *, is_preview: bool = False) -> PlaceInSeries | None:
    """Return where a story stands in a series; None where it is no part of what is shown.

    Surrogate keys: those of `shown_series`; which series a story belongs to is known under its `a:ID`.
    """
    series, part_ids = rendering.remembered(("series", series_id), lambda: _read(series_id))
    shown = shown_series(series, part_ids, previewed=story_id if is_preview else None)
    places = [place for place, part in enumerate(shown.parts) if part.story_id == story_id]
    if not places:
        return None
    place, last = places[0], len(shown.parts) - 1
    return PlaceInSeries(
        shown=shown,
        number=shown.parts[place].number,
        before=shown.parts[place - 1].card if place else None,
        after=shown.parts[place + 1].card if place < last else None,
    )


def series_page(series: Series) -> ShownSeries:
    """Return what a series' own page shows. Surrogate keys: those of `shown_series`, and `sep:ID`."""
    rendering.read_under([series_page_key(series.pk)])
    return shown_series(series, part_ids_of(series.pk))


def part_ids_of(series_id: int) -> list[int]:
    """Return the stories of a series in the editors' order, published or not. Surrogate key: `se:ID`."""
    return list(SeriesPart.objects.filter(series=series_id).values_list("story_id", flat=True))


def _read(series_id: int) -> tuple[Series, list[int]]:
    """Return a series that has parts, and their stories, in one query."""
    rows = list(SeriesPart.objects.filter(series=series_id).select_related("series"))
    return rows[0].series, [row.story_id for row in rows]
