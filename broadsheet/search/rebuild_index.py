"""Builds the whole index anew beside the one that is searched in, and puts it in its place."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.changes.selectors import newest_seq
from broadsheet.kit.fail_points import reach
from broadsheet.search.documents import all_documents
from broadsheet.search.engine.interface import Document
from broadsheet.search.engine.tantivy_index import TantivyWriter
from broadsheet.search.follow_changes import apply_changes, mark_of
from broadsheet.search.index_home import IndexHome

HEAP_BYTES = 256_000_000
THREADS = 2


class RebuiltElsewhereError(Exception):
    """Another process builds the index anew."""


def rebuild_index(*, home: IndexHome, on_document: Callable[[], None] = lambda: None) -> int:
    """Build the index anew and have everybody search in it; return how many documents it holds.

    Until it is done everybody searches in the one there is. What changes meanwhile is dealt with before the change of
    places, and whatever comes later by the indexer. Raises RebuiltElsewhereError.
    """
    with sole_builder(home):
        seq = newest_seq()  # before anything is read: what is logged later may not be in it
        home.tidy()  # of a builder that was killed nothing is left over
        folder = home.begin()
        try:
            count = _fill(folder, seq, on_document)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        reach("search.filled")
        home.promote(folder)
    return count


def _fill(folder: Path, seq: int, on_document: Callable[[], None]) -> int:
    count = 0

    def counted() -> Iterator[Document]:
        nonlocal count
        for document in all_documents():
            yield document
            count += 1
            on_document()

    writer = TantivyWriter(folder, heap_bytes=HEAP_BYTES, threads=THREADS)
    try:
        writer.add(counted())
        writer.apply(upserts=(), deletes=(), upto_seq=seq, mark=mark_of(seq))
        while apply_changes(writer=writer, folder=folder):
            pass
    finally:
        writer.close()
    return count


@contextmanager
def sole_builder(home: IndexHome) -> Iterator[None]:
    """Be the only process that builds it, for as long as the block lasts. Raises RebuiltElsewhereError."""
    with (home.folder / "rebuild.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RebuiltElsewhereError(f"Another process is building the index in {home.folder} anew.") from None
        yield
