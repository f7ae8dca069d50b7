"""What readers are told of the paper's mistakes: at the story, on the page of corrections, in its feed, by machines."""

import datetime as dt
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client

from broadsheet.stories.models import AmendmentKind, ChangeClass, PublishedVersion, Source, Story
from broadsheet.stories.record_selectors import NOTES_LENGTH, noted_versions
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.recording import (
    amend,
    at_hour,
    bring_back,
    change,
    newest,
    paragraphs,
    publish,
    take_down,
    take_off,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def words(element: Any) -> str:
    return re.sub(r"\s+", " ", element.get_text()).strip()


def article(page: Any) -> dict[str, Any]:
    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    found: dict[str, Any] = graph[0]
    return found


def corrected(headline: str = "Ferry returns", *, hours: int = 1, note: str = "It was six.", **fields: Any) -> Story:
    story = publish("It was five.", headline=headline)
    change(story, ChangeClass.CORRECTION, hours=hours, note=note, body=paragraphs("It was six."), **fields)
    return Story.objects.get(pk=story.pk)


def test_a_correction_stands_at_the_storys_foot(client: Client) -> None:
    page = read(client, corrected().url)

    assert page.select(".notes--head") == []
    assert words(page.select_one(".notes--foot .note")) == "Correction Oct. 19, 2016 It was six."


def test_a_serious_correction_stands_at_the_head(client: Client) -> None:
    page = read(client, corrected(is_serious=True).url)

    assert page.select(".notes--foot") == []
    assert words(page.select_one(".story__head .note")) == "Correction Oct. 19, 2016 It was six."


def test_a_retraction_is_at_the_head_and_the_text_can_still_be_read(client: Client) -> None:
    story = publish("A whale was seen.")
    change(story, ChangeClass.RETRACTION, hours=1, note="There was no whale.")

    page = read(client, story.url)

    banner = words(page.select_one(".story__head .note--retraction"))
    assert "We no longer stand by this story." in banner
    assert "There was no whale." in banner
    assert "A whale was seen." in words(page.select_one(".story__text"))


def test_machines_are_told_of_every_correction(client: Client) -> None:
    told = article(read(client, corrected().url))

    assert told["correction"] == [
        {"@type": "CorrectionComment", "text": "It was six.", "datePublished": "2016-10-19T10:00:00+00:00"}
    ]


def test_a_withdrawn_note_is_a_tombstone_at_the_story_and_for_machines(client: Client) -> None:
    story = corrected(note="It was seven.")
    amend(newest(story), AmendmentKind.NOTE_WITHDRAWN, "It was six after all.")

    page = read(client, story.url)

    assert "This note was withdrawn" in words(page.select_one(".note"))
    assert "It was six after all." in words(page.select_one(".note"))
    assert article(page)["correction"][0]["text"] == "This note was withdrawn. It was six after all."
    assert "seven" not in str(page)


def times(page: Any) -> list[str]:
    return [words(line).replace(" ,", ",") for line in page.select(".times p")]


def test_a_story_that_never_changed_says_nothing_of_changes(client: Client) -> None:
    page = read(client, publish("One.").url)

    assert page.select(".times a") == []
    assert "Updated" not in page.main.get_text()


def test_an_update_moves_the_time_and_a_typo_does_not(client: Client) -> None:
    story = publish("One.")
    change(story, ChangeClass.UPDATE, hours=2, body=paragraphs("Two."))
    change(story, ChangeClass.TYPO, hours=5, body=paragraphs("Two!"))

    page = read(client, story.url)

    assert times(page) == ["Published Oct. 19, 2016, 9 a.m. UTC", "Updated Oct. 19, 2016, 11 a.m. UTC · 2 changes"]
    assert page.select_one(".times a")["href"] == f"{story.url}changes/"
    assert article(page)["dateModified"] == "2016-10-19T11:00:00+00:00"
    assert page.find("meta", property="article:modified_time")["content"] == "2016-10-19T11:00:00+00:00"


def test_typos_alone_are_counted_and_leave_the_time(client: Client) -> None:
    story = publish("One.")
    change(story, ChangeClass.TYPO, hours=5, body=paragraphs("One!"))

    page = read(client, story.url)

    assert times(page) == ["Oct. 19, 2016, 9 a.m. UTC", "1 change"]
    assert article(page)["dateModified"] == "2016-10-19T09:00:00+00:00"


def test_an_imported_story_keeps_the_time_its_archive_gave_until_it_is_updated_here(client: Client) -> None:
    of_old = dt.datetime(2016, 10, 19, 10, 30, tzinfo=dt.UTC)
    story = publish("One.", updated_at=of_old)
    change(story, ChangeClass.UPDATE, hours=30, source=Source.IMPORT, body=paragraphs("Two."))

    imported = article(read(client, story.url))["dateModified"]
    change(story, ChangeClass.UPDATE, hours=40, body=paragraphs("Three."))
    updated = article(read(client, story.url))["dateModified"]

    assert imported == "2016-10-19T10:30:00+00:00"
    assert updated == "2016-10-21T01:00:00+00:00"


def test_a_paper_without_mistakes_says_what_will_stand_here(client: Client) -> None:
    page = read(client, "/corrections/")

    assert "Nothing has been corrected yet." in words(page.main)


def test_every_correction_of_the_paper_is_listed_newest_first(client: Client) -> None:
    first = corrected("Ferry returns", hours=1)
    second = corrected("Tram stops", hours=2, note="It was Line 2.")
    change(first, ChangeClass.TYPO, hours=9, body=paragraphs("It was six!"))

    page = read(client, "/corrections/")

    assert [words(entry.h2) for entry in page.select(".correction")] == ["Tram stops", "Ferry returns"]
    assert page.select_one(".correction h2 a")["href"] == second.url
    assert page.select_one(".correction__more a")["href"] == f"{second.url}changes/2/"
    assert "It was Line 2." in words(page.select_one(".correction"))
    assert client.get("/corrections/")["Content-Type"].startswith("text/html")


def test_older_corrections_are_a_page_further(client: Client) -> None:
    story = publish("One.")
    first = newest(story)
    for number in range(2, NOTES_LENGTH + 4):
        PublishedVersion(
            kind="story",
            object_id=story.pk,
            number=number,
            change_class=ChangeClass.CORRECTION,
            note=f"Note {number}.",
            content=first.content,
            at=at_hour(5),
        ).save(force_insert=True)

    newest_page = read(client, "/corrections/")
    older = read(client, f"/corrections/{newest_page.select_one('.pager a[rel=next]')['href']}")

    listed = [
        words(entry) for page in (newest_page, older) for entry in page.select(".correction__words > p:first-of-type")
    ]
    assert listed == [f"Note {number}." for number in range(NOTES_LENGTH + 3, 1, -1)]
    assert client.get("/corrections/?before=nonsense").status_code == 404


def test_a_note_to_an_unpublished_story_stays_without_a_link(client: Client) -> None:
    story = corrected()
    take_off(story, hours=3)

    entry = read(client, "/corrections/").select_one(".correction")
    feed = client.get("/corrections/feed/").content.decode()

    assert words(entry.h2) == "Ferry returns"
    assert entry.find_all("a") == []
    assert "It was six." in words(entry)
    assert story.url not in feed
    for below in ("", "changes/", "changes.json"):
        assert client.get(f"{story.url}{below}").status_code == 404

    bring_back(story, hours=4)

    assert read(client, "/corrections/").select_one(".correction h2 a")["href"] == story.url


def test_the_headline_of_withheld_words_is_not_shown_either(client: Client) -> None:
    story = corrected("He is a thief")
    amend(newest(story), AmendmentKind.WORDS_WITHHELD, "By order of a court.")
    take_off(story, hours=3)

    assert "thief" not in client.get("/corrections/").content.decode()
    assert "thief" not in client.get("/corrections/feed/").content.decode()


def test_the_feed_of_corrections_says_the_same(client: Client) -> None:
    story = corrected(hours=2)
    version = newest(story)
    amend(version, AmendmentKind.NOTE_WITHDRAWN, "It was five after all.")

    response = client.get("/corrections/feed/", headers={"host": "localhost"})

    feed = ElementTree.fromstring(response.content)
    entry = feed.find(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert entry.findtext(f"{ATOM}title") == "Correction: Ferry returns"
    assert entry.findtext(f"{ATOM}id") == f"http://127.0.0.1:8000/corrections/#note-{version.pk}"
    assert entry.find(f"{ATOM}link").get("href") == f"http://127.0.0.1:8000{story.url}changes/2/"
    assert entry.findtext(f"{ATOM}published") == "2016-10-19T11:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") > "2016-10-19T11:00:00+00:00"
    assert "It was five after all." in entry.findtext(f"{ATOM}summary")
    assert "It was six" not in response.content.decode()
    assert "localhost" not in response.content.decode()


def test_every_page_leads_to_the_corrections_and_they_to_their_feed(client: Client) -> None:
    for address in ("/", "/nothing/", make_story().url):
        foot = BeautifulSoup(client.get(address).content, "html.parser").footer
        assert foot.select_one('a[href="/corrections/"]') is not None

    link = read(client, "/corrections/").find("link", rel="alternate")
    assert (link["type"], link["href"]) == ("application/atom+xml", "http://127.0.0.1:8000/corrections/feed/")


def test_the_address_of_a_story_that_was_taken_down_says_so_and_nothing_of_it(client: Client) -> None:
    story = corrected("He is a thief")
    take_down(story, "A court has ordered us to remove this article.")

    for below in ("", "changes/", "changes/1/", "changes/2/", "changes.json", "changes.atom"):
        gone = client.get(f"{story.url}{below}")
        assert gone.status_code == 410, below
        assert "A court has ordered us to remove this article." in gone.content.decode()
        assert "thief" not in gone.content.decode()
        assert "It was six" not in gone.content.decode()
        assert client.head(f"{story.url}{below}").status_code == 410


def test_the_notes_of_a_story_that_was_taken_down_are_gone_too(client: Client) -> None:
    story = corrected(note="He is not a thief.")
    takedown = take_down(story, "Gone.")

    assert "thief" not in client.get("/corrections/").content.decode()
    assert "thief" not in client.get("/corrections/feed/").content.decode()

    takedown.lifted_at = at_hour(50)
    takedown.save()

    assert "thief" in client.get("/corrections/").content.decode()


def test_the_notes_are_found_by_their_own_index_and_not_by_reading_the_whole_record() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # or it reads a table of no rows as it stands

    assert "published_version_noted" in noted_versions()[:5].explain()
