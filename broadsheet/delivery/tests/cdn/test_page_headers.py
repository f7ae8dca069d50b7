"""What readers' pages say to a CDN, and that they say nothing without one."""

import pytest

from broadsheet.changes.append_change import append_change
from broadsheet.delivery.cdn.configured_cdn import cdn_from
from broadsheet.delivery.cdn.page_headers import page_headers
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer
from broadsheet.delivery.serve_stored import StoredPages
from broadsheet.delivery.store_page import store_page
from broadsheet.delivery.tests.asking import Asker
from broadsheet.pages.cache_keys import page_key
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
FASTLY = cdn_from("fastly://S", token="t")
DAY = "max-age=86400, stale-while-revalidate=60, stale-if-error=604800"


class AskerThroughCdn(Asker):
    def __init__(self, store: PageStore) -> None:
        super().__init__(store)
        self.pages = StoredPages(self._django, store=store, cdn=FASTLY)


@pytest.fixture
def story(store: PageStore) -> Story:
    story = make_story(headline="Ferry returns to Eastmere")
    invalidate_pages(store=store)
    return story


@pytest.fixture
def asker(store: PageStore) -> Asker:
    return AskerThroughCdn(store)


def test_a_story_carries_its_key_and_is_kept_for_a_day(asker: Asker, story: Story) -> None:
    for answer in (asker.get(story.url), asker.get(story.url), asker.get(story.url, method="HEAD")):
        assert {page_key(story.pk), "all", "site", "nav"} <= set(answer.headers["Surrogate-Key"].split())
        assert answer.headers["Surrogate-Control"] == DAY


def test_304_says_so_again(asker: Asker, story: Story) -> None:
    first = asker.get(story.url)
    again = asker.get(story.url, if_none_match=first.headers["ETag"])

    assert again.code == 304
    assert again.headers["Surrogate-Key"] == first.headers["Surrogate-Key"]
    assert again.headers["Surrogate-Control"] == DAY


def test_without_a_cdn_nothing_is_said(store: PageStore, story: Story) -> None:
    assert not {name for name in Asker(store).get(story.url).headers if "surrogate" in name.lower()}


def test_an_old_copy_is_not_kept_for_long(asker: Asker, store: PageStore, story: Story) -> None:
    asker.get(story.url)
    append_change(keys=[page_key(story.pk)])
    invalidate_pages(store=store)

    answer = asker.get(story.url)

    assert answer.how == "Broadsheet; hit; detail=stale"
    assert answer.headers["Surrogate-Control"] == "max-age=10, stale-if-error=604800"


def test_a_page_that_the_clock_changes_is_not_kept_for_long(asker: Asker, store: PageStore, story: Story) -> None:
    asker.get(story.url)
    with store.writing():
        store.connection.execute("UPDATE page SET renew_at = unixepoch() + 3600, as_of = as_of + 1")

    assert asker.get(story.url).headers["Surrogate-Control"] == "max-age=10, stale-if-error=604800"


def test_what_is_not_there_is_not_kept_for_long(asker: Asker, story: Story) -> None:
    for _ in range(2):
        assert asker.get("/nowhere/").headers["Surrogate-Control"] == "max-age=10"


def test_the_same_text_with_other_keys_carries_them(
    asker: Asker, store: PageStore, story: Story, renderer: Renderer
) -> None:
    asker.get(story.url)
    asker.get(story.url)
    append_change(keys=["elsewhere"])
    page = renderer.render(story.url)
    store_page(store=store, page=page.__class__(**{**page.__dict__, "keys": page.keys | {"s:77"}}))

    assert "s:77" in asker.get(story.url).headers["Surrogate-Key"].split()


def test_a_page_with_too_many_keys_is_kept_for_moments_and_never_shown_old() -> None:
    keys = [f"l:section:{number}" for number in range(90)]

    assert page_headers(FASTLY, keys=keys, lasts=True) == [
        ("Surrogate-Key", "all"),
        ("Surrogate-Control", "max-age=10"),
    ]
