"""Which requests name a stored page, and which encoding a reader gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.addresses import is_front, path_and_query, stored_name
from broadsheet.delivery.encodings import Bodies, best_encoding


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "/topic/harbour/"),
        ("utm_source=letter&fbclid=1", "/topic/harbour/"),
        ("before=2026-01-01.5", "/topic/harbour/?before=2026-01-01.5"),
        ("utm_source=letter&before=5&gclid=2", "/topic/harbour/?before=5"),
        ("before=4&before=5", "/topic/harbour/?before=5"),
        ("before=", "/topic/harbour/"),
    ],
)
def test_a_tracking_tag_names_no_page_of_its_own(query: str, name: str) -> None:
    assert stored_name("/topic/harbour/", query) == name


@pytest.mark.parametrize(
    "path",
    [
        "/feed/",
        "/feed/atom/",
        "/topic/harbour/feed/",
        "/by/a/feed/json/",
        "/corrections/feed/",
        "/sitemap.xml",
        "/ads.txt",
    ],
)
def test_feeds_and_files_have_one_page_whatever_is_asked_of_them(path: str) -> None:
    assert stored_name(path, "before=5") == path


@pytest.mark.parametrize("path", ["/topic/feed/", "/2016/10/19/ferry/changes.json"])
def test_what_only_looks_like_one_has_later_pages(path: str) -> None:
    assert stored_name(path, "before=5") == f"{path}?before=5"


@pytest.mark.parametrize("query", ["before=<script>", "before=" + "1" * 81, "before=a%0d%0ab", "x=1&" * 300])
def test_what_no_page_of_ours_links_to_is_not_stored(query: str) -> None:
    assert stored_name("/topic/harbour/", query) is None


@pytest.mark.parametrize(
    "path", ["/newsroom/", "/newsroom/pages/3/", "/media/r/1/a/b.avif", "/static/a.css", "/healthz"]
)
def test_the_newsroom_and_files_are_no_stored_pages(path: str) -> None:
    assert stored_name(path, "") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_is_the_name_of_the_page_it_names(path: str, query: str) -> None:
    name = stored_name(f"/{path}".replace("?", ""), query)
    if name is not None:
        assert stored_name(*path_and_query(name)) == name


def test_fronts_are_fronts_and_their_later_pages_are_not() -> None:
    assert is_front("/")
    assert is_front("/section/city/")
    assert not is_front("/section/city/?before=5")
    assert not is_front("/topic/city/")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("", "identity"),
        ("GZIP ; Q=0.8", "gzip"),
        ("br;q=rubbish", "identity"),
        (";;;,,q=", "identity"),
    ],
)
def test_a_reader_gets_the_best_encoding_he_takes(accepted: str, encoding: str) -> None:
    assert best_encoding(accepted) == encoding


@given(st.text(max_size=200))
def test_no_header_is_too_odd(accepted: str) -> None:
    assert best_encoding(accepted) in {"br", "gzip", "identity"}


def test_pictures_and_short_texts_are_not_compressed() -> None:
    assert Bodies.of(b"short", "text/html").br is None
    assert Bodies.of(b"x" * 5000, "image/png").gzip is None
    assert len(Bodies.of(b"x" * 5000, "text/html; charset=utf-8").br or b"") < 100
