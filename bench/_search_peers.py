"""The full text search of SQLite and of PostgreSQL, asked the same as the paper's engine."""

import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from bench._search_corpus import Words
from broadsheet.kit import sqlite_library
from broadsheet.search.engine.interface import Document
from tooling.servers import postgresql_server

sqlite_library.use_newest_library()
import sqlite3  # noqa: E402 - the library that the paper uses, too

AT_ONCE = 1_000


class Peer(ABC):
    """Another engine."""

    name: str
    clock: Callable[[], float]

    @abstractmethod
    def fill(self, documents: Iterable[Document]) -> None:
        """Index documents that it does not have yet."""

    @abstractmethod
    def queries(self, asked: Words) -> Mapping[str, Sequence[Callable[[], object]]]:
        """Return what is asked, class by class."""

    @abstractmethod
    def bytes(self) -> int:
        """Return how large the index is."""

    @abstractmethod
    def close(self) -> None:
        """End it."""


class Fts5(Peer):
    """SQLite's FTS5 without content of its own, with stems, ranked by bm25 with the same weights."""

    name, clock = "SQLite FTS5", staticmethod(time.thread_time)

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._file = folder / "fts.db"
        self._connection = sqlite3.connect(self._file)
        self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-262144;"
            "CREATE VIRTUAL TABLE story USING fts5(title, standfirst, body, content='', contentless_delete=1,"
            " tokenize='porter unicode61', prefix='3');"
            "CREATE TABLE fact (pk INTEGER PRIMARY KEY, section INTEGER, year INTEGER, published INTEGER);"
            "CREATE INDEX fact_newest ON fact (section, year, published DESC);"
        )

    def fill(self, documents: Iterable[Document]) -> None:
        for some in _parts(documents):
            with self._connection:
                self._connection.executemany(
                    "INSERT INTO story (rowid, title, standfirst, body) VALUES (?, ?, ?, ?)",
                    [(one.pk, one.title, one.standfirst, one.body) for one in some],
                )
                self._connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?)", [_facts(one) for one in some])

    def queries(self, asked: Words) -> Mapping[str, Sequence[Callable[[], object]]]:
        ranked = "SELECT rowid FROM story WHERE story MATCH ? ORDER BY bm25(story, 4, 2, 1) LIMIT 20"
        facets = (
            "SELECT section, count(*) FROM fact WHERE pk IN (SELECT rowid FROM story WHERE story MATCH ?) GROUP BY 1"
        )
        newest = "SELECT pk FROM fact WHERE section = ? AND year = ? ORDER BY published DESC LIMIT 20"
        return {
            "common word": [self._asking(ranked, word) for word in asked.common],
            "usual word": [self._asking(ranked, word) for word in asked.usual],
            "rare word": [self._asking(ranked, word) for word in asked.rare],
            "two words": [self._asking(ranked, f"{one} AND {other}") for one, other in asked.pairs],
            "phrase": [self._asking(ranked, f'"{name}"') for name in asked.names],
            "beginning of a word": [self._asking(ranked, f"{word}*") for word in asked.beginnings],
            "section, year, newest": [self._asking(newest, 1 + n % 12, 2007 + n % 19) for n in range(60)],
            "common word, 1 facet": [self._asking(facets, word) for word in asked.common],
        }

    def _asking(self, sql: str, *values: object) -> Callable[[], object]:
        return lambda: self._connection.execute(sql, values).fetchall()

    def bytes(self) -> int:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._file.stat().st_size

    def close(self) -> None:
        self._connection.close()


class PostgreSQL(Peer):
    """PostgreSQL's full text: a stored vector with weights, a GIN index, ranked by ts_rank."""

    name, clock = "PostgreSQL", staticmethod(time.perf_counter)

    def __init__(self, folder: Path) -> None:
        import psycopg  # noqa: PLC0415 - only where it is measured

        folder.mkdir()
        self._stack = ExitStack()
        url = os.environ.get("BROADSHEET_TEST_DATABASE_URL") or self._stack.enter_context(postgresql_server())
        server = psycopg.connect(url.rpartition("/")[0] + "/postgres", autocommit=True)
        self._connection: Any = self._stack.enter_context(server)
        self._connection.execute(
            "DROP TABLE IF EXISTS bench_story; CREATE TABLE bench_story"
            " (pk bigint PRIMARY KEY, section int, year int, published bigint, words tsvector)"
        )
        self._connection.execute("CREATE INDEX ON bench_story USING gin (words)")
        self._connection.execute("CREATE INDEX ON bench_story (section, year, published DESC)")

    def fill(self, documents: Iterable[Document]) -> None:
        vector = "setweight(to_tsvector('english', %s), 'A') || setweight(to_tsvector('english', %s), 'B')"
        sql = f"INSERT INTO bench_story VALUES (%s, %s, %s, %s, {vector} || to_tsvector('english', %s))"
        for some in _parts(documents):
            with self._connection.transaction(), self._connection.cursor() as cursor:
                cursor.executemany(sql, [(*_facts(one), one.title, one.standfirst, one.body) for one in some])
        self._connection.execute("VACUUM ANALYZE bench_story")

    def queries(self, asked: Words) -> Mapping[str, Sequence[Callable[[], object]]]:
        matching = "FROM bench_story, {} AS q WHERE words @@ q"
        ranked = f"SELECT pk {matching} ORDER BY ts_rank(words, q) DESC LIMIT 20"
        plain, phrase, raw = (
            ranked.format(f"{name}('english', %s)") for name in ("plainto_tsquery", "phraseto_tsquery", "to_tsquery")
        )
        facets = f"SELECT section, count(*) {matching} GROUP BY 1".format("plainto_tsquery('english', %s)")
        newest = "SELECT pk FROM bench_story WHERE section = %s AND year = %s ORDER BY published DESC LIMIT 20"
        return {
            "common word": [self._asking(plain, word) for word in asked.common],
            "usual word": [self._asking(plain, word) for word in asked.usual],
            "rare word": [self._asking(plain, word) for word in asked.rare],
            "two words": [self._asking(plain, f"{one} {other}") for one, other in asked.pairs],
            "phrase": [self._asking(phrase, name) for name in asked.names],
            "beginning of a word": [self._asking(raw, f"{word}:*") for word in asked.beginnings],
            "section, year, newest": [self._asking(newest, 1 + n % 12, 2007 + n % 19) for n in range(60)],
            "common word, 1 facet": [self._asking(facets, word) for word in asked.common],
        }

    def _asking(self, sql: str, *values: object) -> Callable[[], object]:
        return lambda: self._connection.execute(sql, values).fetchall()

    def bytes(self) -> int:
        (size,) = self._connection.execute("SELECT pg_total_relation_size('bench_story')").fetchone()
        return int(size)

    def close(self) -> None:
        self._stack.close()


def _parts(documents: Iterable[Document]) -> Iterable[list[Document]]:
    steps = iter(documents)
    while some := list(islice(steps, AT_ONCE)):
        yield some


def _facts(document: Document) -> tuple[int, int | None, int, int]:
    moment = document.published_at
    assert moment is not None
    return document.pk, document.section, moment.year, int(moment.timestamp())
