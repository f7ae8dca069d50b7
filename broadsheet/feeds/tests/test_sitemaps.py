"""Every address of the paper is in exactly one sitemap, with the moment at which it last changed."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.changes.selectors import newest_seq
from broadsheet.delivery.render_page import Renderer
from broadsheet.feeds import sitemaps
from broadsheet.feeds.news_sitemap import MOST_STORIES
from broadsheet.kit import rendering
from broadsheet.kit.memory import Memory
from broadsheet.pages import cache_keys
from broadsheet.pages.models import BasePage, WorkType
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.bulk_load import StoryRecord, load_batch
from broadsheet.stories.models import ChangeClass, Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.recording import change, paragraphs, publish, take_off
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
}
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def read(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "application/xml"
    return etree.fromstring(answer.content)


def texts(tree: Any, path: str) -> list[str]:
    return [element.text for element in tree.xpath(path, namespaces=NAMES)]


def everything(client: Client) -> dict[str, str]:
    """Return all addresses of the paper's sitemaps, each with its lastmod."""
    found: dict[str, str] = {}
    for file in texts(read(client, "/sitemap.xml"), "//s:loc"):
        for url in read(client, file.removeprefix(SITE)).xpath("//s:url", namespaces=NAMES):
            (address,), changed_at = texts(url, "s:loc"), texts(url, "s:lastmod")
            assert address not in found
            found[address] = "".join(changed_at)
    return found


def test_whatever_readers_find_is_in_a_sitemap(client: Client) -> None:
    section, topic, person = SectionFactory(), TopicFactory(), ContributorFactory()
    story, hebrew = make_story(), make_story(headline="שלום", slug="שלום", language="he")
    make_story(headline="Draft", live=False)
    TopicFactory(merged_into=topic)
    make_story(headline="Theirs", canonical_url="https://elsewhere.example/story")

    found = everything(client)

    addresses = ["/", story.url, hebrew.url, *(one.get_absolute_url() for one in (section, topic, person))]
    assert found.keys() == {f"{SITE}{address}" for address in addresses}


def test_lastmod_is_when_the_story_last_changed_in_the_file_and_in_the_index(client: Client) -> None:
    story = publish("One.")
    other = publish("Two.", headline="Other", hours=1)
    change(story, ChangeClass.UPDATE, hours=5, body=paragraphs("Three."))
    moments = dict(Story.objects.values_list("pk", "last_published_at"))

    found, index = everything(client), read(client, "/sitemap.xml")

    for one in (story, other):
        assert found[f"{SITE}{one.url}"] == moments[one.pk].isoformat(timespec="seconds")
    newest = max(BasePage.objects.filter(live=True, last_published_at__isnull=False).values_list("last_published_at"))
    assert texts(index, "//s:lastmod") == [newest[0].isoformat(timespec="seconds")]


def test_a_story_that_is_taken_off_is_in_no_sitemap(client: Client) -> None:
    story = publish("One.")
    take_off(story, hours=1)

    assert everything(client).keys() == {f"{SITE}/"}


def test_the_lead_photo_stands_with_its_story_while_it_may_be_shown(client: Client) -> None:
    photo = PhotoFactory()
    file = f"/sitemap-pages-{make_story(lead_photo=photo).pk // cache_keys.BLOCK_LENGTH}.xml"
    shown = texts(read(client, file), "//image:loc")
    photo.rights_expire_on = dt.date(2020, 1, 1)
    photo.save()

    assert shown == [f"{SITE}/media/r/{photo.pk}/{shown[0].split('/')[-2]}/w320.jpg"]
    assert texts(read(client, file), "//image:loc") == []


def test_pages_stand_in_files_by_their_numbers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sitemaps, cache_keys):
        monkeypatch.setattr(module, "BLOCK_LENGTH", 4)
    stories = [make_story(headline=f"Story {number}") for number in range(9)]

    found, files = everything(client), texts(read(client, "/sitemap.xml"), "//s:loc")

    assert {f"{SITE}{story.url}" for story in stories} <= found.keys()
    assert len(files) >= 3
    for story in stories:
        file = read(client, f"/sitemap-pages-{story.pk // 4}.xml")
        assert f"{SITE}{story.url}" in texts(file, "//s:loc")


def test_an_index_that_is_made_again_asks_only_about_what_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sitemaps, cache_keys):
        monkeypatch.setattr(module, "BLOCK_LENGTH", 4)
    ids = load_batch(
        [
            StoryRecord(headline=f"Story {n}", slug=f"s-{n}", published_at=NOW, body=[], updated_at=NOW)
            for n in range(12)
        ]
    )
    BasePage.objects.filter(pk__in=ids[4:8]).update(live=False)  # a block of nothing that readers find
    memory = Memory(most_parts=100_000)
    asked: list[tuple[int, int]] = []
    real = sitemaps._last_changes
    monkeypatch.setattr(sitemaps, "_last_changes", lambda *run: asked.append(run) or real(*run))

    def files() -> list[sitemaps.File]:
        with rendering.recorded_rendering() as whole:
            whole.memory = memory
            return sitemaps.files()

    first = files()
    assert asked == [(0, ids[-1] // 4)]
    memory.follow([(1, [cache_keys.block_key(pk) for pk in (ids[0], ids[-1])])])
    again = files()

    assert again == first
    assert asked[1:] == [(pk // 4, pk // 4) for pk in (ids[0], ids[-1])]


def test_the_index_hears_of_the_first_page_of_a_block_and_of_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sitemaps, cache_keys):
        monkeypatch.setattr(module, "BLOCK_LENGTH", 1)
    make_story(headline="Shown")

    before = Renderer().render("/sitemap.xml").keys
    draft = make_story(headline="Draft", live=False)
    after = Renderer().render("/sitemap.xml").keys
    seq = newest_seq()
    publish_story(story=draft, user=None)

    assert after == before
    assert cache_keys.PAGES in before
    assert any(cache_keys.PAGES in change.keys for change in Change.objects.filter(seq__gt=seq))


def test_a_block_of_stories_of_others_alone_is_in_no_index(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = make_story(headline="Theirs", canonical_url="https://elsewhere.example/story")
    own = make_story(headline="Own")

    def listed(length: int) -> list[str]:
        for module in (sitemaps, cache_keys):
            monkeypatch.setattr(module, "BLOCK_LENGTH", length)
        return texts(read(client, "/sitemap.xml"), "//s:loc")

    assert f"{SITE}/sitemap-pages-{own.pk}.xml" in listed(1)
    assert f"{SITE}/sitemap-pages-{theirs.pk}.xml" not in listed(1)
    assert f"{SITE}/sitemap-pages-1.xml" in listed(theirs.pk)  # of which it is the first page, and not the only one


def test_the_index_reads_one_index_and_no_row() -> None:
    ids = load_batch([StoryRecord(headline="One", slug="one", published_at=NOW, body=[])])

    sitemaps._pages()  # Django knows the kinds of pages from then on
    with CaptureQueriesContext(connection) as captured:
        sitemaps._last_changes(*[ids[0] // cache_keys.BLOCK_LENGTH] * 2)

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
            assert "USING COVERING INDEX page_changed_by_number" in str(cursor.fetchall())


@pytest.mark.parametrize(
    "name", ["pages-7", "pages-00", "sections-0", "sections-1", "topics-0", "contributors-3", "nonsense-0"]
)
def test_there_is_no_empty_sitemap(client: Client, name: str) -> None:
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_the_news_are_those_of_two_days_without_what_is_sponsored(client: Client, time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    new = make_story(headline="New & <bold>", slug="new", published_at=NOW - dt.timedelta(hours=47), language="he")
    make_story(headline="Old", published_at=NOW - dt.timedelta(hours=49))
    make_story(headline="Paid", work_type=WorkType.SPONSORED)
    make_story(headline="Theirs", canonical_url="https://elsewhere.example/story")

    tree = read(client, "/news-sitemap.xml")

    assert texts(tree, "//s:loc") == [f"{SITE}{new.url}"]
    assert texts(tree, "//news:title") == ["New & <bold>"]
    assert texts(tree, "//news:language") == ["he"]
    assert texts(tree, "//news:publication_date") == ["2026-02-27T13:00:00+00:00"]
    assert texts(tree, "//news:name") == ["Broadsheet"]


def test_the_news_hold_until_the_oldest_of_them_is_two_days_old(client: Client, time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    make_story(headline="New", published_at=NOW - dt.timedelta(hours=1))
    make_story(headline="Older", published_at=NOW - dt.timedelta(hours=40))

    with rendering.recorded_rendering() as read_so_far:
        client.get("/news-sitemap.xml")

    assert read_so_far.renew_at == NOW + dt.timedelta(hours=8)
    assert not read_so_far.personal - {"session"}
    time_machine.move_to(NOW + dt.timedelta(hours=8), tick=False)
    assert texts(read(client, "/news-sitemap.xml"), "//news:title") == ["New"]


def test_no_more_news_than_may_stand_there(client: Client, time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)
    load_batch(
        [
            StoryRecord(headline=f"S{n}", slug=f"s-{n}", published_at=NOW - dt.timedelta(seconds=n), body=[])
            for n in range(MOST_STORIES + 1)
        ]
    )

    titles = texts(read(client, "/news-sitemap.xml"), "//news:title")

    assert (len(titles), titles[0], titles[-1]) == (MOST_STORIES, "S0", f"S{MOST_STORIES - 1}")


@pytest.mark.one_database
def test_sitemaps_are_what_their_schema_says(client: Client, fixtures_dir: Path) -> None:
    SectionFactory(), TopicFactory(), ContributorFactory()
    publish("One.", lead_photo=PhotoFactory())
    schema = etree.XMLSchema(etree.parse(fixtures_dir / "schemas/sitemap/sitemap-protocol-all.xsd"))
    index = read(client, "/sitemap.xml")

    assert [element.tag for element in index] == [f"{{{NAMES['s']}}}sitemap"] * 4  # the schema knows files alone
    for file in texts(index, "//s:loc"):
        tree = read(client, file.removeprefix(SITE))
        for foreign in tree.xpath("//image:image", namespaces=NAMES):
            foreign.getparent().remove(foreign)  # the schema knows no extension, and lets none pass
        assert schema.validate(tree), schema.error_log
