"""The page store of one node: a file of its own (`pages.db`), which may be deleted at any time.

Bodies, what each page depends on, and how far the change log has been followed stand in one database, so that they
change in one transaction. Every connection writes with BEGIN IMMEDIATE: what is stored and what is invalidated come one
after the other, which the protocol (docs/explanation/delivery.md) rests on.
"""

import enum
import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadsheet.delivery.encodings import Bodies
from broadsheet.delivery.exporting.queue import QUEUE
from broadsheet.delivery.store_file import OpenFile, StoreFile, is_damage
from broadsheet.kit.shared_counter import SharedCounter

SCHEMA_VERSION = 4
SCHEMA = """
CREATE TABLE page (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, as_of INTEGER NOT NULL,
    epoch INTEGER NOT NULL DEFAULT 0,
    stale_since REAL, touched_at REAL, is_itself INTEGER NOT NULL DEFAULT 0,
    renew_at REAL, rendered_at REAL NOT NULL, read_at REAL NOT NULL DEFAULT 0,
    status INTEGER NOT NULL, headers TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL
);
CREATE INDEX page_due ON page (read_at) WHERE state != 0 AND status < 300;
CREATE INDEX page_renewed ON page (renew_at) WHERE renew_at IS NOT NULL AND state = 0;
CREATE INDEX page_epoch ON page (epoch) WHERE state = 0;
CREATE INDEX page_oldest ON page (read_at, id);
CREATE TABLE body (page INTEGER PRIMARY KEY, identity BLOB NOT NULL, br BLOB, gzip BLOB);
CREATE TABLE dep (key TEXT NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (key, page)) WITHOUT ROWID;
CREATE INDEX dep_page ON dep (page);
CREATE TABLE fact (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE traffic (
    minute INTEGER PRIMARY KEY, hits INTEGER NOT NULL, stale INTEGER NOT NULL, misses INTEGER NOT NULL
);
"""
CLOCK_SLACK_SECONDS = 2.0
"""What was noted later than this from now was noted before the clock was put back."""
Header = tuple[str, str]


class State(enum.IntEnum):
    """What may be done with a stored page."""

    FRESH = 0
    STALE = 1
    """Something it shows has changed: it may be served for some seconds, until it is rendered anew."""
    GONE = 2
    """Something was taken away: it is never served again, and has no body."""


@dataclass(frozen=True)
class Standing:
    """How a page stands, without what it holds."""

    id: int
    state: State
    as_of: int
    stale_since: float | None
    renew_at: float | None
    digest: str
    status: int


@dataclass(frozen=True)
class StoredPage:
    """A page with all that is served."""

    standing: Standing
    headers: tuple[Header, ...]
    bodies: Bodies


STANDING = "id, state, as_of, stale_since, renew_at, digest, status"


class PageStore:
    """Connections to the store, one for each thread. Made anew when its file is missing, damaged or of another kind.

    When the file is deleted or replaced, each thread goes over to the one that is there now, between two transactions.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pages.db"
        self.flights = folder / "pages.flights"
        self.counter = SharedCounter(folder / "pages.counter")
        """Touched whenever a page has changed, so that processes look at what they hold of it."""
        self._file = StoreFile(self.path, version=SCHEMA_VERSION, statements=(*SCHEMA.split(";"), *QUEUE))
        self._local = threading.local()

    # Reading

    def standing(self, name: str) -> Standing | None:
        """Return how the page of this name stands."""
        rows = self._rows(f"SELECT {STANDING} FROM page WHERE name = ?", (name,))
        return _standing(rows[0]) if rows else None

    def page(self, name: str) -> StoredPage | None:
        """Return the page of this name, unless there is none or it is gone."""
        rows = self._rows(
            f"SELECT {STANDING}, headers, body.identity, body.br, body.gzip"
            " FROM page JOIN body ON body.page = page.id WHERE name = ?",
            (name,),
        )
        if not rows:
            return None
        row = rows[0]
        headers = tuple((header, value) for header, value in json.loads(row[7]))
        return StoredPage(_standing(row[:7]), headers, Bodies(row[8], row[9], row[10]))

    def keys_of(self, page: int) -> set[str]:
        """Return the surrogate keys on which a page depends."""
        return {key for (key,) in self._rows("SELECT key FROM dep WHERE page = ?", (page,))}

    def names(self, where: str = "1", parameters: Sequence[object] = ()) -> list[str]:
        """Return the names of the pages that meet a condition of ours, in the order of their making."""
        return [name for (name,) in self._rows(f"SELECT name FROM page WHERE {where}", parameters)]

    def fact(self, name: str, default: int = 0) -> int:
        """Return a number that the store keeps about itself."""
        rows = self._rows("SELECT value FROM fact WHERE name = ?", (name,))
        return int(rows[0][0]) if rows else default

    def _rows(self, query: str, parameters: Sequence[object]) -> list[Any]:
        connection = self.connection
        try:
            return connection.execute(query, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if not connection.in_transaction:  # else who began that has to end it first
                self.recover(error)
            raise

    # Writing

    @contextmanager
    def writing(self, *, quietly: bool = False) -> Iterator[sqlite3.Connection]:
        """Run the block in a transaction that is alone in writing, and let the other processes know of it.

        `quietly` when nothing changes that they hold.
        """
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:  # SQLite has ended it by itself when the disk is full
                connection.execute("ROLLBACK")
            if is_damage(error):
                self.recover(error)
            raise
        if not quietly:
            self.counter.touch()

    def set_fact(self, name: str, value: int) -> None:
        """Keep a number; within `writing()`."""
        self.connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def add_to_fact(self, name: str, number: int) -> None:
        """Count; within `writing()`."""
        self.connection.execute(
            "INSERT INTO fact VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = value + ?2", (name, number)
        )

    def mark_stale(self, where: str, parameters: Sequence[object] = (), *, since: float | None = None) -> int:
        """Mark the fresh pages that meet a condition; return how many. Within `writing()`."""
        moment = time.time() if since is None else since
        columns = f"state = {State.STALE:d}, stale_since = ?1, touched_at = ?1, is_itself = 0"
        query = f"UPDATE page SET {columns} WHERE state = {State.FRESH:d} AND ({where})"
        return self.connection.execute(query, (moment, *parameters)).rowcount

    def forget(self, where: str, parameters: Sequence[object] = ()) -> int:
        """Delete the pages that meet a condition; return how many. Within `writing()`."""
        chosen = f"SELECT id FROM page WHERE {where}"
        for table in ("body", "dep"):
            self.connection.execute(f"DELETE FROM {table} WHERE page IN ({chosen})", parameters)
        return self.connection.execute(f"DELETE FROM page WHERE id IN ({chosen})", parameters).rowcount

    # Connections

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        return self._opened().connection

    @property
    def file(self) -> int:
        """Which file this thread's connection is to: each that was ever made has a number of its own.

        Whoever keeps the store true begins anew when it is another.
        """
        return self._opened().number

    def close(self) -> None:
        """Close this thread's connection, before the process is split or its file taken away."""
        known: OpenFile | None = getattr(self._local, "opened", None)
        if known is not None:
            self._local.opened = None
            known.connection.close()

    def recover(self, error: BaseException) -> None:
        """Close this thread's connection after an error; should the file be damaged, the next one finds another."""
        known: OpenFile | None = getattr(self._local, "opened", None)
        try:
            if known is not None and is_damage(error):
                self._file.remove_damaged(known)
        finally:
            self.close()

    def _opened(self) -> OpenFile:
        """Return this thread's file; if it is no longer the one that stands there, that one."""
        known: OpenFile | None = getattr(self._local, "opened", None)
        if known is None or not (known.connection.in_transaction or self._file.holds(known)):
            self.close()
            known = self._local.opened = self._file.open()
        return known


def _standing(row: Sequence[object]) -> Standing:
    return Standing(int(row[0]), State(row[1]), int(row[2]), row[3], row[4], str(row[5]), int(row[6]))  # type: ignore[arg-type, call-overload]
