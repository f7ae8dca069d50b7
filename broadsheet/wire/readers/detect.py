"""Tells formats apart by what is in the document, whatever it is called, and has it read."""

import json
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from broadsheet.wire.read_item import ReadDocument, WireRefused
from broadsheet.wire.readers.feed import read_feed
from broadsheet.wire.readers.json_feed import is_json_feed, read_json_feed
from broadsheet.wire.readers.limits import within_limits
from broadsheet.wire.readers.newsml_g2 import is_newsml, read_newsml
from broadsheet.wire.readers.ninjs import is_ninjs, read_ninjs
from broadsheet.wire.readers.table import read_table

MOST_BYTES = 10 * 1024 * 1024
"""Of one document. The largest packages of NewsML-G2 with text inside have some hundred kilobytes."""
_FEED = re.compile(rb"<\s*(?:[\w.-]+:)?(?:rss|feed|RDF|channel)[\s>/:]", re.IGNORECASE)
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"\x00<", b"\x00\x00\x00<", b"<\x00")
_BOM = b"\xef\xbb\xbf"


def read_document(
    data: bytes, *, name: str = "", base: str = "", headers: Mapping[str, str] | None = None
) -> ReadDocument:
    """Read a document of any format we know.

    `name` is a file's name, by which tables are known; `base` is the address against which links are resolved;
    `headers` are those it came with, by which some feeds say their encoding. Raises WireRefused.
    """
    if not data.strip():
        raise WireRefused(_("It is empty."))
    if len(data) > MOST_BYTES:
        raise WireRefused(_("It is larger than the %(n)d MB that we read.") % {"n": MOST_BYTES // 1024 // 1024})
    start = data.removeprefix(_BOM).lstrip()[:1]
    try:
        if start in (b"{", b"["):
            return within_limits(_read_json(data.removeprefix(_BOM), base=base))
        if start == b"<" or data.startswith(_UTF_16_OR_32):
            return within_limits(_read_xml(data, base=base, headers=headers or {}))
        if PurePath(name).suffix.lower() in {".csv", ".tsv"}:
            return within_limits(read_table(data))
        return within_limits(_read_unknown(data, base=base, headers=headers or {}))
    except RecursionError:
        raise WireRefused(_("It is nested too deeply to be read.")) from None


def _read_json(data: bytes, *, base: str) -> ReadDocument:
    try:
        document: Any = json.loads(data)
    except ValueError as error:
        raise WireRefused(_("It is not valid JSON: %(error)s.") % {"error": str(error)[:200]}) from error
    if is_json_feed(document):
        return read_json_feed(document, base=base)
    if is_ninjs(document):
        return read_ninjs(document)
    raise WireRefused(_("It is JSON of a format that we do not know: neither ninjs nor JSON Feed."))


def _read_xml(data: bytes, *, base: str, headers: Mapping[str, str]) -> ReadDocument:
    if is_newsml(data):
        return read_newsml(data)
    return read_feed(data, base=base, headers=headers)


def _read_unknown(data: bytes, *, base: str, headers: Mapping[str, str]) -> ReadDocument:
    """Read what does not begin like anything: feeds that have something before their first tag are many."""
    if _FEED.search(data[:20_000]):
        return read_feed(data, base=base, headers=headers)
    raise WireRefused(_("It is of no format that we know: no feed, no NewsML-G2, no ninjs, no table."))
