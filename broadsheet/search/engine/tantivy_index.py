"""The index as tantivy keeps it: one process writes, any number read."""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tantivy import DocAddress, Occur, Order, Searcher
from tantivy import Query as TantivyQuery

from broadsheet.search.engine import spelling
from broadsheet.search.engine.analysis import Analysis, analyses_of, analysis_of
from broadsheet.search.engine.interface import (
    DATED,
    Document,
    Facet,
    Found,
    Hit,
    Kind,
    Query,
    Ranked,
    Sort,
    Stats,
    key_of,
)
from broadsheet.search.engine.tantivy_query import QueryBuilder
from broadsheet.search.engine.tantivy_schema import CHECKPOINT, checkpoint_document, opened, schema, written

HEAP_BYTES = 64_000_000
"""Memory for documents that are not committed yet."""
FIELDS = {
    Facet.SECTION: "section",
    Facet.TOPIC: "topic",
    Facet.PERSON: "person",
    Facet.YEAR: "year",
    Facet.WORK_TYPE: "work_type",
}
AT_ONCE = 10_000
MOST_MLT_TERMS = 15
MOST_BYTES_SHOWN = 40_000
"""Of a story's text, for the passage: words further down are found, and not shown."""


class TantivyIndex:
    """An index to search in. `reload()` shows what was committed since."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = schema()
        self._index = opened(str(folder))
        self._index.config_reader("manual")
        self._lock = threading.Lock()
        self.commit = ""
        """Differs after every commit that is shown."""
        self.reload()

    def reload(self) -> None:
        """Search from now on in what was last committed."""
        with self._lock:
            commit = self._last_commit()  # before: one that comes in between is seen the next time, at the latest
            self._index.reload()
            self._searcher = self._index.searcher()
            if commit != self.commit:
                self.commit, self._analyses = commit, self._present_analyses(self._searcher)

    def _last_commit(self) -> str:
        """Return what tells the last commit from those before it."""
        meta = (self._folder / "meta.json").stat()
        return f"{meta.st_ino}:{meta.st_mtime_ns}"

    @property
    def analyses(self) -> list[Analysis]:
        """In which ways the texts of the index are taken apart."""
        return self._analyses

    def _present_analyses(self, searcher: Searcher) -> list[Analysis]:
        everything = TantivyQuery.all_query()
        told = searcher.aggregate(everything, {"languages": {"terms": {"field": "language", "size": 100}}})
        return analyses_of([bucket["key"] for bucket in told["languages"]["buckets"]])

    def search(self, query: Query) -> Found:
        """Return what a query finds."""
        searcher = self._searcher
        built = QueryBuilder(self._schema, self._analyses).built(query, searcher)
        found = searcher.search(built, query.limit, offset=query.offset, **_order(query))
        addresses = [address for _, address in found.hits]
        return Found(
            hits=list(_hits(searcher, found.hits, addresses)) if addresses else [],
            total=found.count,  # type: ignore[attr-defined] # its stub leaves it out
            facets=_facets(searcher, built, query) if query.facets else {},
        )

    def ranked(self, query: Query) -> Ranked:
        """Return the numbers of what a query finds, without texts: there may be many."""
        searcher = self._searcher
        built = QueryBuilder(self._schema, self._analyses).built(query, searcher)
        found = searcher.search(built, query.limit, **_order(query))
        addresses = [address for _, address in found.hits]
        pks = searcher.fast_field_values("pk", addresses) if addresses else []
        numbers = [(int(pk or 0), float(score)) for pk, (score, _) in zip(pks, found.hits, strict=True)]
        return Ranked(numbers, found.count)  # type: ignore[attr-defined] # its stub leaves it out

    def corrected(self, word: str) -> str | None:
        """Return the word of the paper that was probably meant by one it does not use."""
        return spelling.corrected(word, frequency=lambda term: self._searcher.doc_freq("words", term))

    def similar(self, document: Document, *, limit: int) -> list[tuple[int, float]]:
        """Return the stories that read most like this one, and how much: what share of how much it is like itself."""
        name = analysis_of(document.language).name
        alike = TantivyQuery.more_like_this_document_fields_query(
            self._schema,
            {f"title_{name}": [document.title], f"body_{name}": [document.body]},
            min_doc_frequency=2,
            max_doc_frequency=max(10, self._searcher.num_docs // 20),
            min_term_frequency=1,
            max_query_terms=MOST_MLT_TERMS,
        )
        is_story = TantivyQuery.term_query(self._schema, "kind", str(Kind.STORY), "basic")
        parts = [(Occur.Must, alike), (Occur.Must, TantivyQuery.const_score_query(is_story, 0.0))]
        found = self._searcher.search(TantivyQuery.boolean_query(parts), limit + 1, count=False)
        pks = self._searcher.fast_field_values("pk", [address for _, address in found.hits]) if found.hits else []
        scores = {int(pk or 0): float(score) for pk, (score, _) in zip(pks, found.hits, strict=True)}
        own = scores.pop(document.pk, None) or max(scores.values(), default=1.0)
        return [(pk, score / own) for pk, score in scores.items()][:limit]

    def versions_of(self, kind: Kind, pks: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Return number and version of those documents of a kind that are there."""
        keys = [key_of(kind, pk) for pk in pks]
        return self._versions(TantivyQuery.term_set_query(self._schema, "key", keys))

    def stories_with(self, facet: Facet, pks: Iterable[int]) -> Iterator[int]:
        """Return the numbers of the stories that stand under one of these topics, sections or people."""
        under = TantivyQuery.term_set_query(self._schema, FIELDS[facet], [str(pk) for pk in pks])
        return (pk for pk, _ in self._versions(under))

    def versions(self, kind: Kind) -> Iterator[tuple[int, int]]:
        """Return number and version of every document of a kind."""
        return self._versions(TantivyQuery.term_query(self._schema, "kind", str(kind), "basic"))

    def _versions(self, query: TantivyQuery) -> Iterator[tuple[int, int]]:
        searcher = self._searcher
        offset = 0
        while hits := searcher.search(query, AT_ONCE, offset=offset, count=False).hits:
            addresses = [address for _, address in hits]
            pks, versions = (searcher.fast_field_values(name, addresses) for name in ("pk", "version"))
            yield from ((int(pk or 0), int(version or 0)) for pk, version in zip(pks, versions, strict=True))
            offset += AT_ONCE

    def checkpoint(self) -> int:
        """Return the number of the change log up to which the index is true; -1 for one that was never filled."""
        return _checkpoint(self._searcher, self._schema)

    def draft_checkpoint(self) -> int:
        """Return the number of the newsroom's own changes up to which the index is true."""
        return _checkpoint(self._searcher, self._schema, column="published")

    def stats(self) -> Stats:
        """Return figures."""
        size = sum(file.stat().st_size for file in self._folder.iterdir() if file.is_file())
        searcher = self._searcher
        return Stats(searcher.num_docs, searcher.num_segments, size, _checkpoint(searcher, self._schema))


class TantivyWriter:
    """The one process that changes an index.

    Raises:
        ValueError: another process does so.
    """

    def __init__(self, folder: Path, *, heap_bytes: int = HEAP_BYTES, threads: int = 1) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = schema()
        self._index = opened(str(folder))
        self._index.config_reader("manual")
        self._writer = self._index.writer(heap_bytes, threads)
        # What a killed process had begun to write stands in the way of files of the same names.
        self._writer.garbage_collect_files()

    def apply(
        self,
        *,
        upserts: Iterable[Document],
        deletes: Iterable[str],
        upto_seq: int,
        mark: int = 0,
        upto_draft: int = 0,
    ) -> None:
        """Put these documents in the place of those with the same keys, and take others away, all at once."""
        try:
            for document in upserts:
                self._writer.delete_documents_by_term("key", document.key)
                self._writer.add_document(written(document))
            for key in deletes:
                self._writer.delete_documents_by_term("key", key)
            self._writer.delete_documents_by_term("key", CHECKPOINT)
            self._writer.add_document(checkpoint_document(upto_seq, mark, upto_draft))
            self._writer.commit()
        except BaseException:
            with contextlib.suppress(ValueError):
                self._writer.rollback()
            raise

    def add(self, documents: Iterable[Document]) -> None:
        """Write documents into an index that holds none of them yet; they are committed with the next `apply`."""
        for document in documents:
            self._writer.add_document(written(document))

    def checkpoint(self) -> int:
        """Return the number that the last `apply` was told."""
        self._index.reload()
        return _checkpoint(self._index.searcher(), self._schema)

    def mark(self) -> int:
        """Return the mark that the last `apply` was told."""
        self._index.reload()
        return max(0, _checkpoint(self._index.searcher(), self._schema, column="version"))

    def draft_checkpoint(self) -> int:
        """Return the second number that the last `apply` was told."""
        self._index.reload()
        return _checkpoint(self._index.searcher(), self._schema, column="published")

    def close(self) -> None:
        """Let another process write, when segments that are being merged have been."""
        self._writer.wait_merging_threads()


def _order(query: Query) -> dict[str, Any]:
    has_words = bool(query.wanted)
    if query.sort is Sort.RELEVANCE and has_words:
        return {"weight_by_field": "recency"} if query.kind in DATED else {}
    if query.kind not in DATED:
        return {}
    return {"order_by_field": "published", "order": Order.Asc if query.sort is Sort.OLDEST else Order.Desc}


def _hits(searcher: Searcher, hits: list[tuple[Any, DocAddress]], addresses: list[DocAddress]) -> Iterator[Hit]:
    for pk, (score, address) in zip(searcher.fast_field_values("pk", addresses), hits, strict=True):
        text = bytes(searcher.doc(address).get_first("text") or b"")[:MOST_BYTES_SHOWN]
        yield Hit(pk=int(pk or 0), score=float(score), text=text.decode(errors="ignore"))


def _facets(searcher: Searcher, built: TantivyQuery, query: Query) -> dict[Facet, list[tuple[str, int]]]:
    asked = {facet: {"terms": {"field": FIELDS[facet], "size": query.facet_length}} for facet in query.facets}
    told = searcher.aggregate(built, asked)
    return {
        facet: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in told[facet]["buckets"]]
        for facet in query.facets
    }


def _checkpoint(searcher: Searcher, fields: Any, *, column: str = "pk") -> int:
    found = searcher.search(TantivyQuery.term_query(fields, "kind", CHECKPOINT, "basic"), 1, count=False).hits
    if not found:
        return -1
    (value,) = searcher.fast_field_values(column, [found[0][1]])
    return int(value or 0)
