"""Brings the newsroom's index up to date with what was saved, and with what the change log says has changed.

What readers see is in the change log, although it may have been written in bulk; drafts and uploads are in the
newsroom's own list of changes. Both say what to look at, and the documents are made from the database as it is now.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from broadsheet.changes.models import Change
from broadsheet.changes.selectors import changes_after, newest_seq
from broadsheet.search.engine.interface import Document, Facet, Kind, key_of
from broadsheet.search.engine.tantivy_index import TantivyIndex, TantivyWriter
from broadsheet.search.newsroom.documents import AT_ONCE, newsroom_documents
from broadsheet.search.newsroom.models import NewsroomChange
from broadsheet.search.newsroom.unread import Unread, newest_number, removed_up_to

CHANGES_AT_ONCE = 500
HEAP_BYTES = 20_000_000
"""Memory for documents that are not committed yet; tantivy wants 15 MB at least."""
KINDS = {
    "a": Kind.PAGE,
    "t": Kind.TOPIC,
    "tp": Kind.TOPIC,
    "n": Kind.TOPIC,
    "au": Kind.PERSON,
    "s": Kind.SECTION,
    "se": Kind.SERIES,
    "sep": Kind.SERIES,
    "img": Kind.PHOTO,
}
"""Beginnings of surrogate keys (docs/reference/surrogate-keys.md) -> what they are about."""
NAMED_ON_PAGES = {Kind.TOPIC: Facet.TOPIC, Kind.PERSON: Facet.PERSON}
Touched = dict[Kind, set[int]]


class NewsroomFollower:
    """The newsroom's index as its one indexer has it open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writer = TantivyWriter(folder, heap_bytes=HEAP_BYTES)
        self._seq = self._writer.checkpoint()
        self._unread = Unread(self._writer.draft_checkpoint())

    def is_lost(self) -> bool:
        """Whether it cannot be followed from here: the database was put back, or what came next was removed."""
        position = self._unread.position
        return self._seq > newest_seq() or position > newest_number() or removed_up_to() > position

    def apply(self) -> bool:
        """Bring the index up to date with the next changes; tell whether there were any."""
        changes, saved = changes_after(self._seq, limit=CHANGES_AT_ONCE), self._unread.next()
        if not changes and not saved:
            return False
        self._seq = changes[-1].seq if changes else self._seq
        upserts: list[Document] = []
        deletes: list[str] = []
        for kind, pks in _touched(changes, saved).items():
            for some in _in_parts(pks):
                documents = newsroom_documents(kind, some)
                there = {document.pk for document in documents}
                upserts += documents
                deletes += [key_of(kind, pk) for pk in some if pk not in there]
        self._rewrite_pages_with(upserts)
        self._writer.apply(
            upserts=upserts, deletes=deletes, upto_seq=self._seq, upto_draft=max(0, self._unread.position)
        )
        return True

    def _rewrite_pages_with(self, documents: list[Document]) -> None:
        """Write anew the pages that name a topic or a person who has another name now.

        Before the documents of these themselves: an indexer that dies in between finds that it has not been done.
        """
        index = TantivyIndex(self.folder)
        for kind, facet in NAMED_ON_PAGES.items():
            versions = {one.pk: one.version for one in documents if one.kind is kind}
            known = dict(index.versions_of(kind, versions)) if versions else {}
            renamed = {pk for pk, version in known.items() if versions[pk] != version}
            for some in _in_parts(index.stories_with(facet, renamed) if renamed else ()):
                checkpoints = {"upto_seq": self._writer.checkpoint(), "upto_draft": self._writer.draft_checkpoint()}
                self._writer.apply(upserts=newsroom_documents(Kind.PAGE, some), deletes=(), **checkpoints)

    def close(self) -> None:
        """Let another process write."""
        self._writer.close()


def _touched(changes: Iterable[Change], saved: Iterable[NewsroomChange]) -> Touched:
    touched: Touched = {}
    for key in (key for change in changes for key in change.keys):
        beginning, _, number = key.partition(":")
        if beginning in KINDS and number.isdecimal():
            touched.setdefault(KINDS[beginning], set()).add(int(number))
    for row in saved:
        touched.setdefault(Kind(row.kind), set()).add(row.object_pk)
    return touched


def _in_parts(pks: Iterable[int]) -> Iterator[list[int]]:
    every = sorted(set(pks))
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
