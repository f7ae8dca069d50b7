"""The hour that the clocks show twice in autumn: the newsroom says which of the two it means, and keeps it."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from broadsheet.accounts.models import User
from broadsheet.fronts.models import Front
from broadsheet.newsdesk.fronts_board_data import short_moment
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.tests.in_work import draft
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db
DAY_BEFORE = dt.datetime(2026, 10, 24, 12, 0, tzinfo=dt.UTC)
SUMMER_TIME = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
WINTER_TIME = SUMMER_TIME + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def london() -> Any:
    with override_settings(TIME_ZONE="Europe/London"), time_machine.travel(DAY_BEFORE, tick=False):
        yield


@pytest.fixture
def editor(sign_in: SignIn) -> User:
    return sign_in("Editor")


def planned(editor: User, moment: dt.datetime, headline: str = "Ferry returns") -> Story:
    story = draft(headline, owner=editor)
    schedule_story(story=story, user=editor, go_live_at=moment)
    return story


def waits_until(scheduled: Any) -> dt.datetime:
    moment: dt.datetime = scheduled.revisions.get(approved_go_live_at__isnull=False).approved_go_live_at
    return moment


def shown(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_board_tells_the_two_apart(client: Client, editor: User) -> None:
    for headline, moment in (("First", SUMMER_TIME), ("Second", WINTER_TIME)):
        planned(editor, moment, headline)
    planned(editor, WINTER_TIME + dt.timedelta(minutes=30), "Third")

    html = shown(client, reverse("newsdesk_embargo_board"))

    assert html.index("01:30:00 (UTC+1)") < html.index("First") < html.index("01:30:00 (UTC)") < html.index("Second")
    assert ">02:00:00</time>" in html


def test_story_list_and_dashboard_and_chooser_tell_the_offset(client: Client, editor: User) -> None:
    planned(editor, SUMMER_TIME)

    for address in (reverse("newsdesk_stories"), reverse("wagtailadmin_home")):
        assert "25 Oct 2026, 01:30 (UTC+1)" in shown(client, address)
    assert short_moment(SUMMER_TIME) == "25 Oct 2026, 01:30 (UTC+1)"


def test_the_form_says_which_of_the_two_is_meant(client: Client, editor: User) -> None:
    story = planned(editor, SUMMER_TIME)

    html = shown(client, reverse("wagtailadmin_pages:edit", args=[story.pk]))

    assert "“Ferry returns” goes live on 25 Oct 2026, 01:30:00 (UTC+1)." in html
    assert "The clocks show this time twice. It goes live on 25 Oct 2026, 01:30:00 (UTC+1)." in html


@pytest.mark.parametrize("moment", [SUMMER_TIME, WINTER_TIME])
def test_what_the_question_shows_is_sent_back_unchanged(client: Client, editor: User, moment: dt.datetime) -> None:
    story = planned(editor, moment)
    address = reverse("newsdesk_embargo_move", args=["story", story.pk])
    page = client.get(address)
    field = page.context["form"]["go_live_at"]

    assert f'value="{field.value()}"' in page.content.decode()
    client.post(address, {"go_live_at": field.value()})

    assert waits_until(story) == moment


def test_a_time_typed_without_its_offset_is_the_later_one_and_the_answer_says_so(client: Client, editor: User) -> None:
    story = planned(editor, SUMMER_TIME)
    address = reverse("newsdesk_embargo_move", args=["story", story.pk])

    later = client.post(address, {"go_live_at": "2026-10-25 01:30"}, follow=True).content.decode()
    assert "new moment: 25 Oct 2026, 01:30:00 (UTC)." in later
    assert waits_until(story) == WINTER_TIME

    earlier = client.post(address, {"go_live_at": "2026-10-25 01:30:00+01:00"}, follow=True).content.decode()
    assert "new moment: 25 Oct 2026, 01:30:00 (UTC+1)." in earlier
    assert waits_until(story) == SUMMER_TIME


def schedule_front(client: Client, at: str) -> dict[str, Any]:
    rule = {"source": "paper", "value": None}
    zone = {"key": "lead", "kind": "lead", "title": "", "rule": rule, "slots": [None]}
    sent = json.dumps({"act": "schedule", "at": at, "zones": [zone], "seen": None})
    answer: dict[str, Any] = client.post(
        "/newsroom/fronts/front-page/save/", sent, content_type="application/json"
    ).json()
    return answer


def test_a_front_is_never_shown_early(client: Client, editor: User) -> None:
    answer = schedule_front(client, "2026-10-25T01:30")

    assert answer["message"] == "Planned. This front goes live on 25 Oct 2026, 01:30 (UTC)."
    assert waits_until(Front.objects.get()) == WINTER_TIME
    assert "goes live on 25 Oct 2026, 01:30 (UTC)." in shown(client, "/newsroom/fronts/front-page/")


def test_a_front_is_not_planned_for_a_time_that_the_clocks_skip(client: Client, editor: User) -> None:
    answer = schedule_front(client, "2027-03-28T01:30")

    assert "the clocks go forward over it" in answer["error"]
    assert not Front.objects.exists()
