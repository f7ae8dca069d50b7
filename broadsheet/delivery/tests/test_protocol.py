"""The order of steps that makes the store true: the log before the data, the log again when storing."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from broadsheet.changes.append_change import append_change
from broadsheet.delivery import follow_log
from broadsheet.delivery import tidy_store as tidy_module
from broadsheet.delivery.epoch import OTHERS, begin_epoch, mark_other_epochs, present_epoch
from broadsheet.delivery.follow_log import DUE, Follower
from broadsheet.delivery.invalidate_pages import CURSOR, invalidate_pages
from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.render_page import RenderedPage, Renderer
from broadsheet.delivery.store_page import MOST_CHANGES, Stored, store_page
from broadsheet.delivery.store_status import store_status
from broadsheet.delivery.tests.asking import Asker
from broadsheet.delivery.tidy_store import tidy_store
from broadsheet.delivery.verify_pages import PagesReport, verify_pages
from broadsheet.pages.cache_keys import page_key
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(store: PageStore) -> Story:
    story = make_story(headline="Ferry returns to Eastmere")
    invalidate_pages(store=store)
    return story


def rename(story: Story, headline: str, *, hard: bool = False) -> None:
    Story.objects.filter(pk=story.pk).update(title=headline)
    append_change(keys=[page_key(story.pk)], hard=hard)


def test_a_change_while_a_page_is_rendered_makes_it_stale_from_the_start(
    store: PageStore, renderer: Renderer, story: Story
) -> None:
    page = renderer.render(story.url)
    rename(story, "Ferry sinks")
    invalidate_pages(store=store)

    assert store_page(store=store, page=page) is Stored.STALE
    assert store.standing(story.url).state is State.STALE


def test_what_was_taken_away_while_a_page_is_rendered_is_not_stored(
    store: PageStore, renderer: Renderer, story: Story
) -> None:
    page = renderer.render(story.url)
    rename(story, "Ferry sinks", hard=True)

    assert store_page(store=store, page=page) is Stored.REFUSED
    assert store.standing(story.url) is None


def test_a_slow_rendering_does_not_replace_a_newer_one(store: PageStore, renderer: Renderer, story: Story) -> None:
    slow = renderer.render(story.url)
    rename(story, "Ferry sinks")
    store_page(store=store, page=renderer.render(story.url))

    assert store_page(store=store, page=slow) is Stored.REFUSED
    assert b"Ferry sinks" in store.page(story.url).bodies.identity


def test_a_tombstone_beats_every_rendering_that_began_before_it(
    store: PageStore, renderer: Renderer, story: Story
) -> None:
    store_page(store=store, page=renderer.render(story.url))
    slow = renderer.render(story.url)
    rename(story, "Ferry sinks", hard=True)
    invalidate_pages(store=store)

    assert store.standing(story.url).state is State.GONE
    assert store.page(story.url) is None
    assert store_page(store=store, page=slow) is Stored.REFUSED


def test_a_change_of_something_else_leaves_a_page_alone(store: PageStore, renderer: Renderer, story: Story) -> None:
    store_page(store=store, page=renderer.render(story.url))
    append_change(keys=["a:987654"])
    invalidate_pages(store=store)
    assert store.standing(story.url).state is State.FRESH


def test_a_rendering_that_took_hundreds_of_changes_is_not_trusted(
    store: PageStore, renderer: Renderer, story: Story
) -> None:
    page = renderer.render(story.url)
    for _ in range(MOST_CHANGES):
        append_change(keys=["a:987654"])
    assert store_page(store=store, page=page) is Stored.REFUSED


def test_a_page_of_anybodys_own_is_not_stored(store: PageStore) -> None:
    page = RenderedPage("/mine/", 0, 200, (), b"mine", personal=frozenset({"user"}))
    assert store_page(store=store, page=page) is Stored.REFUSED


def test_a_restored_backup_makes_the_store_begin_anew(store: PageStore, renderer: Renderer, story: Story) -> None:
    store_page(store=store, page=renderer.render(story.url))
    with store.writing():
        store.set_fact(CURSOR, 10_000_000)
    invalidate_pages(store=store)
    assert not store.names()


def test_a_change_logged_before_the_store_was_followed_is_not_missed(
    store: PageStore, renderer: Renderer, story: Story
) -> None:
    page = renderer.render(story.url)
    store_page(store=store, page=page)
    with store.writing():
        store.connection.execute("DELETE FROM fact WHERE name = ?", (CURSOR,))
    rename(story, "Ferry sinks")

    Follower(store=store, renderer=renderer).drain()

    assert store.page(story.url) is None


@pytest.fixture
def other_settings(settings: Settings) -> Iterator[Callable[[], None]]:
    def change() -> None:
        settings.TIME_ZONE = "Asia/Jerusalem"
        present_epoch.cache_clear()

    yield change
    present_epoch.cache_clear()


def test_another_epoch_makes_every_page_stale_and_loses_none(
    store: PageStore, story: Story, other_settings: Callable[[], None]
) -> None:
    begin_epoch(store=store)
    Asker(store).get(story.url)
    assert not mark_other_epochs(store=store)

    other_settings()
    begin_epoch(store=store)

    assert store.standing(story.url).state is State.STALE
    assert store.page(story.url) is not None


def test_what_the_program_before_this_one_still_stores_is_rendered_again(
    store: PageStore, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_log, "EPOCH_SECONDS", 0.0)
    follower = Follower(store=store)
    follower.step()
    Asker(store).get(story.url)
    with store.writing():
        store.connection.execute("UPDATE page SET epoch = ?, rendered_at = 0", (present_epoch() - 1,))

    follower.step()

    assert store.standing(story.url).state is State.FRESH
    assert store.connection.execute("SELECT DISTINCT epoch FROM page").fetchall() == [(present_epoch(),)]


@pytest.mark.parametrize(
    ("condition", "index"),
    [*((OTHERS.format(sign), "page_epoch (epoch") for sign in "<>"), (f"{DUE} AND read_at > ?", "page_due (read_at")],
)
def test_what_the_follower_asks_again_and_again_reads_no_page_in_vain(
    store: PageStore, condition: str, index: str
) -> None:
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN SELECT name FROM page WHERE {condition}", (1,)).fetchall()
    assert [step for *_, step in plan if f"SEARCH page USING INDEX {index}" in step], plan


def test_verify_finds_what_changed_behind_the_log(store: PageStore, renderer: Renderer, story: Story) -> None:
    Asker(store).get(story.url)
    Asker(store).get("/")
    Story.objects.filter(pk=story.pk).update(title="Ferry sinks")

    report = PagesReport()
    list(verify_pages(report, store=store, renderer=renderer))

    assert set(report.wrong) == {story.url, "/"}
    assert report.compared == 2
    assert not report.is_clean


def test_verify_finds_a_page_that_would_not_hear_of_a_change(
    store: PageStore, renderer: Renderer, story: Story
) -> None:
    Asker(store).get(story.url)
    with store.writing():
        store.connection.execute("DELETE FROM dep WHERE key = ?", (page_key(story.pk),))

    report = PagesReport()
    list(verify_pages(report, store=store, renderer=renderer))

    assert report.missing_keys == [story.url]


def test_the_operator_is_told_what_there_is(store: PageStore, renderer: Renderer, story: Story) -> None:
    Asker(store).get(story.url)
    Asker(store).get("/nowhere/")
    rename(story, "Ferry sinks")

    status = store_status(store=store)

    assert (status.fresh, status.stale, status.gone, status.lag) == (2, 0, 0, 1)
    assert status.hit_ratio is None


def test_what_was_written_last_counts_as_on_disk(store: PageStore, story: Story) -> None:
    before = store_status(store=store).file_bytes

    Asker(store).get(story.url)

    assert store_status(store=store).file_bytes > before


def test_made_up_addresses_do_not_fill_the_store(
    store: PageStore, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tidy_module, "MOST_NOT_FOUND", 10)
    reader = Asker(store)
    reader.get(story.url)
    for number in range(15):
        reader.get(f"/nowhere-{number}/")

    tidy_store(store=store)

    assert len(store.names("status = 404")) == 9
    assert store.standing(story.url) is not None
