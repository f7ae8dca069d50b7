"""The layer in front of Django, as readers, their browsers and caches on the way meet it."""

import gzip
import logging
import sqlite3
import time
from collections.abc import Iterator

import brotli
import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from broadsheet.changes.append_change import append_change
from broadsheet.delivery import outage, serve_stored
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.render_page import DatabaseAwayError, RenderedPage, Renderer, RenderFailedError
from broadsheet.delivery.tests.asking import Asker
from broadsheet.pages.cache_keys import page_key
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(store: PageStore) -> Story:
    invalidate_pages(store=store)
    return make_story(headline="Ferry returns to Eastmere")


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def fail(self: Renderer, name: str) -> None:
        raise DatabaseAwayError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(Renderer, "render", fail)
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(logging.NOTSET)


def test_the_second_reader_gets_the_page_without_a_query(reader: Asker, story: Story) -> None:
    first = reader.get(story.url)
    with CaptureQueriesContext(connection) as queries:
        second = reader.get(story.url)

    assert (first.code, second.code) == (200, 200)
    assert first.body == second.body
    assert b"Ferry returns to Eastmere" in second.body
    assert not queries
    assert first.how == "Broadsheet; fwd=miss; stored"
    assert second.how == "Broadsheet; hit"


def test_another_process_finds_it_in_the_store(reader: Asker, store: PageStore, story: Story) -> None:
    reader.get(story.url)
    with CaptureQueriesContext(connection) as queries:
        assert Asker(store).get(story.url).how == "Broadsheet; hit"
    assert not queries


def test_each_encoding_holds_the_same_page(reader: Asker, story: Story) -> None:
    plain = reader.get(story.url)
    br = reader.get(story.url, accept_encoding="br, gzip")
    gz = reader.get(story.url, accept_encoding="gzip")

    assert brotli.decompress(br.body) == gzip.decompress(gz.body) == plain.body
    assert (br.headers["Content-Encoding"], gz.headers["Content-Encoding"]) == ("br", "gzip")
    assert "Content-Encoding" not in plain.headers
    assert len({answer.headers["ETag"] for answer in (plain, br, gz)}) == 3
    for answer in (plain, br, gz):
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.headers["Vary"] == "Accept-Encoding"


def test_what_a_browser_has_it_need_not_be_sent_again(reader: Asker, story: Story) -> None:
    etag = reader.get(story.url).headers["ETag"]

    for asked in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = reader.get(story.url, if_none_match=asked)
        assert (again.code, again.body) == (304, b"")
        assert again.headers["ETag"] == etag
        assert "Content-Length" not in again.headers
    assert reader.get(story.url, if_none_match='"other"').code == 200


def test_head_tells_what_get_would(reader: Asker, story: Story) -> None:
    get, head = reader.get(story.url), reader.get(story.url, method="HEAD")

    assert head.body == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"] == str(len(get.body))


def test_a_range_is_not_served_in_parts(reader: Asker, story: Story) -> None:
    answer = reader.get(story.url, range="bytes=0-10")
    assert answer.code == 200
    assert len(answer.body) == int(answer.headers["Content-Length"])


def test_caches_on_the_way_are_told_what_they_may_do(reader: Asker, story: Story) -> None:
    control = reader.get(story.url).headers["Cache-Control"]
    assert "stale-while-revalidate=" in control
    assert "stale-if-error=604800" in control
    assert "Set-Cookie" not in reader.get(story.url).headers


def test_a_cookie_changes_nothing(reader: Asker, story: Story) -> None:
    assert reader.get(story.url, cookie="sessionid=abc").body == reader.get(story.url).body


@pytest.mark.parametrize("path", ["/newsroom/", "/static/site.css", "/media/a.jpg", "/healthz"])
def test_what_is_no_page_is_djangos(reader: Asker, path: str) -> None:
    assert reader.get(path).body == b"Django"


def test_what_is_sent_to_a_page_is_djangos(reader: Asker, story: Story) -> None:
    assert reader.get(story.url, method="POST").body == b"Django"


@pytest.mark.parametrize("host", ["elsewhere.example", "localhost:junk", "localhost:80:80", "local host", ":80", ""])
def test_another_host_is_djangos_to_refuse(reader: Asker, story: Story, host: str) -> None:
    assert reader.get(story.url, host=host).body == b"Django"


def test_an_address_without_a_page_is_kept_until_there_may_be_one(
    reader: Asker, store: PageStore, story: Story
) -> None:
    assert reader.get("/nowhere/").code == 404
    assert reader.get("/nowhere/").how == "Broadsheet; hit"

    append_change(keys=["addresses"])
    invalidate_pages(store=store)

    assert store.standing("/nowhere/").state is State.GONE
    assert reader.get("/nowhere/").how == "Broadsheet; fwd=miss; stored"


def test_readers_see_an_old_page_for_some_seconds_and_then_wait_for_the_new_one(
    reader: Asker, store: PageStore, story: Story
) -> None:
    with time_machine.travel("2026-03-04 12:00 +0000", tick=False) as travel:
        reader.get(story.url)
        Story.objects.filter(pk=story.pk).update(title="Ferry sinks")
        append_change(keys=[page_key(story.pk)])
        invalidate_pages(store=store)

        soon = reader.get(story.url)
        travel.shift(serve_stored.STALE_SECONDS + 1)
        later = Asker(store).get(story.url)

    assert b"Ferry returns" in soon.body
    assert soon.how == "Broadsheet; hit; detail=stale"
    assert b"Ferry sinks" in later.body


def test_what_was_taken_away_is_not_served_once_more(reader: Asker, store: PageStore, story: Story) -> None:
    reader.get(story.url)
    Story.objects.filter(pk=story.pk).update(live=False)
    append_change(keys=[page_key(story.pk)], hard=True)
    invalidate_pages(store=store)

    assert reader.get(story.url).code == 404


def test_without_a_database_readers_get_what_there_is(
    reader: Asker, store: PageStore, story: Story, unreachable: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reader.get(story.url).code == 503
    assert reader.get(story.url).headers["Retry-After"] == "2"


def test_one_page_that_fails_holds_up_no_other(
    reader: Asker, story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[str] = []
    render = Renderer.render

    def fail_on_the_story(self: Renderer, name: str) -> RenderedPage:
        tried.append(name)
        if name == story.url:
            raise RenderFailedError("a template is broken")
        return render(self, name)

    monkeypatch.setattr(Renderer, "render", fail_on_the_story)

    answers = [reader.get(path).code for path in (story.url, "/corrections/", story.url)]

    assert answers == [503, 200, 503]
    assert tried == [story.url, "/corrections/"]


def test_without_a_database_an_old_page_is_better_than_none(
    reader: Asker, store: PageStore, story: Story, request: pytest.FixtureRequest
) -> None:
    reader.get(story.url)
    with store.writing():
        store.mark_stale("1", since=0.0)
        store.connection.execute("UPDATE page SET stale_since = unixepoch() - 3600")
    request.getfixturevalue("unreachable")

    answer = Asker(store).get(story.url)

    assert answer.code == 200
    assert answer.how == "Broadsheet; hit; detail=stale-if-error"


def test_without_a_database_what_is_gone_stays_gone(
    reader: Asker, store: PageStore, story: Story, request: pytest.FixtureRequest
) -> None:
    reader.get(story.url)
    append_change(keys=[page_key(story.pk)], hard=True)
    invalidate_pages(store=store)
    request.getfixturevalue("unreachable")

    assert reader.get(story.url).code == 503


def test_with_a_cache_that_is_away_readers_get_what_there_is(
    reader: Asker, store: PageStore, story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reader.get(story.url)
    with store.writing():
        store.mark_stale("1", since=0.0)
        store.connection.execute("UPDATE page SET stale_since = unixepoch() - 3600")
    monkeypatch.setattr("wagtail.models.Site.get_site_root_paths", _connection_is_refused)

    answer = Asker(store).get(story.url)

    assert (answer.code, answer.how) == (200, "Broadsheet; hit; detail=stale-if-error")


def _connection_is_refused(*_: object) -> None:
    raise ConnectionError("the cache is away")


@pytest.mark.parametrize("error", [OperationalError("the server was restarted"), sqlite3.DatabaseError("malformed")])
def test_a_page_that_cannot_be_stored_is_still_shown(
    reader: Asker, story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(serve_stored, "store_page", fail)

    answer = reader.get(story.url)

    assert (answer.code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert b"Ferry returns to Eastmere" in answer.body


def test_of_a_database_that_is_silent_one_reader_at_a_time_finds_out(
    reader: Asker, story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[str] = []

    def try_in_vain(self: Renderer, name: str) -> None:
        tried.append(name)
        if len(tried) == 2:
            assert reader.get("/corrections/").code == 503, "while one tries, another goes on"
        raise DatabaseAwayError("no answer")

    monkeypatch.setattr(Renderer, "render", try_in_vain)
    monkeypatch.setattr(outage, "SHORTEST_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(outage, "PAUSES_PER_TRY", 0)

    assert [reader.get(story.url).code for _ in range(2)] == [503, 503]
    assert tried == [story.url, story.url]


def test_a_page_that_was_old_before_the_clock_was_put_back_is_not_served_as_if_it_were_new(
    store: PageStore, reader: Asker, story: Story
) -> None:
    reader.get(story.url)
    Story.objects.filter(pk=story.pk).update(title="Ferry stays")
    with store.writing():
        store.mark_stale("1", since=time.time() + 3600)

    assert b"Ferry stays" in Asker(store).get(story.url).body


def test_a_question_mark_within_a_path_names_no_page(reader: Asker, story: Story) -> None:
    assert reader.get("/2026/?before=2026-01-01.5").body == b"Django"
    assert reader.passed_on == ["/2026/?before=2026-01-01.5"]


def test_a_damaged_store_is_made_anew(tmp_path, story: Story) -> None:
    (tmp_path / "of-another").mkdir()
    (tmp_path / "of-another/pages.db").write_bytes(b"not a database, by any means" * 100)
    store = PageStore(tmp_path / "of-another")
    assert Asker(store).get(story.url).code == 200
    assert store.standing(story.url).state is State.FRESH


def test_memory_holds_no_more_than_it_may(store: PageStore, reader: Asker) -> None:
    reader.pages._memory_bytes = 60_000
    for number in range(12):
        reader.get(make_story(headline=f"Story {number}").url)
    assert reader.pages._held_bytes <= 60_000
    assert reader.pages._held_bytes == sum(held.size for held in reader.pages._held.values())


def test_made_up_ports_do_not_keep_out_the_host_that_readers_ask_for(reader: Asker, story: Story) -> None:
    for port in range(1, 2 * serve_stored.MOST_HOSTS):
        reader.get(story.url, host=f"localhost:{port}")

    assert f"localhost:{port}" in reader.pages._hosts
    assert len(reader.pages._hosts) <= serve_stored.MOST_HOSTS
