"""Feeds as programs of others read them: feedparser, the RELAX NG of RFC 4287, the JSON Feed schema."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.test import Client
from jsonschema import Draft4Validator
from lxml import etree
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.delivery.render_page import Renderer
from broadsheet.feeds.channel import LENGTH
from broadsheet.masthead.models import Masthead
from broadsheet.pages.models import WorkType
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import ChangeClass, Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.long_story import make_long_story
from broadsheet.stories.tests.recording import change, editor, paragraphs, publish, take_down
from broadsheet.topics.models import TopicRedirect
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
FORMATS = ["", "atom/", "json/"]


def parsed(client: Client, address: str = "/feed/") -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, address
    found = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not found.bozo, found.get("bozo_exception")
    return found


def hrefs(html: str) -> set[str]:
    tree: Any = etree.HTML(html)
    return {*tree.xpath("//@href"), *tree.xpath("//@src"), *tree.xpath("//@cite")}


@pytest.mark.parametrize("form", ["", "atom/"])
def test_a_story_comes_whole_with_its_people_subjects_and_pictures(client: Client, form: str) -> None:
    story = make_long_story()

    feed = parsed(client, f"/feed/{form}")

    entry = next(entry for entry in feed.entries if entry.title == story.title)
    assert entry.link == f"{SITE}{story.url}"
    assert entry.id == f"urn:uuid:{story.translation_key}"
    assert [author["name"] for author in entry.authors][:2] == ["Ada Reyes", "Ben Okoro"]
    assert {tag.term for tag in entry.tags} == {"World", "Mosul"}
    html = entry.content[0].value
    assert "WASHINGTON" in html
    assert "The meadows are a lake." in html
    assert "Sandbags at the fish market." in html
    picture = entry.media_content[0]
    assert picture["url"].startswith(f"{SITE}/media/r/")
    assert picture["type"] == "image/jpeg"
    assert entry.media_credit[0]["content"] == "AFP PHOTO/AHMAD AL-RUBAYE"
    assert entry.published_parsed[:5] == (2016, 10, 19, 18, 5)


def test_the_whole_text_has_whole_addresses_and_nothing_that_runs_or_asks_a_third_party(client: Client) -> None:
    make_long_story()

    html = parsed(client).entries[0].content[0].value

    assert {
        address for address in hrefs(html) if not address.startswith(("http://127.0.0.1:8000/", "https://"))
    } == set()
    assert "https://www.youtube.com/watch?v=abcdefghijk" in hrefs(html)
    for foreign in ("<script", "<iframe", "class=", "data-", "srcset", "<source", "style="):
        assert foreign not in html


def test_html_of_an_archive_cannot_run_on_the_pages_of_others(client: Client) -> None:
    hostile = (
        '<p onclick="x()">Hi <a href="javascript:x()">there</a></p><script>x()</script><img src=/a.png onerror=x()>'
    )
    make_story(headline="Hostile <b>& bold</b>", body=[("html", hostile)])

    entry = parsed(client).entries[0]

    assert entry.content[0].value == f'<div><p>Hi <a>there</a></p><img src="{SITE}/a.png" /></div>'
    raw = client.get("/feed/").content.decode()
    assert "Hostile &lt;b&gt;&amp; bold&lt;/b&gt;" in raw
    assert "onclick" not in raw
    assert "javascript:" not in raw


def test_characters_that_no_xml_may_hold_are_left_out(client: Client) -> None:
    make_story(headline="Bell\x07 rings", slug="bell", body=[("html", "<p>One\x0bTwo</p>")])

    for form in FORMATS:
        entry = parsed(client, f"/feed/{form}").entries[0] if form != "json/" else None
        if entry is not None:
            assert entry.title == "Bell rings"
            assert "OneTwo" in entry.content[0].value
        else:
            assert json.loads(client.get("/feed/json/").content)["items"][0]["title"] == "Bell rings"


@pytest.mark.parametrize("form", FORMATS)
def test_every_section_topic_and_contributor_has_a_feed_of_its_own(client: Client, form: str) -> None:
    section, topic, person = SectionFactory(name="City"), TopicFactory(name="Ferries"), ContributorFactory(name="Ines")
    make_story(headline="Theirs", section=section, topics=[topic], by=[person])
    make_story(headline="Another")

    for place in (section, topic, person):
        answer = client.get(f"{place.get_absolute_url()}feed/{form}")
        assert b"Theirs" in answer.content
        assert b"Another" not in answer.content
        assert f"{place.name} — Broadsheet" in answer.content.decode()


@pytest.mark.parametrize("form", FORMATS)
def test_addresses_of_every_script_have_feeds(client: Client, form: str) -> None:
    topic = TopicFactory.create(name="فيضانات", slug="فيضانات")
    make_story(headline="Theirs", topics=[topic])

    answer = client.get(f"/topic/{topic.slug}/feed/{form}")

    assert (answer.status_code, b"Theirs" in answer.content) == (200, True)


@pytest.mark.parametrize("path", ["feed/", "feed/atom/", "?before=2026-01-01.5", ""])
def test_what_shows_the_description_of_a_topic_hears_of_another_one(path: str) -> None:
    topic = TopicFactory.create()
    make_story(topics=[topic])
    keys = Renderer().render(f"{topic.get_absolute_url()}{path}").keys

    topic.description = "<p>It rises.</p>"
    topic.save()

    assert set(Change.objects.latest("seq").keys) & keys


def test_a_merged_or_renamed_topic_leads_to_its_feed_of_now(client: Client) -> None:
    topic = TopicFactory.create(slug="ferries")
    TopicRedirect.objects.create(old_slug="boats", topic=topic)
    merged = TopicFactory(slug="ships", merged_into=topic)

    for slug in ("boats", merged.slug):
        answer = client.get(f"/topic/{slug}/feed/atom/")
        assert (answer.status_code, answer["Location"]) == (301, "/topic/ferries/feed/atom/")


@pytest.mark.parametrize("address", ["/feed/rss/", "/feed/nonsense/", "/section/none/feed/", "/by/none/feed/atom/"])
def test_no_other_address_is_a_feed(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_newest_are_in_it_and_no_more(client: Client) -> None:
    for number in range(LENGTH + 2):
        make_story(headline=f"Story {number}", published_at=dt.datetime(2026, 1, 1 + number, tzinfo=dt.UTC))

    titles = [entry.title for entry in parsed(client).entries]

    assert titles == [f"Story {number}" for number in range(LENGTH + 1, 1, -1)]


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_is_the_same_until_something_changes(client: Client, form: str, time_machine: Any) -> None:
    address = f"/feed/{form}"
    time_machine.move_to(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), tick=False)
    empty = client.get(address).content
    time_machine.move_to(dt.datetime(2026, 1, 2, tzinfo=dt.UTC), tick=False)
    assert client.get(address).content == empty
    make_story()
    first = client.get(address).content
    time_machine.move_to(dt.datetime(2026, 1, 3, tzinfo=dt.UTC), tick=False)

    assert client.get(address).content == first


def test_a_correction_stands_in_the_entry_and_moves_its_time_but_not_its_place(client: Client) -> None:
    story = publish("It was five.")
    before = parsed(client, "/feed/atom/").entries[0]
    change(story, ChangeClass.CORRECTION, hours=30, note="It was six.", body=paragraphs("It was six."))

    after = parsed(client, "/feed/atom/").entries[0]

    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated == "2016-10-20T15:00:00+00:00"
    assert "<strong>Correction</strong>: It was six." in after.content[0].value


def test_what_is_taken_down_or_unpublished_leaves_the_feed(client: Client) -> None:
    gone, away = publish("One.", headline="Gone"), publish("Two.", headline="Away")
    take_down(gone, "It is gone.")
    unpublish_story(story=Story.objects.get(pk=away.pk), user=editor())

    for form in FORMATS:
        content = client.get(f"/feed/{form}").content
        assert b"Gone" not in content
        assert b"Away" not in content


def test_a_photo_whose_rights_have_ended_is_in_no_feed(client: Client) -> None:
    photo = PhotoFactory(rights_expire_on=dt.date(2020, 1, 1))
    make_story(lead_photo=photo, body=[("photo", {"photo": photo, "caption": "", "width": "text"})])

    for form in FORMATS:
        assert b"/media/r/" not in client.get(f"/feed/{form}").content


def test_what_is_sponsored_says_so_first(client: Client) -> None:
    make_story(work_type=WorkType.SPONSORED, body=[("html", "<p>Buy.</p>")])

    entry = parsed(client).entries[0]

    assert entry.content[0].value.startswith("<p><strong>Sponsored: paid for by an advertiser")
    assert "Sponsored" in {tag.term for tag in entry.tags}


def test_pages_say_where_their_feeds_are(client: Client) -> None:
    section = SectionFactory(name="City", slug="city")
    Masthead.objects.create(name="The Courier")

    front, city = (etree.HTML(client.get(address).content) for address in ("/", section.get_absolute_url()))

    types = ["application/rss+xml", "application/atom+xml", "application/feed+json"]
    assert [(link.get("href"), link.get("type")) for link in front.xpath("//link[@rel='alternate']")] == list(
        zip(["/feed/", "/feed/atom/", "/feed/json/"], types, strict=True)
    )
    found = [link.get("href") for link in city.xpath("//link[@rel='alternate']")]
    assert found == ["/feed/", *(f"/section/city/feed/{form}" for form in FORMATS)]


def feeds_of_everything(client: Client, form: str) -> list[bytes]:
    empty = client.get(f"/feed/{form}").content
    story = make_long_story()
    make_story(headline="המעבורת חוזרת", slug="maaboret", language="he")
    section = story.section.get_absolute_url()
    return [empty, client.get(f"/feed/{form}").content, client.get(f"{section}feed/{form}").content]


@pytest.mark.one_database
def test_atom_is_what_rfc_4287_says(client: Client, fixtures_dir: Path) -> None:
    schema = etree.RelaxNG(etree.parse(fixtures_dir / "schemas/atom/atom-rfc4287.rng"))

    for content in feeds_of_everything(client, "atom/"):
        assert schema.validate(etree.fromstring(content)), schema.error_log


@pytest.mark.one_database
def test_json_feed_is_what_its_schema_says(client: Client, fixtures_dir: Path) -> None:
    folder = fixtures_dir / "schemas/jsonfeed"
    older = Resource.from_contents(json.loads((folder / "feed-1.json").read_text()), default_specification=DRAFT4)
    registry: Registry = Registry().with_resource("https://json.schemastore.org/feed-1", older)
    validator = Draft4Validator(json.loads((folder / "feed.json").read_text()), registry=registry)

    for content in feeds_of_everything(client, "json/"):
        assert [error.message for error in validator.iter_errors(json.loads(content))] == []
