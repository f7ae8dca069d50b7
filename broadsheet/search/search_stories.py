"""The answer to what a reader asks: stories with the words in them, and ways to narrow down or to go on."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from django.db.models import Model

from broadsheet.bylines.models import Contributor
from broadsheet.pages.models import WorkType
from broadsheet.search.asked import MOST_PAGES, Asked
from broadsheet.search.best_bets import Bet, best_bets, words_looked_for
from broadsheet.search.engine.interface import Clause, Facet, Filters, Found, Kind, Query, Sort
from broadsheet.search.look_up import look_up
from broadsheet.search.open_index import OpenIndex
from broadsheet.search.passages import Passages, Piece
from broadsheet.search.query_language import Understood, period, understood
from broadsheet.sections.models import Section
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.selectors import cards_by_id
from broadsheet.topics.models import Topic

RESULTS = 20
FACETS = (Facet.SECTION, Facet.TOPIC, Facet.PERSON, Facet.YEAR, Facet.WORK_TYPE)
FACET_LENGTH = 8
MATCHING_NAMES = 3
NAMES_MEANT = 20
"""People whom `by:smith` may mean."""


class Narrowed(NamedTuple):
    """Something by which results are narrowed down: by its slug in the address, or by a name in the box."""

    name: str
    field: str
    filter: str
    model: Any
    kind: Kind


NARROWED = (
    Narrowed("section", "section", "sections", Section, Kind.SECTION),
    Narrowed("topic", "topic", "topics", Topic, Kind.TOPIC),
    Narrowed("person", "by", "people", Contributor, Kind.PERSON),
)


@dataclass(frozen=True)
class Result:
    """A story that was found, and the passage with the words in it."""

    card: StoryCard
    passage: Sequence[Piece]


@dataclass(frozen=True)
class Choice:
    """A value of a facet: what it is called, how many stories there are, and the search narrowed down to it.

    For the one that is chosen, `url` is the search without it.
    """

    label: str
    count: int
    url: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Named:
    """A topic, person or section whose name was looked for."""

    label: str
    url: str
    kind: str


@dataclass
class Answer:
    """All that a page of results shows."""

    asked: Asked
    bets: list[Bet] = field(default_factory=list)
    """What editors have put first; not among the results again."""
    results: list[Result] = field(default_factory=list)
    total: int = 0
    names: list[Named] = field(default_factory=list)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    corrected: Asked | None = None
    """The search as it was probably meant."""
    is_corrected: bool = False
    """Whether the results are those of `corrected`."""
    is_some_words: bool = False
    """Whether no story holds all words, and the results hold some of them."""
    is_cut: bool = False

    @property
    def is_in_vain(self) -> bool:
        """Whether there is nothing that a reader can have meant who looked for some words in the whole paper."""
        has_stories = bool(self.results) and not self.is_some_words
        return self.asked.is_plain and not (has_stories or self.bets or self.names)

    @property
    def searched_for(self) -> str:
        """The words whose results these are."""
        return self.corrected.text if self.is_corrected and self.corrected is not None else self.asked.text

    @property
    def next_page(self) -> Asked | None:
        """The search's next page, if there is one."""
        page = self.asked.page
        return self.asked.on_page(page + 1) if self.total > page * RESULTS and page < MOST_PAGES else None

    @property
    def previous_page(self) -> Asked | None:
        """The search's page before this one, if there is one."""
        return self.asked.on_page(self.asked.page - 1) if self.asked.page > 1 else None


def search_stories(*, index: OpenIndex, asked: Asked) -> Answer:
    """Return what a reader's search finds. Raises NoIndexError."""
    wanted = understood(asked.text)
    answer = Answer(asked, is_cut=wanted.is_cut)
    filters = _filters(asked, wanted, index)
    if filters is None:
        return answer
    looked_up = look_up(index=index, wanted=wanted, query=_query(asked, wanted, filters), exactly=asked.exactly)
    found = looked_up.found
    if looked_up.meant:
        answer.corrected = replace(asked, text=_corrected_text(asked.text, looked_up.meant))
    answer.is_corrected, answer.is_some_words = looked_up.is_corrected, looked_up.is_some_words
    if asked.is_plain:
        answer.bets = best_bets(words_looked_for(understood(answer.searched_for)))
    answer.total = found.total
    answer.results = _results(found, looked_up.query.wanted, index, besides={bet.pk for bet in answer.bets})
    answer.choices = _choices(asked, found)
    if asked.page == 1 and wanted.wanted:
        answer.names = _names(wanted, index)
    return answer


def _query(asked: Asked, wanted: Understood, filters: Filters) -> Query:
    return Query(
        wanted=tuple(wanted.wanted),
        unwanted=tuple(wanted.unwanted),
        filters=filters,
        sort=asked.sort,
        limit=RESULTS,
        offset=(asked.page - 1) * RESULTS,
        facets=FACETS,
        facet_length=FACET_LENGTH,
    )


def _filters(asked: Asked, wanted: Understood, index: OpenIndex) -> Filters | None:
    """Return what narrows the search down; None when that leaves nothing: there is no such section, or person."""
    chosen: dict[str, frozenset[int]] = {}
    for part in NARROWED:
        slug = getattr(asked, part.name)
        if slug:
            chosen[part.filter] = frozenset(part.model._default_manager.filter(slug=slug).values_list("pk", flat=True))
        for text in wanted.names.get(part.field, ()):
            meant = _meant(text, part.kind, index)
            chosen[part.filter] = chosen[part.filter] & meant if part.filter in chosen else meant
    if any(not pks for pks in chosen.values()):
        return None
    return Filters(
        **chosen,
        years=frozenset({int(asked.year)} if asked.year else ()),
        work_types=frozenset({asked.work_type} if asked.work_type else ()),
        published_from=_latest(wanted.published_from, _day(asked.day_from, 0)),
        published_until=_earliest(wanted.published_until, _day(asked.day_until, 1)),
    )


def _meant(text: str, kind: Kind, index: OpenIndex) -> frozenset[int]:
    """Return the people, topics or sections of whose names a text is part."""
    found = index.search(Query(wanted=(Clause(text),), kind=kind, limit=NAMES_MEANT))
    if not found.hits:
        words = tuple(Clause(word, is_unfinished=True) for word in text.split()[:NAMES_MEANT])
        found = index.search(Query(wanted=words, kind=kind, limit=NAMES_MEANT)) if words else found
    return frozenset(hit.pk for hit in found.hits)


def _day(text: str, end: int) -> dt.datetime | None:
    days = period(text) if text else None
    return days[end] if days else None


def _latest(*moments: dt.datetime | None) -> dt.datetime | None:
    return max(filter(None, moments), default=None)


def _earliest(*moments: dt.datetime | None) -> dt.datetime | None:
    return min(filter(None, moments), default=None)


def _corrected_text(text: str, meant: Mapping[str, str]) -> str:
    for word, better in meant.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", better, text)
    return text


def _results(found: Found, clauses: Sequence[Clause], index: OpenIndex, *, besides: Collection[int]) -> list[Result]:
    """Return what is found as it is now: what was taken away since the index was written is not there any more."""
    cards = cards_by_id([hit.pk for hit in found.hits if hit.pk not in besides])
    passages = Passages(clauses, index.index().analyses)
    return [Result(cards[hit.pk], passages.passage(hit.text)) for hit in found.hits if hit.pk in cards]


def _names(wanted: Understood, index: OpenIndex) -> list[Named]:
    """Return the topics and people whose names are looked for, in the order in which they are likely meant."""
    words = tuple(replace(clause, is_phrase=False) for clause in wanted.wanted)
    named: list[Named] = []
    for kind, model, label in ((Kind.TOPIC, Topic, "topic"), (Kind.PERSON, Contributor, "person")):
        pks = [hit.pk for hit in index.search(Query(wanted=words, kind=kind, limit=MATCHING_NAMES)).hits]
        rows = model._default_manager.in_bulk(pks)
        named += [Named(str(rows[pk]), rows[pk].get_absolute_url(), label) for pk in pks if pk in rows]
    return named


def _choices(asked: Asked, found: Found) -> dict[str, list[Choice]]:
    """Return by what the results can be narrowed down; facets of which there is one value only say nothing."""
    choices = {
        "section": _of_rows(asked, found, Facet.SECTION, Section),
        "topic": _of_rows(asked, found, Facet.TOPIC, Topic),
        "person": _of_rows(asked, found, Facet.PERSON, Contributor),
        "year": _of_values(asked, found, Facet.YEAR, asked.year, lambda value: value, newest_first=True),
        "work_type": _of_values(asked, found, Facet.WORK_TYPE, asked.work_type, _work_type_label),
    }
    return {name: some for name, some in choices.items() if len(some) > 1 or any(one.is_chosen for one in some)}


def _of_rows(asked: Asked, found: Found, facet: Facet, model: type[Model]) -> list[Choice]:
    counts = {int(value): count for value, count in found.facets.get(facet, ())}
    rows: dict[int, Any] = model._default_manager.in_bulk(counts)
    chosen = getattr(asked, str(facet))
    return [
        _choice(asked, facet, str(rows[pk]), count, rows[pk].slug, is_chosen=rows[pk].slug == chosen)
        for pk, count in counts.items()
        if pk in rows
    ]


def _of_values(
    asked: Asked, found: Found, facet: Facet, chosen: str, label: Callable[[str], str], *, newest_first: bool = False
) -> list[Choice]:
    counts: Iterable[tuple[str, int]] = found.facets.get(facet, ())
    if newest_first:
        counts = sorted(counts, reverse=True)
    return [_choice(asked, facet, label(value), count, value, is_chosen=value == chosen) for value, count in counts]


def _work_type_label(value: str) -> str:
    """Return what a type of work is called; one that this version does not know stands as it is in the index."""
    return str(WorkType(value).label) if value in WorkType.values else value


def _choice(asked: Asked, facet: Facet, label: str, count: int, value: str, *, is_chosen: bool) -> Choice:
    return Choice(label, count, asked.narrowed(**{str(facet): "" if is_chosen else value}).url, is_chosen)


def orders(asked: Asked) -> list[tuple[Sort, str, bool]]:
    """Return the orders in which results can be shown, with the address of each and whether it is the present one."""
    return [(sort, replace(asked, sort=sort, page=1).url, sort is asked.sort) for sort in Sort]
