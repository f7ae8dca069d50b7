"""The file of a page store: opened; made when there is none; made anew when it is damaged or of another version.

It may be deleted while processes have it open. A file that is open keeps its place on the disk, so that a look at the
path tells whether it is still the one that stands there. Only who holds `pages.lock` makes a file or takes one away,
after another look: of two that find the same fault, the second finds what the first has made. That lock does not stand
in `pages.db*`, which operators delete.
"""

import fcntl
import logging
import os
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from broadsheet.kit import sqlite_library

BUSY_TIMEOUT_MS = 20_000
SECONDS_BETWEEN_TRIES = 0.005
OTHERS_LEAVE_SECONDS = 60.0
"""So long a file of a newer version is left alone by a process that had its own: in a reload, it is the one to end."""
SUFFIXES = ("", "-wal", "-shm", "-journal")
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
Place = tuple[int, int]
logger = logging.getLogger(__name__)
_ours: set[Path] = set()
_others: dict[Path, float] = {}
"""Where this process has found a store of its version, and since when it finds one of another."""


@dataclass(frozen=True)
class OpenFile:
    """A connection, and to which file."""

    connection: sqlite3.Connection
    place: Place
    """Device and inode: no other file has them as long as this one is open."""
    number: int
    """Made up when the file was made: no other has it, though it may stand in the same place later."""


class StoreFile:
    """Where a page store stands, and what it is made of."""

    def __init__(self, path: Path, *, version: int, statements: Sequence[str]) -> None:
        self._path = path
        self._address = path.absolute().as_uri()
        self._version = version
        self._statements = statements

    def open(self) -> OpenFile:
        """Open the file, and make it first if need be. Raises sqlite3.Error, as when it is locked or the disk full."""
        opened = self._found()
        if opened is None:
            with self._alone():
                opened = self._found() or self._made()
        _ours.add(self._path)
        _others.pop(self._path, None)
        return opened

    def holds(self, opened: OpenFile) -> bool:
        """Tell whether what was opened still stands here. Costs two microseconds."""
        return _place_of(self._path) == opened.place

    def remove_damaged(self, opened: OpenFile) -> None:
        """Take the file away that was opened and is open still, unless another stands here by now."""
        with self._alone():
            if self.holds(opened):
                logger.error("%s is damaged, and is made anew", self._path)
                self._remove()

    def _found(self) -> OpenFile | None:
        """Open the file that is here; None when it is missing, damaged, of another version, or goes away meanwhile."""
        place = _place_of(self._path)
        if place is None:
            return None
        try:
            connection = self._connected("rw")
        except sqlite3.Error as error:
            if is_damage(error) or _place_of(self._path) != place:
                return None
            raise
        version = _number(connection, "user_version")
        if version == self._version and _place_of(self._path) == place:
            return OpenFile(connection, place, _number(connection, "application_id"))
        connection.close()
        if version > self._version:
            self._leave_to_others()
        return None

    def _leave_to_others(self) -> None:
        """Raise while the others, of a newer version, may be those that take over from this process."""
        since = _others.setdefault(self._path, time.monotonic())
        if self._path in _ours and time.monotonic() - since < OTHERS_LEAVE_SECONDS:
            raise sqlite3.OperationalError(f"{self._path} was made anew by another version of the program.")

    def _made(self) -> OpenFile:
        """Make the file in the place of any other."""
        if _place_of(self._path) is not None:
            logger.warning("%s is damaged or of another version, and is made anew", self._path)
        self._remove()
        with closing(self._connected("rwc")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in self._statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {1 + secrets.randbelow(2**31 - 1)}")
            connection.execute(f"PRAGMA user_version = {self._version}")
            connection.execute("COMMIT")
        opened = self._found()
        if opened is None:
            raise sqlite3.OperationalError(f"{self._path} was taken away while it was made.")
        return opened

    def _connected(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._address}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            for pragma in _pragmas():
                _set(connection, pragma)
        except BaseException:
            connection.close()
            raise
        return connection

    def _remove(self) -> None:
        for suffix in SUFFIXES:
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Be the only one on this machine that makes a file or takes one away."""
        try:
            descriptor = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise sqlite3.OperationalError(f"{self._path} cannot be made: {error}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def is_damage(error: BaseException) -> bool:
    """Tell whether an error says that a file is no database, or not a whole one."""
    return isinstance(error, sqlite3.Error) and _code(error) in DAMAGE


def _code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 for what the library did not say, but Python."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _set(connection: sqlite3.Connection, pragma: str) -> None:
    """Try again while the database is locked: who changes to WAL beside another is refused at once, without a wait."""
    deadline = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute(pragma)
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        else:
            return
        time.sleep(SECONDS_BETWEEN_TRIES)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def _place_of(path: Path) -> Place | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def _pragmas() -> Iterable[str]:
    if sqlite_library.is_safe_for_wal(sqlite3.sqlite_version_info):
        yield from ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL", "PRAGMA journal_size_limit = 67108864")
    else:
        yield from ("PRAGMA journal_mode = DELETE", "PRAGMA synchronous = NORMAL")
