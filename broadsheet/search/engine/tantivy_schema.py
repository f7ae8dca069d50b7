"""The fields of the index, and how a document is written into them.

For every way of taking texts apart there are fields of their own, `body_english` and `body_arabic`, so that each word
has one meaning in each. `words` holds the words of all as they are written, for beginnings of words and for typos.
"""

import datetime as dt
import hashlib
from importlib.metadata import version as version_of

from tantivy import Document as Written
from tantivy import Index, Schema, SchemaBuilder

from broadsheet.search.engine.analysis import CJK, PLAIN, STEMMERS, analysis_of, analyzers, in_pieces, normalised
from broadsheet.search.engine.interface import Document, Kind

ANALYSES = (PLAIN, CJK, *sorted(set(STEMMERS.values())))
TEXTS = {"title": 3.0, "standfirst": 1.5, "body": 1.0, "photos": 0.7}
"""Parts of a document that are taken apart by its language, and what a word in each counts.

These weights and `WEIGHT_OF_NEARNESS` are judged by `bench/ranking.py`.
"""
NAMES_WEIGHT = 2.0
CHECKPOINT = "_checkpoint"
FIRST_YEAR, YEARS_BEFORE_IT = 2000, 20
"""Relevance grows with these years and those since: a story of today counts 1.3 times one of ten years ago."""
SECONDS_OF_YEAR = 365.25 * 86_400
REVISION = 2
"""Raised when documents are written in another way into the same fields."""


def schema() -> Schema:
    """Return the fields."""
    builder = SchemaBuilder()
    for name in ANALYSES:
        for text in TEXTS:
            builder.add_text_field(f"{text}_{name}", tokenizer_name=PLAIN if name == CJK else name)
    builder.add_text_field("names", tokenizer_name=PLAIN)
    builder.add_text_field("words", tokenizer_name=PLAIN, index_option="freq")
    for name in ("key", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("language", "section", "topic", "person", "year", "work_type"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("pk", "version"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_float_field("recency", fast=True)
    builder.add_bytes_field("text", stored=True)
    return builder.build()


def fingerprint() -> str:
    """Return what differs when an index of another version of the paper or the library cannot be used any more."""
    fields = (ANALYSES, tuple(TEXTS), REVISION, version_of("tantivy"))
    return hashlib.sha256(repr(fields).encode()).hexdigest()[:16]


def opened(path: str) -> Index:
    """Return the index in a folder, made there if there is none."""
    index = Index(schema(), path=path)
    for name, analyzer in analyzers().items():
        index.register_tokenizer(name, analyzer)
    return index


def written(document: Document) -> Written:
    """Return a document as it stands in the index."""
    name = analysis_of(document.language).name
    to = Written()
    texts = {
        "title": document.title,
        "standfirst": document.standfirst,
        "body": document.body,
        "photos": document.photo_words,
    }
    for field, text in texts.items():
        _add_text(to, f"{field}_{name}", text, is_cjk=name == CJK)
    for one in document.names:
        to.add_text("names", normalised(one))
    if name != CJK:
        to.add_text("words", normalised(" ".join([*texts.values(), *document.names])))
    _add_facts(to, document)
    if document.kind is Kind.STORY:
        to.add_bytes("text", "\n".join(filter(None, (document.standfirst, document.body))).encode())
    return to


def checkpoint_document(seq: int, mark: int, draft: int) -> Written:
    """Return the document that says how far the log is followed; it is committed with what the log says."""
    to = Written()
    to.add_text("key", CHECKPOINT)
    to.add_text("kind", CHECKPOINT)
    to.add_unsigned("pk", seq)
    to.add_unsigned("version", mark)
    to.add_integer("published", draft)
    return to


def recency_of(moment: dt.datetime) -> float:
    """Return the weight of a moment of publication. Tantivy multiplies scores by log2(2 + weight)."""
    years = (moment - dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)).total_seconds() / SECONDS_OF_YEAR
    return float(2 ** min(120.0, YEARS_BEFORE_IT + max(0.0, years)))


def _add_text(to: Written, field: str, text: str, *, is_cjk: bool) -> None:
    if text and is_cjk:
        to.add_pre_tokenized_text(field, in_pieces(text))
    elif text:
        to.add_text(field, normalised(text))


def _add_facts(to: Written, document: Document) -> None:
    to.add_text("key", document.key)
    to.add_text("kind", document.kind)
    to.add_text("language", document.language)
    to.add_unsigned("pk", document.pk)
    to.add_unsigned("version", document.version)
    several = {"section": [document.section] if document.section else [], "topic": document.topics}
    for field, pks in (several | {"person": document.people}).items():
        for pk in dict.fromkeys(pks):
            to.add_text(field, str(pk))
    if document.work_type:
        to.add_text("work_type", document.work_type)
    if document.published_at is not None:
        to.add_text("year", str(document.published_at.year))
        to.add_integer("published", int(document.published_at.timestamp()))
        to.add_float("recency", recency_of(document.published_at))
