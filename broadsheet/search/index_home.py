"""Where the index of this node stands: DATA/search/.

    search/
      current       the name of the folder that is searched in
      3f…-1/        an index; its name says of which version of the paper and of tantivy it is
      indexer.lock  held by the one process that writes
      counter       shared memory that tells readers to look again

The newsroom's own index stands in DATA/search-newsroom/ in the same way.

A new index is built beside the one that is searched in, and becomes it by the replacement of one small file.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from broadsheet.kit.shared_counter import SharedCounter
from broadsheet.search.engine.tantivy_schema import fingerprint

STANDBY_PAUSE_SECONDS = 1.0
READERS, NEWSROOM = "search", "search-newsroom"
"""Names of the folders of the two indexes."""


class IndexedElsewhereError(Exception):
    """Another process writes the index of this node."""


class IndexHome:
    """The folder of the index."""

    def __init__(self, data: Path, *, name: str = READERS) -> None:
        self.folder = data / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.counter = SharedCounter(self.folder / "counter")

    def current(self) -> Path | None:
        """Return the index that is searched in; None when there is none of this version."""
        found = self._named()
        is_ours = found is not None and found.name.startswith(f"{fingerprint()}-") and (found / "meta.json").exists()
        return found if is_ours else None

    def _named(self) -> Path | None:
        """Return the index that is searched in, of whichever version."""
        try:
            return self.folder / (self.folder / "current").read_text()
        except FileNotFoundError:
            return None

    def begin(self) -> Path:
        """Return an empty folder for a new index."""
        numbers = [int(number) for number in self._numbers() if number.isdecimal()]
        found = self.folder / f"{fingerprint()}-{max(numbers, default=0) + 1}"
        found.mkdir()
        return found

    def promote(self, folder: Path) -> None:
        """Have everybody search in this index from now on, and remove the others."""
        written = self.folder / "current.new"
        with written.open("w") as file:
            file.write(folder.name)
            file.flush()
            os.fsync(file.fileno())
        written.replace(self.folder / "current")
        self.counter.touch()
        self.tidy()

    def tidy(self) -> None:
        """Remove the indexes that nobody searches in any more; a process that has one open keeps its files."""
        current = self._named()
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder != current:
                shutil.rmtree(folder, ignore_errors=True)

    def _numbers(self) -> Iterator[str]:
        return (folder.name.rpartition("-")[2] for folder in self.folder.iterdir() if folder.is_dir())

    @contextmanager
    def sole_indexer(self) -> Iterator[None]:
        """Be the only process that writes, for as long as the block lasts. Raises IndexedElsewhereError."""
        with (self.folder / "indexer.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IndexedElsewhereError(f"Another process writes the index in {self.folder}.") from None
            yield

    @contextmanager
    def next_indexer(self, *, is_stopped: Callable[[], bool]) -> Iterator[bool]:
        """Stand by while another process writes; the block is told whether it is this one's turn at last."""
        while not is_stopped():
            with suppress(IndexedElsewhereError), self.sole_indexer():
                yield True
                return
            time.sleep(STANDBY_PAUSE_SECONDS)
        yield False
