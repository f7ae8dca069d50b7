"""What goes over the wire: every kind of page in every encoding, as httplint and RFC 9110 want it."""

import gzip
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from httplint import HttpResponseLinter
from httplint.note import levels

from tests.serving.conftest import made_paper
from tests.serving.served_paper import PATIENCE_SECONDS, Paper

pytestmark = pytest.mark.django_db
ARCHIVE = """---
title: Ferry returns
date: 2016-10-19
tags: [Harbour]
categories: [City]
---
The ferry came back at noon. It had been away for a week, and nobody had missed it.
"""
STORY = "/2016/10/19/ferry-returns/"
PAGES = (
    "/", STORY, f"{STORY}changes/", f"{STORY}changes.json", f"{STORY}changes.atom", f"{STORY}changes/1/",
    "/topic/harbour/", "/section/archive/", "/2016/", "/2016/10/", "/corrections/", "/corrections/feed/",
    "/feed/", "/feed/atom/", "/feed/json/", "/topic/harbour/feed/", f"{STORY}oembed.json",
    "/sitemap.xml", "/sitemap-pages-0.xml", "/sitemap-topics-0.xml", "/news-sitemap.xml",
    "/robots.txt", "/.well-known/tdmrep.json", "/trust.txt", "/ads.txt", "/feeds.opml", "/-/colours.css",
)  # fmt: skip
NOT_FOUND, MOVED = "/nothing/", STORY.rstrip("/")
DECODED = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}
TOO_SHORT_TO_COMPRESS = {
    "/-/colours.css",
    "/trust.txt",
    "/ads.txt",
    "/news-sitemap.xml",
    "/robots.txt",
    "/.well-known/tdmrep.json",
    MOVED,
}


@dataclass(frozen=True)
class Wired:
    """An answer as it came over the wire."""

    start_line: str
    fields: list[tuple[str, str]]
    body: bytes

    @property
    def status(self) -> int:
        """Its status."""
        return int(self.start_line.split()[1])

    def header(self, name: str) -> str:
        """Return the one field of this name, or nothing."""
        values = [value for field, value in self.fields if field.lower() == name.lower()]
        assert len(values) <= 1, values
        return values[0] if values else ""

    def complaints(self) -> list[str]:
        """Return what httplint finds wrong."""
        version, status, phrase = self.start_line.encode().split(b" ", 2)
        linter = HttpResponseLinter()
        linter.process_response_topline(version.removeprefix(b"HTTP/"), status, phrase)
        linter.process_headers([(name.encode(), value.encode()) for name, value in self.fields])
        if self.body:
            linter.feed_content(self.body)
        linter.finish_content(True)
        return [
            f"{note.level.name}: {note.summary}" for note in linter.notes if note.level in (levels.WARN, levels.BAD)
        ]


@pytest.fixture(scope="module")
def printed(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """A served paper with a story, brought in from files."""
    paper = made_paper(tmp_path_factory.mktemp("printed"), migrated)
    archive = paper.data / "archive"
    archive.mkdir()
    (archive / "ferry-returns.md").write_text(ARCHIVE)
    paper.run("import", "markdown", str(archive))
    try:
        paper.start()
        paper.wait_until(lambda: paper.get("/readyz").status == 200)  # a follower that begins forgets what is stored
        yield paper
    finally:
        paper.kill()


def asked(paper: Paper, path: str, *, method: str = "GET", **headers: str) -> Wired:
    """Return the answer to a request, byte for byte."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    with socket.create_connection(("127.0.0.1", paper.port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        raw = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = raw.partition(b"\r\n\r\n")
    start_line, *fields = head.decode().split("\r\n")
    return Wired(start_line, [tuple(field.split(": ", 1)) for field in fields], body)  # type: ignore[misc]


@pytest.mark.parametrize("path", [*PAGES, NOT_FOUND, MOVED])
def test_httplint_finds_nothing_wrong(printed: Paper, path: str) -> None:
    for encoding in DECODED:
        answers = [asked(printed, path, Accept_Encoding=encoding) for _ in range(2)]
        assert answers[-1].header("Cache-Status") == "Broadsheet; hit", "the first may be, if another test has asked"
        for answer in answers:
            assert answer.status == {NOT_FOUND: 404, MOVED: 301}.get(path, 200)
            assert answer.complaints() == [], (encoding, answer.header("Cache-Status"))
            assert answer.header("Vary") == "Accept-Encoding"
            assert not answer.header("Set-Cookie")
            assert answer.header("Content-Encoding") == ("" if _is_plain(path, encoding) else encoding)


def _is_plain(path: str, encoding: str) -> bool:
    return encoding == "identity" or path in TOO_SHORT_TO_COMPRESS


@pytest.mark.parametrize("path", PAGES)
def test_each_encoding_holds_the_same_text_under_an_etag_of_its_own(printed: Paper, path: str) -> None:
    answers = {encoding: asked(printed, path, Accept_Encoding=encoding) for encoding in DECODED}

    texts = {DECODED[answer.header("Content-Encoding") or "identity"](answer.body) for answer in answers.values()}
    etags = {answer.header("ETag") for answer in answers.values()}
    assert len(texts) == 1
    assert all(re.fullmatch('"[0-9a-f]+-(br|gzip|identity)"', etag) for etag in etags), etags
    assert len(etags) == (1 if path in TOO_SHORT_TO_COMPRESS else 3)


@pytest.mark.parametrize("encoding", DECODED)
def test_who_has_the_page_is_told_that_it_is_unchanged(printed: Paper, encoding: str) -> None:
    whole = asked(printed, STORY, Accept_Encoding=encoding)

    for etags in (whole.header("ETag"), f'"other", W/{whole.header("ETag")}', "*"):
        unchanged = asked(printed, STORY, Accept_Encoding=encoding, If_None_Match=etags)
        assert (unchanged.status, unchanged.body) == (304, b"")
        assert unchanged.complaints() == []
        for name in ("ETag", "Cache-Control", "Vary"):
            assert unchanged.header(name) == whole.header(name)
    assert asked(printed, STORY, Accept_Encoding=encoding, If_None_Match='"other"').body == whole.body


@pytest.mark.parametrize("path", [STORY, NOT_FOUND])
def test_head_is_told_all_but_the_text(printed: Paper, path: str) -> None:
    asked(printed, path)  # Cache-Status tells who comes first that the page was rendered for him
    whole, head = (asked(printed, path, method=method, Accept_Encoding="br") for method in ("GET", "HEAD"))

    def told(answer: Wired) -> list[tuple[str, str]]:
        return sorted(field for field in answer.fields if field[0].lower() != "date")

    assert head.body == b""
    assert head.start_line == whole.start_line
    assert told(head) == told(whole)
    assert int(head.header("Content-Length")) == len(whole.body)


@pytest.mark.parametrize("asked_for", ["bytes=0-99", "bytes=-1", "bytes=9999999-", "lines=1-2", "bytes=x"])
def test_a_range_of_a_page_is_answered_with_the_page(printed: Paper, asked_for: str) -> None:
    """RFC 9110, 14.2: a server may ignore Range. Parts of two encodings must never be put together."""
    whole, part = asked(printed, STORY), asked(printed, STORY, Range=asked_for)

    assert (part.status, part.body) == (200, whole.body)
    assert not part.header("Content-Range")
    assert not part.header("Accept-Ranges")


@pytest.mark.parametrize("query", ["utm_source=letter", "fbclid=1&gclid=2", "a=%00", "before="])
def test_what_senders_of_links_add_leads_to_the_same_bytes(printed: Paper, query: str) -> None:
    plain, tagged = asked(printed, STORY), asked(printed, f"{STORY}?{query}")

    assert (tagged.status, tagged.body, tagged.header("ETag")) == (200, plain.body, plain.header("ETag"))
