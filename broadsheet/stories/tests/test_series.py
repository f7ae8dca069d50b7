"""Series as readers see them: only what is published, with its number; and what makes which page old."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.models import Change
from broadsheet.delivery.render_page import Renderer
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.stories.keep_old_series_slug import keep_old_series_slug
from broadsheet.stories.models import SeriesPart, Story
from broadsheet.stories.tests.factories import make_series, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories() -> list[Story]:
    """Make three published stories, and a draft that comes third of the four."""
    made = [make_story(headline=name, live=name != "Draft") for name in ("One", "Two", "Draft", "Last")]
    for story in made:
        story.save_revision()
    return made


def page(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return BeautifulSoup(answer.content, "html.parser")


def numbered(soup: BeautifulSoup, listed: str) -> list[tuple[str, str]]:
    return [(str(one["value"]), one.get_text(" ", strip=True)) for one in soup.select(f"{listed} li")]


def touches(address: str) -> bool:
    """Whether the newest change makes the page at the address old; not by the mere key of all addresses."""
    newest = set(Change.objects.latest("seq").keys) - {"addresses"}
    return bool(newest & Renderer().render(address).keys)


def test_a_story_says_which_part_it_is_and_leads_to_its_neighbours(client: Client, stories: list[Story]) -> None:
    make_series(*stories)

    shown = page(client, stories[1].url)

    assert shown.select_one(".series-line").get_text(" ", strip=True) == "The river Part 2 of 3"
    assert shown.select_one("a[rel=prev]")["href"] == stories[0].url
    assert shown.select_one("a[rel=next]")["href"] == stories[3].url
    assert numbered(shown, ".series-parts") == [("1", "One"), ("2", "Two"), ("3", "Last")]
    assert shown.select_one(".series-parts [aria-current=page]").get_text() == "Two"
    assert "Draft" not in shown.get_text()


def test_unpublished_parts_count_only_where_readers_are_told_of_a_plan(client: Client, stories: list[Story]) -> None:
    series = make_series(*stories, planned_parts=5)

    last, whole = page(client, stories[3].url), page(client, series.get_absolute_url())

    assert last.select_one(".series-line span").get_text() == "Part 4 of 5"
    assert [number for number, _ in numbered(whole, ".parts")] == ["1", "2", "4"]
    assert "3 of 5 are published." in whole.get_text()
    assert "Draft" not in last.get_text() + whole.get_text()


def test_more_published_parts_than_planned_are_counted_as_they_are(client: Client, stories: list[Story]) -> None:
    make_series(*stories, planned_parts=1)

    assert page(client, stories[3].url).select_one(".series-line span").get_text() == "Part 4 of 4"


def test_a_series_of_which_nothing_is_published_is_not_there(client: Client, stories: list[Story]) -> None:
    series = make_series(stories[2], planned_parts=3)
    page_keys = Renderer().render(series.get_absolute_url()).keys

    assert client.get(series.get_absolute_url()).status_code == 404
    publish_story(story=stories[2], user=UserFactory.create())
    assert set(Change.objects.latest("seq").keys) & page_keys
    assert client.get(series.get_absolute_url()).status_code == 200


def test_a_part_that_is_published_or_taken_away_makes_its_sisters_old(client: Client, stories: list[Story]) -> None:
    series = make_series(*stories)
    others = [stories[0].url, stories[3].url, series.get_absolute_url()]

    publish_story(story=stories[2], user=UserFactory.create())

    assert all(touches(address) for address in others)
    assert page(client, stories[3].url).select_one(".series-line span").get_text() == "Part 4 of 4"
    unpublish_story(story=stories[0], user=UserFactory.create())
    assert touches(stories[3].url)
    assert page(client, stories[3].url).select_one(".series-line span").get_text() == "Part 3 of 3"


def test_a_story_hears_when_it_becomes_a_part_and_when_it_ceases_to_be_one(stories: list[Story]) -> None:
    series = make_series(stories[0])
    assert touches(stories[0].url)
    assert not touches(stories[1].url)

    series.parts = [SeriesPart(story=stories[1])]
    series.save()

    assert touches(stories[0].url)
    assert touches(stories[1].url)


def test_what_only_the_series_own_page_shows_makes_no_story_old(stories: list[Story]) -> None:
    series = make_series(*stories)
    series.description = "<p>It rises.</p>"

    series.save()

    assert touches(series.get_absolute_url())
    assert not touches(stories[0].url)


def test_a_draft_is_previewed_in_its_series(stories: list[Story]) -> None:
    make_series(*stories)
    draft = Story.objects.get(pk=stories[2].pk).get_latest_revision_as_object()

    shown = draft.make_preview_request().content.decode()

    assert "Part 3 of 4" in shown


def test_a_changed_address_of_a_series_keeps_the_old_one(client: Client, stories: list[Story]) -> None:
    series = make_series(*stories)
    series.slug = "a-river"
    series.save()

    keep_old_series_slug(series=series, old_slug="the-river")

    assert client.get("/series/the-river/")["Location"] == "/series/a-river/"


def test_structured_data_say_of_what_a_story_is_a_part(client: Client, stories: list[Story]) -> None:
    make_series(*stories)

    assert '"isPartOf": {"@type": "CreativeWorkSeries"' in client.get(stories[1].url).content.decode().replace(
        '":{', '": {'
    ).replace('":"', '": "')
