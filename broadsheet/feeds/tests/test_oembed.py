"""Stories in the pages of others."""

from typing import Any
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.delivery.addresses import stored_name
from broadsheet.masthead.models import Masthead
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.recording import publish, take_down

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def story() -> Story:
    Masthead.objects.update_or_create(defaults={"name": "The Courier"})
    return make_story(
        headline="<b>Ferry</b> & tram",
        slug="ferry",
        standfirst="They are back.",
        by=[ContributorFactory(name="Ines Okafor", slug="ines")],
        lead_photo=PhotoFactory(),
    )


def asked(client: Client, story: Story, **more: str) -> Any:
    return client.get("/oembed/", {"url": f"{SITE}{story.url}", **more}, follow=True)


def test_a_page_says_where_its_document_is_and_that_is_whole(client: Client, story: Story) -> None:
    head = BeautifulSoup(client.get(story.url).content, "html.parser").head
    link = head.find("link", type="application/json+oembed")

    document = client.get(link["href"].removeprefix(SITE)).json()

    assert document["version"] == "1.0"
    assert document["type"] == "rich"
    assert (document["title"], document["author_name"]) == ("<b>Ferry</b> & tram", "Ines Okafor")
    assert (document["provider_name"], document["author_url"]) == ("The Courier", f"{SITE}/by/ines/")
    assert document["thumbnail_url"].startswith(f"{SITE}/media/r/")
    quotation = BeautifulSoup(document["html"], "html.parser")
    assert quotation.a["href"] == f"{SITE}{story.url}"
    assert quotation.a.get_text() == "<b>Ferry</b> & tram"
    assert quotation.find(["script", "iframe", "img"]) is None


def test_whoever_asks_for_an_address_is_led_to_the_storys_document(client: Client, story: Story) -> None:
    answer = asked(client, story, maxwidth="600")

    assert answer.redirect_chain == [(f"{story.url}oembed.json", 302)]
    assert answer.json()["width"] == 320
    assert stored_name("/oembed/", f"url={quote(story.url)}") is None


def test_addresses_of_every_script_are_known(client: Client) -> None:
    story = make_story(headline="Floods", slug="فيضانات")

    for path in (quote(unquote(story.url)), unquote(story.url)):
        answer = client.get("/oembed/", {"url": f"{SITE}{path}"}, follow=True)
        assert (answer.status_code, answer.json()["title"]) == (200, "Floods")


def test_whoever_has_less_room_gets_no_more_than_fits(client: Client, story: Story) -> None:
    document = asked(client, story, maxwidth="60", maxheight="100").json()

    assert (document["width"], document["height"]) == (60, 100)
    assert "thumbnail_url" not in document


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "", f"{SITE}/", f"{SITE}/newsroom/", f"{SITE}/2016/", "http://["]
)
def test_only_stories_of_the_paper_can_be_embedded(client: Client, url: str) -> None:
    assert client.get("/oembed/", {"url": url}).status_code == 404


def test_only_json_is_spoken(client: Client, story: Story) -> None:
    assert asked(client, story, format="xml").status_code == 501


def test_nothing_is_embedded_of_what_was_taken_down(client: Client) -> None:
    story = publish("One.", headline="He is a thief")
    take_down(story, "It is gone.")

    for room in ({}, {"maxwidth": "100"}):
        answer = asked(client, story, **room)
        assert answer.status_code == 410
        assert "thief" not in answer.content.decode()
