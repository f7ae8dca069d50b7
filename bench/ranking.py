"""Claim: what is looked for stands first: the paper's ranking finds what is meant sooner than bm25 of SQLite's FTS5.

The two archives of Markdown among the fixtures (`archive-18f`, `archive-digitalgov`: 1,432 stories) are indexed by the
paper's engine and by FTS5 with Porter's stemmer and weights of its columns. Both are asked the same
(_judged_queries.py): what somebody remembers of a sentence in the middle of a story, of a headline, of a headline with
a slip of the fingers in it, the names of authors, and some questions written by hand. Printed for each class: the mean
reciprocal rank (1 where what is meant is first, 1/2 where second; 0 where it is not among the first twenty), and how
often the paper's engine put it higher, and lower. Where FTS5 finds no story with all words it is asked for any of them,
as the paper's own search is.

Bar: 0.8 for body sentences, and not below FTS5 in any class.

`BROADSHEET_FIXTURES` names the folder of the archives when it is not beside the project.
"""

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from bench._judged_queries import JudgedQuery, judged_queries, judged_stories
from broadsheet.kit import sqlite_library
from broadsheet.search.engine.interface import Document, Query
from broadsheet.search.engine.tantivy_index import TantivyIndex, TantivyWriter
from broadsheet.search.look_up import look_up
from broadsheet.search.query_language import understood

sqlite_library.use_newest_library()
import sqlite3  # noqa: E402 - the library that the paper uses, too

ARCHIVES = ("archive-18f", "archive-digitalgov")
RESULTS = 20
FTS5_WEIGHTS = (4, 2, 1, 0.7, 3)
"""Of headline, standfirst, body, captions and names: those that suited it best of the ones that were tried."""


class Ranked(Protocol):
    """An engine that puts what it finds in an order."""

    def found(self, text: str) -> list[int]:
        """Return the numbers of the stories on the first page of results."""
        ...


class Paper:
    """The paper's engine, asked as its search page asks it."""

    def __init__(self, folder: Path, documents: Iterable[Document]) -> None:
        writer = TantivyWriter(folder)
        writer.add(documents)
        writer.apply(upserts=(), deletes=(), upto_seq=0)
        writer.close()
        self._index = TantivyIndex(folder)

    def found(self, text: str) -> list[int]:
        """Return the numbers of the stories on the first page of results."""
        wanted = understood(text)
        query = Query(wanted=tuple(wanted.wanted), unwanted=tuple(wanted.unwanted), limit=RESULTS)
        return [hit.pk for hit in look_up(index=self._index, wanted=wanted, query=query).found.hits]


class Fts5:
    """SQLite's full text search."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE story USING fts5(title, standfirst, body, photos, names,"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._connection.executemany(
            "INSERT INTO story (rowid, title, standfirst, body, photos, names) VALUES (?, ?, ?, ?, ?, ?)",
            [(one.pk, one.title, one.standfirst, one.body, one.photo_words, "\n".join(one.names)) for one in documents],
        )

    def found(self, text: str) -> list[int]:
        """Return the numbers of the stories on the first page of results."""
        words = [f'"{word}"' for word in text.split()]
        return self._matching(" AND ".join(words)) or self._matching(" OR ".join(words))

    def _matching(self, match: str) -> list[int]:
        sql = "SELECT rowid FROM story WHERE story MATCH ? ORDER BY bm25(story, ?, ?, ?, ?, ?) LIMIT ?"
        return [pk for (pk,) in self._connection.execute(sql, (match, *FTS5_WEIGHTS, RESULTS))]


def reciprocal_ranks(engine: Ranked, queries: Sequence[JudgedQuery]) -> list[float]:
    """Return for each query 1 where what is meant was found first, 1/2 where second, 0 where it was not found."""
    ranks = []
    for query in queries:
        places = [place for place, pk in enumerate(engine.found(query.text), 1) if pk in query.meant]
        ranks.append(1 / places[0] if places else 0.0)
    return ranks


def main() -> None:
    """Print the table."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "fixtures"
    folders = [Path(os.environ.get("BROADSHEET_FIXTURES", beside)) / name for name in ARCHIVES]
    if missing := [str(folder) for folder in folders if not folder.is_dir()]:
        print(f"left out: there is no {' and no '.join(missing)}; $BROADSHEET_FIXTURES names the folder of both")
        return
    stories = judged_stories(folders)
    documents = [story.document for story in stories]
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        paper, peer = Paper(Path(folder) / "index", documents), Fts5(documents)
        print(f"{len(stories):,} stories\n{'':<20}{'queries':>8}{'broadsheet':>12}{'FTS5':>8}{'higher':>8}{'lower':>8}")
        for name, queries in judged_queries(stories).items():
            ours, theirs = reciprocal_ranks(paper, queries), reciprocal_ranks(peer, queries)
            print(_row(name, ours, theirs))


def _row(name: str, ours: Sequence[float], theirs: Sequence[float]) -> str:
    pairs = list(zip(ours, theirs, strict=True))
    higher, lower = (sum(1 for pair in pairs if pair[0] > pair[1]), sum(1 for pair in pairs if pair[0] < pair[1]))
    means = [sum(ranks) / len(ranks) for ranks in (ours, theirs)]
    return f"{name:<20}{len(ours):>8}{means[0]:>12.3f}{means[1]:>8.3f}{higher:>8}{lower:>8}"


if __name__ == "__main__":
    main()
