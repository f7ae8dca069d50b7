"""Brings the index up to date with what the change log says has changed."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from broadsheet.changes.models import Change
from broadsheet.changes.selectors import changes_after
from broadsheet.kit.fail_points import reach
from broadsheet.search.documents import name_documents, name_version, story_documents
from broadsheet.search.engine.interface import Document, Facet, Kind, key_of
from broadsheet.search.engine.tantivy_index import TantivyIndex, TantivyWriter

CHANGES_AT_ONCE = 500
STORIES_AT_ONCE = 200
PAGE, TOPIC, TOPIC_PAGE, TOPIC_NAMES, PERSON, SECTION = "a", "t", "tp", "n", "au", "s"
"""Beginnings of the surrogate keys of what has a document (docs/reference/surrogate-keys.md)."""
KINDS = {TOPIC: Kind.TOPIC, TOPIC_PAGE: Kind.TOPIC, TOPIC_NAMES: Kind.TOPIC, PERSON: Kind.PERSON, SECTION: Kind.SECTION}
FACETS = {Kind.TOPIC: Facet.TOPIC, Kind.PERSON: Facet.PERSON, Kind.SECTION: Facet.SECTION}


@dataclass
class Touched:
    """What some changes are about."""

    pages: set[int] = field(default_factory=set)
    names: dict[Kind, set[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.pages or self.names)


def touched_by(changes: Iterable[Change]) -> Touched:
    """Return what changes are about that the index holds."""
    touched = Touched()
    for change in changes:
        for key in change.keys:
            beginning, _, number = key.partition(":")
            if not number.isdecimal():
                continue
            if beginning == PAGE:
                touched.pages.add(int(number))
            elif beginning in KINDS:
                touched.names.setdefault(KINDS[beginning], set()).add(int(number))
    return touched


class AnotherLogError(Exception):
    """The change log is not the one that the index has followed: the database was put back to an earlier day."""


def apply_changes(*, writer: TantivyWriter, folder: Path) -> int:
    """Bring the index up to date with the next changes of the log; return how many there were.

    What was changed and how far the log is followed are committed together: a process that dies begins again where
    its index stands. Raises AnotherLogError.
    """
    checkpoint = writer.checkpoint()
    changes = changes_after(checkpoint, limit=CHANGES_AT_ONCE)
    if not changes:
        return 0
    if mark_of(checkpoint) != writer.mark():
        raise AnotherLogError
    touched = touched_by(changes)
    reach("search.log_read")
    upserts: list[Document] = []
    deletes: list[str] = []
    if touched.names:
        _apply_names(touched, writer, folder, upserts, deletes)
    pages = sorted(touched.pages)
    for some in _in_parts(pages):
        documents = story_documents(some)
        upserts += documents
        deletes += _missing(Kind.STORY, some, documents)
    reach("search.documents_made")
    writer.apply(upserts=upserts, deletes=deletes, upto_seq=changes[-1].seq, mark=_mark(changes[-1]))
    reach("search.committed")
    return len(changes)


def _apply_names(
    touched: Touched, writer: TantivyWriter, folder: Path, upserts: list[Document], deletes: list[str]
) -> None:
    """Deal with topics, people and sections; whose name is another now, all their stories are written anew.

    Their own documents are changed last, with the checkpoint: a process that dies before finds them as they were, and
    writes the stories once more.
    """
    index = TantivyIndex(folder)
    checkpoint, mark = writer.checkpoint(), writer.mark()
    for kind, pks in touched.names.items():
        documents = list(name_documents(kind, pks))
        gone = _missing(kind, pks, documents)
        known = {pk: name_version(version) for pk, version in index.versions_of(kind, pks)}
        renamed = {one.pk for one in documents if known.get(one.pk) not in {None, name_version(one.version)}}
        renamed |= {int(key.partition(":")[2]) for key in gone} & known.keys()
        for some in _in_parts(list(index.stories_with(FACETS[kind], renamed))):
            found = story_documents(some)
            writer.apply(upserts=found, deletes=_missing(Kind.STORY, some, found), upto_seq=checkpoint, mark=mark)
        upserts += documents
        deletes += gone


def mark_of(seq: int) -> int:
    """Return what tells the change of this number from another that has got the same number; 0 if there is none."""
    change = Change.objects.filter(seq=seq).first()
    return 0 if change is None else _mark(change)


def _mark(change: Change) -> int:
    told = f"{change.seq} {change.at.timestamp()} {change.keys}"
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=8).digest(), "big") >> 1


def _missing(kind: Kind, pks: Iterable[int], documents: Iterable[Document]) -> list[str]:
    there = {document.pk for document in documents}
    return [key_of(kind, pk) for pk in pks if pk not in there]


def _in_parts(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), STORIES_AT_ONCE):
        yield pks[start : start + STORIES_AT_ONCE]
