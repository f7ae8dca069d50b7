"""Where exported pages stand: found by the address alone, and never where no page should be, whatever is asked for."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.delivery.exporting.file_names import CONTENT_TYPES, file_of, name_of, place_of

HTML = CONTENT_TYPES["html"]
BYTES = st.characters(max_codepoint=0xFF)
PARTS = st.sampled_from(
    ["", ".", "..", "a", "a@page.html", "@page.html", "\0", "%2e%2e", "\xc3\xa9", "\xff", "x" * 250]
)
ADDRESSES = st.one_of(st.text(BYTES, max_size=60), st.lists(PARTS, max_size=6).map("/".join)).map("/{}".format)


def as_stored(address: str) -> str:
    """An address as the page store has it: each byte a character."""
    return address.encode().decode("latin-1")


@pytest.mark.parametrize(
    ("address", "content_type", "file"),
    [
        ("/", HTML, "@page.html"),
        ("/2026/11/27/ferry/", HTML, "2026/11/27/ferry/@page.html"),
        ("/2026/11/27/ferry", HTML, "2026/11/27/ferry@page.html"),
        ("/robots.txt", CONTENT_TYPES["txt"], "robots.txt@page.txt"),
        ("/-/colours.css", CONTENT_TYPES["css"], "-/colours.css@page.css"),
        ("/corrections/feed/", CONTENT_TYPES["atom"], "corrections/feed/@page.atom"),
        ("/topic/נמל/", HTML, "topic/נמל/@page.html"),
    ],
)
def test_a_page_stands_where_its_address_says(address: str, content_type: str, file: str) -> None:
    place = place_of(as_stored(address))

    assert place is not None
    assert file_of(place, content_type) == file.encode()
    assert name_of(place) == as_stored(address)


@pytest.mark.parametrize(
    "address",
    [
        "/../../etc/passwd",
        "/a/../b/",
        "/./",
        "//",
        "/a//b/",
        "/.git/config",
        "/a\0b/",
        "/a\nb/",
        "/a b/",
        "/a%2e/",
        "/a\\b/",
        "/a*b/",
        "/a?before=5",
        "/a@page.html",
        "/@page.html",
        "/@page.html/b/",
        f"/{'x' * 241}/",
        f"/{'/'.join(['x' * 200] * 6)}/",
        "a/",
        "",
        "*",
        "/a\u200eb/",
    ],
)
def test_what_could_be_taken_for_more_than_a_name_is_not_exported(address: str) -> None:
    assert place_of(as_stored(address)) is None


@pytest.mark.parametrize("name", ["/\xff/", "/\xc3/", "/נמל/"])
def test_what_is_no_text_is_not_exported(name: str) -> None:
    assert place_of(name) is None


def test_a_type_that_no_configuration_names_is_not_exported() -> None:
    assert file_of(b"a/", "application/octet-stream") is None


@given(ADDRESSES)
def test_no_address_leads_out_of_the_folder_or_to_a_name_that_cannot_be(name: str) -> None:
    place = place_of(name)
    if place is not None:
        file = file_of(place, HTML)
        assert file is not None
        assert os.path.normpath(b"/exported/" + file) == b"/exported/" + file
        assert b"\0" not in file
        assert all(len(part + b".br") <= 255 for part in file.split(b"/"))
        assert name_of(place) == name


@given(ADDRESSES, ADDRESSES)
def test_no_page_stands_where_another_has_its_file_or_folder(one: str, other: str) -> None:
    files = {file_of(place, HTML) for place in (place_of(one), place_of(other)) if place is not None}
    expected = {name for name in (one, other) if place_of(name) is not None}

    assert len(files) == len(expected)
    for file in files:
        *folders, last = (file or b"").split(b"/")
        assert b"@page." in last
        assert not any(b"@" in folder for folder in folders)
