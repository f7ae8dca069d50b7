"""The exporter: one process of a node that keeps files of its stored pages, for nginx or Caddy to serve.

    pages.db ─ queue ─ what does each page look like now? ─ gone ───── its files are removed
                                                          ├ old ────── they stay for when the application is dead
                                                          └ new ────── written aside, synced; moved to their places

Files are moved, and pages taken out of the queue, while nobody else writes to the store: what is put into its place is
what the store holds at that moment. What was taken away is dealt with before all else. Whatever was half done when an
exporter died is found when the next one begins, which compares every page with its files.
"""

import fcntl
import json
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

from broadsheet.delivery.exporting.file_names import file_of, name_of, place_of
from broadsheet.delivery.exporting.page_files import SUFFIXES, PageFiles, Version, stamp_of
from broadsheet.delivery.exporting.queue import EXPORTING
from broadsheet.delivery.exporting.usual_headers import without_own
from broadsheet.delivery.page_store import Header, PageStore, State
from broadsheet.kit.fail_points import reach

FOLDER = "exported"
LOOK_SECONDS = 0.25
"""How long a change may stay unseen whose announcement was lost."""
GLANCE_SECONDS = 0.01
PAUSE_AFTER_FAILURE_SECONDS = 1.0
STANDBY_PAUSE_SECONDS = 0.05
"""How long a standby takes at most to notice that the exporter at work has ended."""
AT_ONCE = 50
"""Pages for which the store is locked once: for some milliseconds."""
COMPARED_AT_ONCE = 500
MOST_TYPES = 1_000
"""Different headers that are remembered; those of pages differ in little but their keys."""
STANDING = (
    "SELECT page.id, name, state, digest, headers, br IS NOT NULL, gzip IS NOT NULL"
    f" FROM page JOIN body ON body.page = page.id WHERE status = 200 AND state != {State.GONE:d}"
)
logger = logging.getLogger(__name__)


class AlreadyExportedError(Exception):
    """Another exporter of this node is at work."""


@dataclass(frozen=True)
class Wanted:
    """The files that a page is to have."""

    version: Version
    is_fresh: bool


@dataclass
class ExportReport:
    """What an exporter has done since it began."""

    written: int = 0
    removed: int = 0
    """Pages that were taken out: gone, forgotten, or not to be exported."""


class Exporter:
    """What the process does, step by step."""

    def __init__(self, *, store: PageStore, folder: Path, usual: frozenset[Header]) -> None:
        self._store = store
        self._files = PageFiles(folder)
        self._usual = usual
        self._types: dict[str, str | None] = {}
        self._begun_in: int | None = None
        self.report = ExportReport()

    def step(self) -> float:
        """Do the next thing; return for how many seconds there is nothing more to do."""
        if self._begun_in != (file := self._store.file):  # the first, or it was deleted or made anew meanwhile
            self._begin()
            self._begun_in = file
        rows = self._store.connection.execute(
            "SELECT seq, name, is_gone FROM to_export ORDER BY is_gone DESC, seq LIMIT ?", (AT_ONCE,)
        ).fetchall()
        if not rows:
            return LOOK_SECONDS
        is_gone = rows[0][2]  # what was taken away waits for nothing to be written
        self._export({name: seq for seq, name, gone in rows if gone == is_gone})
        return 0.0

    def drain(self) -> None:
        """Bring all files to what the store holds."""
        while not self.step():
            pass

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the store has changed."""
        seen, deadline = self._store.counter.value, time.monotonic() + seconds
        while self._store.counter.value == seen and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(GLANCE_SECONDS, left))

    def _export(self, queued: dict[str, int]) -> None:
        wanted = {name: self._wanted(name) for name in queued}
        staged = [name for name, page in wanted.items() if page is not None and self._is_staged(name, page)]
        if staged:
            self._files.sync()
        reach("delivery.export_staged")
        with self._store.writing(quietly=True) as connection:
            if self._store.file != self._begun_in:
                return  # these are numbers of another store's queue
            for name, seq in queued.items():
                if connection.execute("DELETE FROM to_export WHERE seq = ?", (seq,)).rowcount:
                    self._bring_about(name, wanted[name], is_new=name in staged)
            reach("delivery.export_placed")
        self._files.sync()
        reach("delivery.exported")

    def _is_staged(self, name: str, wanted: Wanted) -> bool:
        """Write a page's files aside if others stand there now; should it change meanwhile, so does its number."""
        if self._files.holds(wanted.version):
            return False
        page = self._store.page(name)
        if page is not None:
            self._files.stage(wanted.version, page.bodies)
        return page is not None

    def _bring_about(self, name: str, wanted: Wanted | None, *, is_new: bool) -> None:
        place = place_of(name)
        if place is None:
            return
        if wanted is None:
            self._files.remove(place)
            self.report.removed += 1
            return
        if is_new:
            self._files.place(wanted.version)
            self.report.written += 1
        if wanted.is_fresh:
            self._files.freshen(wanted.version)
        else:
            self._files.age(place)

    def _wanted(self, name: str) -> Wanted | None:
        """Return the files that a page is to have as it stands now; None if none."""
        row = self._store.connection.execute(f"{STANDING} AND name = ?", (name,)).fetchone()
        return None if row is None else self._files_for(row)

    def _files_for(self, row: Sequence[Any]) -> Wanted | None:
        _, name, state, digest, headers, has_br, has_gzip = row
        place, content_type = place_of(name), self._content_type(headers)
        file = None if place is None or content_type is None else file_of(place, content_type)
        if file is None:
            return None
        kept = {"br": has_br, "gzip": has_gzip, "identity": True}
        suffixes = frozenset(suffix for encoding, suffix in SUFFIXES.items() if kept[encoding])
        return Wanted(Version(file, stamp_of(digest), suffixes), State(state) is State.FRESH)

    def _content_type(self, headers: str) -> str | None:
        """Return the type of a page with these headers, as they are stored; None if they are not the usual ones."""
        if headers not in self._types:
            told: list[Header] = [(name, value) for name, value in json.loads(headers)]
            if len(self._types) > MOST_TYPES:
                self._types.clear()
            self._types[headers] = dict(told).get("Content-Type") if without_own(told) == self._usual else None
        return self._types[headers]

    # Beginning

    def _begin(self) -> None:
        """Have the store note from now on what changes; queue every page whose files are not as they should be."""
        with self._store.writing(quietly=True):
            self._store.set_fact(EXPORTING, 1)
        self._files.begin()
        self._queue(self._differing_files())
        reach("delivery.export_compared")
        self._queue(self._differing_pages())

    def _differing_files(self) -> Iterator[tuple[str, bool]]:
        for place in self._files.places():
            wanted = self._wanted(name_of(place))
            if wanted is None or not self._is_right(wanted):
                yield name_of(place), wanted is None

    def _differing_pages(self) -> Iterator[tuple[str, bool]]:
        last = 0
        while rows := self._store.connection.execute(
            f"{STANDING} AND id > ? ORDER BY id LIMIT ?", (last, COMPARED_AT_ONCE)
        ).fetchall():
            last = rows[-1][0]
            for row in rows:
                wanted = self._files_for(row)
                if wanted is not None and not self._is_right(wanted):
                    yield row[1], False

    def _is_right(self, wanted: Wanted) -> bool:
        return self._files.holds(wanted.version) and self._files.stands_right(wanted.version, is_fresh=wanted.is_fresh)

    def _queue(self, found: Iterator[tuple[str, bool]]) -> None:
        """Put pages into the queue, with whether they are gone, unless they are in it."""
        while rows := list(islice(found, COMPARED_AT_ONCE)):
            with self._store.writing(quietly=True) as connection:
                connection.executemany(
                    "INSERT INTO to_export (name, is_gone) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", rows
                )


def export_pages(*, store: PageStore, folder: Path, usual: frozenset[Header], is_stopped: Callable[[], bool]) -> None:
    """Keep the files as the store is until told to stop; when the disk is full or the store away, try again."""
    exporter = Exporter(store=store, folder=folder, usual=usual)
    is_troubled = False
    while not is_stopped():
        try:
            pause_seconds = exporter.step()
        except (OSError, sqlite3.Error) as error:
            store.recover(error)
            pause_seconds = PAUSE_AFTER_FAILURE_SECONDS
            if not is_troubled:
                logger.error("Exported pages cannot be kept true, and wait until they can: %s", error)
            is_troubled = True
        else:
            if is_troubled:
                logger.info("Exported pages are kept true again")
            is_troubled = False
        if pause_seconds:
            exporter.wait(pause_seconds)


@contextmanager
def sole_exporter(folder: Path) -> Iterator[None]:
    """Be the only exporter of this node for as long as the block lasts. Raises AlreadyExportedError."""
    with _lock_of(folder) as lock:
        if not _is_granted(lock):
            raise AlreadyExportedError(f"Another exporter is at work in {folder}.")
        yield


@contextmanager
def next_exporter(folder: Path, *, is_stopped: Callable[[], bool]) -> Iterator[bool]:
    """Stand by while another exporter is at work, then be the only one of this node for as long as the block lasts.

    The block is told whether it is: not when this one was stopped while it stood by.
    """
    with _lock_of(folder) as lock:
        is_ours = _is_granted(lock)
        if not is_ours:
            logger.info("Another exporter is at work in %s; this one stands by", folder)
        while not is_ours and not is_stopped():
            time.sleep(STANDBY_PAUSE_SECONDS)
            is_ours = _is_granted(lock)
        yield is_ours


def _lock_of(folder: Path) -> IO[str]:
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / "lock").open("w")


def _is_granted(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def clear_exported(*, store: PageStore, folder: Path) -> int:
    """Remove all exported pages, and have the store note no more what changes; return how many pages there were."""
    count = PageFiles(folder).clear()
    with store.writing(quietly=True) as connection:
        connection.execute("DELETE FROM fact WHERE name = ?", (EXPORTING,))
        connection.execute("DELETE FROM to_export")
    return count


def is_exporting(folder: Path) -> bool:
    """Tell whether an exporter keeps the files of this folder."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
