"""What readers find of a story's record: the page of its changes, its versions, JSON and Atom."""

import datetime as dt
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.record_unrecorded import record_unrecorded
from broadsheet.stories.models import AmendmentKind, ChangeClass, PublishedVersion, Source, Story
from broadsheet.stories.record_selectors import VERSIONS_LENGTH
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.recording import (
    SECRET_NAME,
    amend,
    bring_back,
    change,
    newest,
    paragraphs,
    publish,
    take_off,
)
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def words(element: Any) -> str:
    return re.sub(r"\s+", " ", element.get_text()).replace(" ]", "]").strip()


def headings(page: Any) -> list[str]:
    return [words(heading) for heading in page.select(".version__heading")]


def corrected_story() -> Story:
    story = publish("It opened 24 years ago.", "The river rose.", headline="Ferry returns", slug="ferry-returns")
    change(story, ChangeClass.TYPO, hours=1, title="Ferry returns to Eastmere")
    body = paragraphs("It opened 22 years ago.", "The river rose.")
    change(story, ChangeClass.CORRECTION, hours=2, note="The barrier opened 22 years ago, not 24.", body=body)
    return Story.objects.get(pk=story.pk)


def test_the_changes_of_a_story_are_listed_newest_first_with_class_note_and_words(client: Client) -> None:
    story = corrected_story()

    page = read(client, f"{story.url}changes/")

    assert headings(page) == ["Correction", "Typo", "First published"]
    newest_entry, typo, first = page.select(".version")
    assert "The barrier opened 22 years ago, not 24." in words(newest_entry)
    assert words(newest_entry.select_one(".field--body .passage")) == "It opened [removed: 24] [added: 22] years ago."
    assert "The river rose" not in words(newest_entry)
    assert words(typo.select_one(".field--headline .passage")) == "Ferry returns [added: to Eastmere]"
    assert first.select(".passage") == []


def test_words_that_went_and_came_are_elements_of_their_own_and_said_aloud(client: Client) -> None:
    entry = read(client, f"{corrected_story().url}changes/").select_one(".version")

    assert [words(mark) for mark in entry.find_all(["del", "ins"])] == ["[removed: 24]", "[added: 22]"]
    assert entry.select_one("del .visually-hidden") is not None


def test_nobody_learns_who_pressed_the_button(client: Client) -> None:
    story = corrected_story()
    amend(newest(story), AmendmentKind.NOTE_WITHDRAWN, "It was we who were right.")

    for below in ("", "changes/", "changes/3/", "changes.json", "changes.atom"):
        assert SECRET_NAME not in client.get(f"{story.url}{below}").content.decode()
    assert PublishedVersion.objects.filter(by_name=SECRET_NAME).count() == 3


def test_a_version_keeps_its_address_and_shows_all_its_words_with_what_changed(client: Client) -> None:
    story = corrected_story()

    page = read(client, f"{story.url}changes/3/")
    first = read(client, f"{story.url}changes/1/")

    assert [words(passage) for passage in page.select(".field--body .passage")] == [
        "It opened [removed: 24] [added: 22] years ago.",
        "The river rose.",
    ]
    assert words(first.select_one(".field--body .passage")) == "It opened 24 years ago."
    assert first.select(".version ins, .version del") == []
    assert words(page.h1) == "Version 3 of 3"


@pytest.mark.parametrize("below", ["changes/0/", "changes/4/", "changes/999999999999999999999/", "changes/x/"])
def test_a_version_that_never_was_is_not_found(client: Client, below: str) -> None:
    assert client.get(f"{corrected_story().url}{below}").status_code == 404


@pytest.mark.parametrize("before", ["0", "1", "x", "-3", "1e3", "٣", "99999999999999999999"])
def test_a_page_of_the_list_that_never_was_is_not_found(client: Client, before: str) -> None:
    assert client.get(f"{corrected_story().url}changes/?before={before}").status_code == 404


def test_a_story_without_a_record_has_no_page_of_changes(client: Client) -> None:
    story = make_story()

    for below in ("changes/", "changes.json", "changes.atom", "changes/1/"):
        assert client.get(f"{story.url}{below}").status_code == 404


def test_hundreds_of_versions_are_read_page_by_page_and_each_is_compared(client: Client) -> None:
    story = publish("Minute 0.")
    first = newest(story)
    for number in range(2, 2 * VERSIONS_LENGTH + 3):
        content = first.content | {"body": paragraphs(f"Minute {number}.")}
        PublishedVersion(
            kind="story",
            object_id=story.pk,
            number=number,
            change_class=ChangeClass.UPDATE,
            content=content,
            at=first.at + dt.timedelta(minutes=number),
        ).save(force_insert=True)

    address: Any = f"{story.url}changes/"
    seen: Any = []
    while address:
        page = read(client, address)
        seen += [words(link) for link in page.select(".version__when a")]
        last = page.select(".version")[-1]
        older = page.select_one(".pager a[rel=next]")
        assert bool(last.select("ins")) == bool(older)
        address = f"{story.url}changes/{older['href']}" if older else None

    assert seen == [f"Version {number}" for number in range(2 * VERSIONS_LENGTH + 2, 0, -1)]


def test_what_was_taken_off_and_came_back_is_said(client: Client) -> None:
    story = publish("It opened 24 years ago.")
    take_off(story, hours=1)
    draft = story.get_latest_revision_as_object()
    draft.body = paragraphs("It opened 22 years ago.")
    draft.save_revision()
    bring_back(story, hours=2)

    page = read(client, f"{story.url}changes/")

    assert headings(page) == ["Back on the site", "Taken off the site", "First published"]
    assert "readers no longer found the story" in words(page.select(".version")[1])
    assert words(page.select_one(".version .passage")) == "It opened [removed: 24] [added: 22] years ago."


@pytest.mark.parametrize("source", [Source.OUTSIDE, Source.PROGRAM, Source.IMPORT])
def test_a_change_that_nobody_explained_says_so(client: Client, source: Source) -> None:
    story = publish("It opened 24 years ago.")
    change(story, ChangeClass.UPDATE, hours=1, source=source, body=paragraphs("It opened 22 years ago."))

    page = read(client, f"{story.url}changes/")
    data = client.get(f"{story.url}changes.json").json()

    assert headings(page)[0] == "Changed"
    assert "Nobody gave a reason for this change." in words(page.select_one(".version"))
    assert data["versions"][0]["reason_given"] is False


def test_a_note_that_was_withdrawn_leaves_its_reason_everywhere(client: Client) -> None:
    story = corrected_story()
    amend(newest(story), AmendmentKind.NOTE_WITHDRAWN, "It was the leaflet that was wrong.")

    for below in ("", "changes/", "changes/3/", "changes.json", "changes.atom"):
        text = client.get(f"{story.url}{below}").content.decode()
        assert "The barrier opened 22 years ago, not 24." not in text, below
        assert "It was the leaflet that was wrong." in text, below


def test_words_that_are_withheld_are_shown_nowhere_and_neither_is_what_they_became(client: Client) -> None:
    story = publish("He was called a thief.", "It rained.")
    libel = newest(story)
    change(story, ChangeClass.UPDATE, hours=1, body=paragraphs("He was called a liar.", "It rained."))
    change(story, ChangeClass.UPDATE, hours=2, body=paragraphs("He was there.", "It rained."))
    amend(libel, AmendmentKind.WORDS_WITHHELD, "By order of a court.")
    amend(PublishedVersion.objects.get(number=2, object_id=story.pk), AmendmentKind.WORDS_WITHHELD, "By order.")

    texts = {
        below: client.get(f"{story.url}{below}").content.decode()
        for below in ("changes/", "changes/1/", "changes/2/", "changes/3/", "changes.json", "changes.atom")
    }

    assert not {below for below, text in texts.items() if "thief" in text or "liar" in text}
    assert "By order of a court." in texts["changes/"]
    assert "By order of a court." in texts["changes.json"]
    assert "By order of a court." in texts["changes/1/"]
    assert "He was there." in texts["changes/3/"]
    assert "The words of version 2 are withheld" in texts["changes/3/"]


def test_the_changes_as_data_say_what_the_page_says(client: Client) -> None:
    story = corrected_story()

    response = client.get(f"{story.url}changes.json")

    data = json.loads(response.content)
    assert response["X-Robots-Tag"] == "noindex"
    assert (data["headline"], data["older"]) == ("Ferry returns to Eastmere", None)
    correction = data["versions"][0]
    assert (correction["number"], correction["class"]) == (3, "correction")
    assert correction["url"] == f"http://127.0.0.1:8000{story.url}changes/3/"
    assert correction["note"] == {"text": "The barrier opened 22 years ago, not 24.", "at_the_head": False}
    assert correction["text"]["body"] == ["It opened 22 years ago.", "The river rose."]
    (passage,) = correction["changes"][0]["passages"]
    assert passage["runs"] == [
        {"fate": "kept", "text": "It opened"},
        {"fate": "removed", "text": "24"},
        {"fate": "added", "text": "22"},
        {"fate": "kept", "text": "years ago."},
    ]


def test_the_changes_as_a_feed_have_whole_addresses_whoever_asks(client: Client) -> None:
    story = corrected_story()

    response = client.get(f"{story.url}changes.atom", headers={"host": "localhost"})

    feed = ElementTree.fromstring(response.content)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")] == [
        "Correction (version 3)",
        "Typo (version 2)",
        "First published (version 1)",
    ]
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href") == f"http://127.0.0.1:8000{story.url}changes/3/"
    assert "localhost" not in response.content.decode()
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert "<del>" in feed.findtext(f"{ATOM}entry/{ATOM}summary")


def test_people_and_topics_have_the_names_they_had_then(client: Client) -> None:
    person: Any = ContributorFactory(name="Ada Reyes")
    topic: Any = TopicFactory(name="Ferries")
    story = publish("One.", by=[person], topics=[topic])
    person.name, topic.name = "Ada Reyes-Smith", "Boats"
    person.save()
    topic.save()

    text = words(read(client, f"{story.url}changes/1/").select_one(".version"))

    assert "By Ada Reyes" in text
    assert "Smith" not in text
    assert "Ferries" in text


def test_a_storys_changes_are_not_for_search_engines(client: Client) -> None:
    page = read(client, f"{corrected_story().url}changes/")

    assert page.find("meta", {"name": "robots"})["content"] == "noindex, follow"
    assert page.find("link", {"rel": "alternate"})["href"].endswith("/changes.atom")


def test_the_record_speaks_the_storys_language(client: Client) -> None:
    story = publish("النهر يرتفع.", headline="النهر", slug="river", language="ar", by=[ContributorFactory(name="آدا")])
    change(story, ChangeClass.CORRECTION, hours=1, note="ارتفع البحر.", body=paragraphs("البحر يرتفع."))

    page = read(client, f"{story.url}changes/")
    feed = client.get(f"{story.url}changes.atom").content.decode()

    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert headings(page)[0] == "تصحيح"
    assert "بقلم آدا" in read(client, f"{story.url}changes/1/").main.get_text()
    assert "تصحيح" in feed


def test_hostile_words_in_the_record_stay_text(client: Client) -> None:
    story = publish("One.", headline="Plain")
    naughty = "<script>alert(1)</script>"
    change(story, ChangeClass.CORRECTION, hours=1, note=naughty, title=naughty, standfirst=naughty)

    for below in ("", "changes/", "changes/2/", "changes.atom"):
        assert "<script>alert" not in client.get(f"{story.url}{below}").content.decode()
    assert "<script>alert" not in client.get("/corrections/").content.decode()


def test_the_words_of_photos_are_told_apart_and_compared(client: Client) -> None:
    lead, other = PhotoFactory.create(credit="AFP"), PhotoFactory.create(caption="A crane.", alt_text="Steel.")
    story = publish("It opened.", lead_photo=lead)
    block = {"type": "photo", "value": {"photo": other.pk, "caption": "", "width": "text"}, "id": "photo"}
    change(story, ChangeClass.UPDATE, hours=1, body=[*paragraphs("It opened."), block])
    for photo, fields in (
        (lead, {"credit": "AFP PHOTO", "caption": "The morning ferry leaves Eastmere."}),
        (other, {"alt_text": "Iron."}),
    ):
        Photo.objects.filter(pk=photo.pk).update(**fields)
        record_unrecorded()

    second, first = read(client, f"{story.url}changes/").select(".version")[:2]

    def told(entry: Any) -> dict[str, str]:
        return {
            words(field.select_one("h3")): words(field.select_one(".field__words")) for field in entry.select(".field")
        }

    assert list(told(first)) == ["Caption of the lead photo", "Credit of the lead photo"]
    assert told(first)["Credit of the lead photo"] == "AFP [added: PHOTO]"
    assert "[added: morning]" in told(first)["Caption of the lead photo"]
    assert told(second) == {"Text": "Alternative text of the photo [removed: Steel.] [added: Iron.]"}
    data = client.get(f"{story.url}changes.json").json()["versions"][0]
    assert data["text"]["credit"] == ["AFP PHOTO"]
    assert data["text"]["body"] == ["It opened.", "A crane.", other.credit, "Iron."]


def test_a_photo_exchanged_in_the_text_is_said(client: Client) -> None:
    one, two = PhotoFactory.create(caption="A crane."), PhotoFactory.create(caption="A crane.")
    blocks = [{"type": "photo", "value": {"photo": photo.pk, "caption": ""}, "id": "photo"} for photo in (one, two)]
    story = publish("It opened.", hours=0)
    change(story, ChangeClass.UPDATE, hours=1, body=[blocks[0]])
    change(story, ChangeClass.UPDATE, hours=2, body=[blocks[1]])

    entry = read(client, f"{story.url}changes/").select_one(".version")

    assert "Also changed: photos in the text." in words(entry)
    assert "a picture changed" in words(entry)
