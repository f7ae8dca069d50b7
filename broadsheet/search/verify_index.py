"""Compares the index with the database."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from broadsheet.search.documents import all_documents
from broadsheet.search.engine.interface import Document, Kind, SearchIndex, key_of

BUCKETS = 1024
"""Into so many parts the documents are divided by their numbers; where the sum of a part is right, all of it is."""


@dataclass
class IndexReport:
    """What `search verify` found; keys such as `story:12`."""

    compared: int = 0
    missing: list[str] = field(default_factory=list)
    """Published, and not in the index."""
    left_over: list[str] = field(default_factory=list)
    """In the index, and not published."""
    different: list[str] = field(default_factory=list)
    """In the index, and not as it is published."""
    doubled: list[str] = field(default_factory=list)
    """More than once in the index."""

    @property
    def is_clean(self) -> bool:
        """Whether the index is as it should be."""
        return not (self.missing or self.left_over or self.different or self.doubled)


def verify_index(
    *,
    index: SearchIndex,
    on_document: Callable[[], None] = lambda: None,
    all_documents: Callable[[], Iterator[Document]] = all_documents,
) -> IndexReport:
    """Compare every document of the index with the present state of the database: with all that it is to hold.

    Only buckets whose sums of versions differ are looked at one by one. The index must not change meanwhile, or what
    was published in between is found to differ.
    """
    report = IndexReport()
    expected: dict[Kind, dict[int, int]] = {kind: {} for kind in Kind}
    for document in _counted(all_documents(), on_document):
        expected[document.kind][document.pk] = document.version
        report.compared += 1
    for kind in Kind:
        found = list(index.versions(kind))
        differing = _differing(expected[kind].items(), found)
        _compare(
            report,
            kind,
            {pk: version for pk, version in expected[kind].items() if pk % BUCKETS in differing},
            [(pk, version) for pk, version in found if pk % BUCKETS in differing],
        )
    return report


def _counted(documents: Iterator[Document], on_document: Callable[[], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        on_document()


def _differing(expected: Iterable[tuple[int, int]], found: list[tuple[int, int]]) -> set[int]:
    sums = [_sums(expected), _sums(found)]
    return {bucket for bucket in range(BUCKETS) if sums[0][bucket] != sums[1][bucket]}


def _sums(versions: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for each bucket how many documents it holds, and their versions added up."""
    sums = [(0, 0)] * BUCKETS
    for pk, version in versions:
        count, total = sums[pk % BUCKETS]
        sums[pk % BUCKETS] = count + 1, (total + version * (2 * pk + 1)) % 2**64
    return sums


def _compare(report: IndexReport, kind: Kind, expected: dict[int, int], found: list[tuple[int, int]]) -> None:
    there: dict[int, int] = {}
    for pk, version in found:
        if pk in there:
            report.doubled.append(key_of(kind, pk))
        there[pk] = version
    report.missing += [key_of(kind, pk) for pk in expected if pk not in there]
    report.left_over += [key_of(kind, pk) for pk in there if pk not in expected]
    report.different += [key_of(kind, pk) for pk, version in expected.items() if there.get(pk, version) != version]
