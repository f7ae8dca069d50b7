"""The follower's order and patience: what is rendered next, how often, and what it does about what fails."""

import itertools
import time

import pytest

from broadsheet.changes.append_change import append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.delivery import follow_log
from broadsheet.delivery.follow_log import QUIET_SECONDS, Follower
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.render_page import RenderedPage, Renderer, RenderFailedError
from broadsheet.delivery.tests.asking import Asker
from broadsheet.pages.cache_keys import page_key
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
HOUR = 3_600


@pytest.fixture
def story(store: PageStore) -> Story:
    story = make_story(headline="Ferry returns to Eastmere")
    invalidate_pages(store=store)
    return story


def rename(story: Story, headline: str) -> None:
    Story.objects.filter(pk=story.pk).update(title=headline)
    append_change(keys=[page_key(story.pk)])


class WatchedRenderer(Renderer):
    """Takes down what is asked of it; some of it fails."""

    def __init__(self, *fails: str) -> None:
        super().__init__()
        self.fails = fails
        self.rendered: list[str] = []

    def render(self, name: str) -> RenderedPage:
        self.rendered.append(name)
        if name in self.fails:
            raise RenderFailedError(name)
        return super().render(name)


def test_ten_updates_in_a_second_are_two_renderings(store: PageStore, story: Story, time_machine_noon) -> None:
    Asker(store).get(story.url)
    watched = WatchedRenderer()
    follower = Follower(store=store, renderer=watched)
    time_machine_noon.shift(60)
    for number in range(10):
        rename(story, f"Ferry {number}")
        _work(follower)
        time_machine_noon.shift(0.1)
    for _ in range(20):
        _work(follower)
        time_machine_noon.shift(0.1)

    assert watched.rendered.count(story.url) == 2
    assert b"Ferry 9" in store.page(story.url).bodies.identity


def _work(follower: Follower) -> None:
    """Let the follower work until it has nothing to do."""
    for _ in range(50):
        if follower.step():
            break


@pytest.mark.parametrize("pace", [0.15, 0.3, 0.45, 0.6])
def test_what_becomes_due_while_the_follower_looks_is_rendered_next(
    store: PageStore, story: Story, monkeypatch: pytest.MonkeyPatch, pace: float
) -> None:
    """Between two looks at the clock passes `pace` of the time for which a page that was touched waits."""
    Asker(store).get(story.url)
    watched = WatchedRenderer()
    follower = Follower(store=store, renderer=watched)
    rename(story, "Ferry stays")
    moments = itertools.count(time.time(), QUIET_SECONDS * pace)
    monkeypatch.setattr(time, "time", lambda: next(moments))

    while not watched.rendered:
        follower.step()

    assert watched.rendered == [story.url]


def test_fronts_come_first(store: PageStore, story: Story) -> None:
    reader = Asker(store)
    for name in ("/", story.url, "/2026/"):
        reader.get(name)
    with store.writing():
        store.mark_stale("1")
        store.connection.execute("UPDATE page SET rendered_at = 0, read_at = read_at + (name != '/')")
    watched = WatchedRenderer()
    Follower(store=store, renderer=watched).step()
    assert watched.rendered == ["/"]


def test_what_nobody_has_read_lately_is_left_until_somebody_does(store: PageStore, story: Story) -> None:
    Asker(store).get(story.url)
    with store.writing():
        store.mark_stale("1")
        store.connection.execute("UPDATE page SET rendered_at = 0, read_at = 0")
    watched = WatchedRenderer()
    assert Follower(store=store, renderer=watched).step() > 0
    assert watched.rendered == []


def test_what_is_not_there_waits_for_whoever_asks(store: PageStore, story: Story) -> None:
    reader = Asker(store)
    for name in ("/2026/", *(f"/made-up-{number}/" for number in range(5))):
        reader.get(name)
    append_change(keys=[ADDRESSES])
    with store.writing():
        store.mark_stale("1", since=0.0)
        store.connection.execute("UPDATE page SET rendered_at = 0")
    watched = WatchedRenderer()
    follower = Follower(store=store, renderer=watched)

    _work(follower)

    assert watched.rendered == ["/2026/"]
    assert store.standing("/made-up-1/").state is State.GONE


@pytest.mark.django_db(transaction=True)
def test_pages_that_fail_hold_up_no_other(store: PageStore, caplog: pytest.LogCaptureFixture) -> None:
    stories = [make_story(headline=f"Story {number}") for number in range(2 * follow_log.AT_ONCE)]
    invalidate_pages(store=store)
    reader = Asker(store)
    for name in ("/2026/", *(story.url for story in stories)):
        reader.get(name)
    with store.writing():
        store.mark_stale("name != '/2026/'", since=0.0)
        store.mark_stale("1")
        store.connection.execute("UPDATE page SET rendered_at = 0")
    watched = WatchedRenderer(*(story.url for story in stories))
    follower = Follower(store=store, renderer=watched)

    while "/2026/" not in watched.rendered:
        follower.step()

    assert len(watched.rendered) <= len(stories) + follow_log.AT_ONCE


@pytest.mark.django_db(transaction=True)
def test_a_page_that_fails_is_tried_less_and_less(
    store: PageStore, story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Asker(store).get(story.url)
    with store.writing():
        store.mark_stale("1", since=0.0)
        store.connection.execute("UPDATE page SET rendered_at = 0")
    watched = WatchedRenderer(story.url)
    follower = Follower(store=store, renderer=watched)
    start = time.monotonic()
    for second in range(100):
        monkeypatch.setattr(time, "monotonic", lambda second=second: start + second)
        _work(follower)

    assert 5 <= len(watched.rendered) <= 8


@pytest.mark.django_db(transaction=True)
def test_draining_ends_though_a_page_fails_and_names_it(store: PageStore, story: Story) -> None:
    reader = Asker(store)
    for name in (story.url, "/2026/"):
        reader.get(name)
    with store.writing():
        store.mark_stale("1")

    failed = Follower(store=store, renderer=WatchedRenderer(story.url)).drain()

    assert failed == [story.url]
    assert store.standing("/2026/").state is State.FRESH


def test_a_clock_that_is_put_back_holds_nothing_up(store: PageStore, story: Story, time_machine_noon) -> None:
    Asker(store).get(story.url)
    rename(story, "Ferry stays")
    invalidate_pages(store=store)
    time_machine_noon.shift(-HOUR)
    watched = WatchedRenderer()

    _work(Follower(store=store, renderer=watched))

    assert watched.rendered == [story.url]


def test_trouble_of_the_machine_ends_no_follower(
    store: PageStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Follower, "step", _full_disk)
    monkeypatch.setattr(Follower, "wait", lambda self, seconds: None)
    monkeypatch.setattr("os.nice", lambda increment: 0)
    left = iter([False, False, True])

    follow_log.follow_log(store=store, is_stopped=lambda: next(left))

    assert "waits until it can" in caplog.text


def _full_disk(_: Follower) -> float:
    raise OSError(28, "No space left on device")
