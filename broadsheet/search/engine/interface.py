"""What the paper asks of a search engine, whichever it is.

An index holds documents by their keys. It is changed by one process, in batches: each batch says up to which number of
the change log it is true, and becomes visible whole or not at all. Every change may be applied twice, and in any order
with itself.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a document stands for."""

    STORY = "story"
    TOPIC = "topic"
    PERSON = "person"
    SECTION = "section"
    PAGE = "page"
    PHOTO = "photo"
    FILE = "file"
    SERIES = "series"


DATED = frozenset({Kind.STORY, Kind.PAGE, Kind.PHOTO})
"""Kinds of which a newer one counts a little more."""


@dataclass(frozen=True)
class Document:
    """What is to be found, as readers see it. `version` differs whenever anything else of it does (63 bits)."""

    kind: Kind
    pk: int
    language: str
    title: str
    standfirst: str = ""
    body: str = ""
    photo_words: str = ""
    """Captions and credits."""
    names: Sequence[str] = ()
    """Bylines and topics of a story; the other names of a topic; the slug of what has one."""
    section: int | None = None
    topics: Sequence[int] = ()
    people: Sequence[int] = ()
    work_type: str = ""
    published_at: dt.datetime | None = None
    """With the site's time zone, whose calendar decides of which year the story is."""
    version: int = 0

    @property
    def key(self) -> str:
        """The document's name in the index."""
        return key_of(self.kind, self.pk)


def key_of(kind: Kind, pk: int) -> str:
    """Return the name of a document."""
    return f"{kind}:{pk}"


class Sort(StrEnum):
    """In which order stories are shown."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Facet(StrEnum):
    """By what stories are counted and narrowed down."""

    SECTION = "section"
    TOPIC = "topic"
    PERSON = "person"
    YEAR = "year"
    WORK_TYPE = "work_type"


@dataclass(frozen=True)
class Clause:
    """Some words that a document must hold, in this order if there are several."""

    text: str
    is_phrase: bool = False
    is_unfinished: bool = False
    """Whether it may be the beginning of a word: the reader is still writing."""


@dataclass(frozen=True)
class Filters:
    """What narrows a search down. Values of one field are alternatives, fields are not."""

    sections: frozenset[int] = frozenset()
    topics: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    work_types: frozenset[str] = frozenset()
    published_from: dt.datetime | None = None
    published_until: dt.datetime | None = None
    """The first moment that is too late."""


@dataclass(frozen=True)
class Query:
    """A search. Without wanted clauses everything that the filters let through is found."""

    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()
    filters: Filters = field(default_factory=Filters)
    kind: Kind = Kind.STORY
    sort: Sort = Sort.RELEVANCE
    is_any: bool = False
    """Whether one of the wanted clauses is enough."""
    limit: int = 20
    offset: int = 0
    facets: tuple[Facet, ...] = ()
    facet_length: int = 10
    most_beginnings: int = 20
    """How many words are looked for that begin as an unfinished one does; the most frequent ones."""
    among: frozenset[int] | None = None
    """The numbers of the only documents that are looked at."""


@dataclass(frozen=True)
class Hit:
    """A document that was found."""

    pk: int
    score: float
    text: str
    """Standfirst and body, for a passage with the words in it; nothing for what is no story."""


@dataclass(frozen=True)
class Found:
    """The answer to a search: some hits, how many there are in all, and how many of each value of a facet."""

    hits: Sequence[Hit]
    total: int
    facets: dict[Facet, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Ranked:
    """The numbers of what was found with their scores, the best first, and how many there are in all."""

    numbers: Sequence[tuple[int, float]]
    total: int


@dataclass(frozen=True)
class Stats:
    """Figures of an index."""

    documents: int
    segments: int
    bytes: int
    checkpoint: int


class SearchIndex(Protocol):
    """An index as those who search see it. May be used by several threads at once."""

    def search(self, query: Query) -> Found:
        """Return what a query finds."""
        ...

    def ranked(self, query: Query) -> Ranked:
        """Return the numbers of what a query finds, without texts: there may be many."""
        ...

    def corrected(self, word: str) -> str | None:
        """Return the word of the paper that was probably meant by one it does not use."""
        ...

    def similar(self, document: Document, *, limit: int) -> list[tuple[int, float]]:
        """Return the stories that read most like this one, and how much: what share of how much it is like itself."""
        ...

    def versions(self, kind: Kind) -> Iterable[tuple[int, int]]:
        """Return number and version of every document of a kind."""
        ...

    def checkpoint(self) -> int:
        """Return the number of the change log up to which the index is true; -1 for one that was never filled."""
        ...

    def draft_checkpoint(self) -> int:
        """Return the second number that the last `apply` was told: of the newsroom's own changes."""
        ...

    def stats(self) -> Stats:
        """Return figures."""
        ...


class IndexWriter(Protocol):
    """An index as its one indexer sees it."""

    def apply(
        self,
        *,
        upserts: Iterable[Document],
        deletes: Iterable[str],
        upto_seq: int,
        mark: int = 0,
        upto_draft: int = 0,
    ) -> None:
        """Put these documents in the place of those with the same keys, and take others away, all at once.

        `mark` tells the change of this number from one of the same number in another log (63 bits). `upto_draft` is a
        second number, for an index that follows the newsroom's drafts, too.
        """
        ...

    def checkpoint(self) -> int:
        """Return the number that the last `apply` was told."""
        ...

    def mark(self) -> int:
        """Return the mark that the last `apply` was told."""
        ...

    def draft_checkpoint(self) -> int:
        """Return the second number that the last `apply` was told."""
        ...

    def close(self) -> None:
        """Let another process write."""
        ...
