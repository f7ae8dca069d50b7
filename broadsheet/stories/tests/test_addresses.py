import datetime as dt

import pytest
import time_machine
from django.test import Client, override_settings

from broadsheet.stories.models import MonthPage, Story, YearPage
from broadsheet.stories.shelves import month_page
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


def test_a_storys_address_carries_the_day_it_was_published(client: Client) -> None:
    story = make_story(headline="Ferry returns", published_at=dt.datetime(2016, 10, 19, 9, tzinfo=dt.UTC))

    assert story.url == "/2016/10/19/ferry-returns/"
    assert client.get("/2016/10/19/ferry-returns/").status_code == 200
    assert client.get("/2016/10/18/ferry-returns/").status_code == 404


def test_the_day_is_that_of_the_papers_own_time_zone() -> None:
    with override_settings(TIME_ZONE="Asia/Jerusalem"):
        late = make_story(headline="Late", published_at=dt.datetime(2016, 10, 31, 23, 30, tzinfo=dt.UTC))

    assert late.url == "/2016/11/01/late/"


def test_a_draft_finds_its_shelf_on_the_day_it_is_published(client: Client) -> None:
    with time_machine.travel(dt.datetime(2016, 10, 31, 12, tzinfo=dt.UTC), tick=False):
        draft = make_story(headline="Budget passes", live=False)
    assert draft.url == "/2016/10/31/budget-passes/"

    with time_machine.travel(dt.datetime(2016, 11, 2, 8, tzinfo=dt.UTC), tick=False):
        draft.save_revision().publish()

    published = Story.objects.get(pk=draft.pk)
    assert published.url == "/2016/11/02/budget-passes/"
    assert published.get_parent().specific == month_page(dt.date(2016, 11, 1))
    assert client.get("/2016/11/02/budget-passes/").status_code == 200


def test_an_update_on_a_later_day_keeps_the_address() -> None:
    with time_machine.travel(dt.datetime(2016, 10, 31, 12, tzinfo=dt.UTC), tick=False):
        story = make_story(headline="Budget passes", live=False)
        story.save_revision().publish()

    with time_machine.travel(dt.datetime(2016, 11, 2, 8, tzinfo=dt.UTC), tick=False):
        story = Story.objects.get(pk=story.pk)
        story.title = "Budget passes by one vote"
        story.save_revision().publish()

    assert Story.objects.get(pk=story.pk).url == "/2016/10/31/budget-passes/"


def test_a_draft_has_no_public_page(client: Client) -> None:
    draft = make_story(headline="Not yet", live=False)

    assert client.get(draft.url).status_code == 404


def test_a_month_is_made_once() -> None:
    first = month_page(dt.date(2016, 10, 1))
    second = month_page(dt.date(2016, 10, 31))

    assert first.pk == second.pk
    assert (YearPage.objects.count(), MonthPage.objects.count()) == (1, 1)


def test_a_shortened_address_leads_to_the_day_in_the_archive(client: Client) -> None:
    response = client.get("/2016/10/19/")

    assert response.status_code == 302
    assert response["Location"] == "/2016/10/#day-19"


@pytest.mark.parametrize("address", ["/2016/13/01/x/", "/2016/00/00/x/", "/9999/99/99/x/", "/2016/1/1/x/", "/%00/"])
def test_an_impossible_address_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_two_stories_of_one_month_cannot_share_a_slug() -> None:
    first = make_story(headline="Ferry returns", published_at=dt.datetime(2016, 10, 19, 9, tzinfo=dt.UTC), slug="")
    second = make_story(headline="Ferry returns", published_at=dt.datetime(2016, 10, 20, 9, tzinfo=dt.UTC), slug="")

    assert (first.slug, second.slug) == ("ferry-returns", "ferry-returns-2")
