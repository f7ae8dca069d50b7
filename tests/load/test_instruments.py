"""The instruments of `bench/` see what they are there to see; what they measure is measured by hand."""

from pathlib import Path

import pytest

from bench import freshness
from bench._filled_store import fill_store
from bench.freshness import old_pages
from bench.worst_minute import Outage, Seen
from broadsheet.delivery.follow_log import LATELY_SECONDS
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import RenderedPage
from broadsheet.delivery.serve_stored import StoredPages
from broadsheet.delivery.store_page import store_page

STORY = "<html><h1>The whole world reads version {} of this</h1><p>Here ends version {} of the text.</p>{}"


def story(number: int, *, end: int | None = None, closing: str = "</html>\n") -> bytes:
    return STORY.format(number, number if end is None else end, closing).encode()


def test_a_version_that_is_whole_is_seen_once_and_then_known() -> None:
    page = Seen("/story/", is_story=True)

    for number, at in ((1, 10.0), (1, 11.0), (3, 12.0)):
        page.note(200, story(number), at)

    assert page.incomplete == []
    assert page.shown_after(1, 9.5) == 0.5
    assert page.shown_after(2, 11.5) == 0.5, "a later version shows that the earlier one is not old any more"
    assert page.shown_after(4, 12.0) is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(story(2, end=1), id="headline of one version, end of another"),
        pytest.param(story(2, closing=""), id="cut off"),
        pytest.param(b"<html>Server Error (500)</html>", id="no story at all"),
    ],
)
def test_a_torn_version_is_noticed(body: bytes) -> None:
    page = Seen("/story/", is_story=True)

    page.note(200, body, 1.0)

    assert len(page.incomplete) == 1
    assert page.first_at == {}


def test_an_error_is_counted_and_is_no_version() -> None:
    page = Seen("/story/", is_story=True)

    page.note(503, b"The page cannot be shown just now.", 1.0)

    assert page.statuses == {503: 1}
    assert page.first_at == {}


def test_commits_that_the_outage_cut_short_are_not_judged() -> None:
    outage = Outage(stopped_at=20.0, back_at=41.0)

    assert [outage.was_near(at) for at in (18.9, 19.5, 30.0, 41.1)] == [False, True, True, False]


@pytest.mark.django_db
def test_copies_in_the_store_are_served_as_the_page_that_was_copied(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    body = b"<p>" + b"A story that is stored. " * 50
    store_page(store=store, page=RenderedPage("/2026/01/01/one/", 0, 200, headers, body, frozenset({"a:1"})))

    names = fill_store(store=store, size=100, real=10)
    again = fill_store(store=store, size=50, real=10)

    assert len(names) >= 10
    assert len(again) >= 10
    assert len(store.names()) == 50
    assert served(store, again[-1]) == body


def served(store: PageStore, path: str) -> bytes:
    def nobody(environ: dict[str, object], start_response: object) -> list[bytes]:
        raise AssertionError("Django was asked")

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "localhost"}
    return b"".join(StoredPages(nobody, store=store)(environ, lambda *told: None))


@pytest.mark.django_db
def test_pages_of_before_a_change_are_found_until_they_are_rendered_again(tmp_path: Path) -> None:
    store = PageStore(tmp_path)
    for name, as_of, key in (("/a/", 4, "a:1"), ("/b/", 5, "a:1"), ("/c/", 4, "a:2")):
        store_page(store=store, page=RenderedPage(name, as_of, 200, (), b"text", frozenset({key})))
    store.connection.execute("UPDATE page SET read_at = 100")

    (old,) = old_pages(store.connection, [(5, ["a:1", "l:latest:0"])], read_after=50)

    assert store.names("id = ?", (old,)) == ["/a/"]
    assert not old_pages(store.connection, [(5, ["a:1"])], read_after=200), "nobody has read it lately"
    store_page(store=store, page=RenderedPage("/a/", 5, 200, (), b"text", frozenset({"a:1"})))
    store.connection.execute("UPDATE page SET read_at = 100")
    assert not old_pages(store.connection, [(5, ["a:1"])], read_after=50)


def test_lately_is_as_long_as_the_follower_says() -> None:
    assert freshness.LATELY_SECONDS == LATELY_SECONDS
