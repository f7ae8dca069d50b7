"""What goes live when, what stands in its way, and what is done about it from the board."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.zones import Pin, Rule, Zone, ZoneKind
from broadsheet.newsdesk.embargoes.selectors import EmbargoRow, embargo_days, expiries_that_failed
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.models import FailedPublication, PlannedAct
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.tests.embargoed_stories import NOON
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import PublishedVersion, Story
from broadsheet.stories.tests.factories import make_story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]
TONIGHT = NOON + dt.timedelta(hours=6, seconds=7)
TOMORROW = NOON + dt.timedelta(days=1)
BOARD = "/newsroom/embargoes/"


@pytest.fixture
def editor() -> User:
    user: User = UserFactory.create(first_name="Ida", last_name="Storm", is_superuser=True)
    return user


@pytest.fixture
def plan(editor: User) -> Callable[..., Story]:
    """Return `plan("Headline", TONIGHT)`: makes and schedules a story."""

    def make(headline: str = "Ferry returns", moment: dt.datetime = TONIGHT, **fields: Any) -> Story:
        story = make_story(headline=headline, live=False, **fields)
        schedule_story(story=story, user=editor, go_live_at=moment)
        return story

    return make


def rows(user: User) -> list[EmbargoRow]:
    return [row for day in embargo_days(user) for row in day.rows]


def conflicts(user: User) -> list[str]:
    return [sentence for row in rows(user) for sentence in row.conflicts]


def test_an_empty_board_says_so(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")

    assert "Nothing waits for its moment." in client.get(BOARD).content.decode()


@override_settings(TIME_ZONE="Asia/Jerusalem")
def test_days_and_seconds_are_those_of_the_site(
    client: Client, sign_in: SignIn, plan: Callable[..., Story], editor: User
) -> None:
    late = NOON.replace(hour=22, minute=30)
    plan("After midnight there", late)
    plan("In the evening", TONIGHT)
    sign_in("Editor")

    html = client.get(BOARD).content.decode()

    assert "All times are in Asia/Jerusalem." in html
    assert html.index("Wednesday, 4 March 2026") < html.index("20:00:07") < html.index("Thursday, 5 March 2026")
    assert html.index("Thursday, 5 March 2026") < html.index("00:30:00")
    assert "scheduled by Ida Storm" in html


def test_new_stories_and_updates_are_told_apart(editor: User, plan: Callable[..., Story]) -> None:
    plan("New")
    story = make_story(headline="Old", live=False)
    publish_story(story=story, user=editor)
    schedule_story(story=story, user=editor, go_live_at=TOMORROW)

    new, update = rows(editor)

    assert (new.waiting.is_update, update.waiting.is_update) == (False, True)
    assert new.change_url == ""
    assert update.change_url == reverse("newsdesk_what_will_change", args=[story.pk])


def test_conflicts_of_the_story_are_said(editor: User, plan: Callable[..., Story]) -> None:
    photo = PhotoFactory.create(rights_expire_on=NOON.date())
    story = plan("Ferry returns", TOMORROW, lead_photo=photo)
    assert conflicts(editor) == ["The right to publish its lead photo ends before, on March 4, 2026."]

    later = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    later.save_revision(user=editor)
    Story.objects.filter(pk=story.pk).update(locked=True, locked_by=editor)

    assert conflicts(editor)[:2] == [
        "Ida Storm has locked it and may be at work on it.",
        "A later draft exists. It does not go live; what was scheduled does.",
    ]


def test_the_same_headline_twice_is_a_conflict_and_the_same_minute_a_hint(
    editor: User, plan: Callable[..., Story]
) -> None:
    section = SectionFactory.create()
    plan("Ferry returns", slug="one", section=section)
    plan("FERRY  returns", slug="two", section=section)

    assert conflicts(editor) == ["Another story that waits has the same headline."] * 2
    assert all("same minute" in row.hints[0] for row in rows(editor))


def test_a_front_that_pins_a_story_not_yet_public_then_is_a_conflict(editor: User, plan: Callable[..., Story]) -> None:
    too_late, in_time = plan("Too late", TOMORROW), plan("In time", TONIGHT)
    zone = Zone("z1", ZoneKind.LEAD, Rule(), (Pin(too_late.pk), Pin(in_time.pk), None))
    at = TONIGHT + dt.timedelta(minutes=5)
    publish_front(section=None, zones=[zone], user=editor, seen_version=None, go_live_at=at)

    front = next(row for row in rows(editor) if row.waiting.kind == "front")

    assert front.conflicts == ["“Too late” is pinned to it, and readers will not see that story then."]
    assert front.open_url == reverse("fronts_board:board")
    assert front.may_act


def test_failures_stand_there_with_attempts_and_the_next_try(
    client: Client, sign_in: SignIn, plan: Callable[..., Story]
) -> None:
    story = plan()
    waiting = story.revisions.get(approved_go_live_at__isnull=False)
    fail(story, PlannedAct.PUBLISH, "The slug is taken.", revision_id=waiting.pk)
    gone = make_story(headline="Should be gone")
    fail(gone, PlannedAct.EXPIRE, "The database did not answer.")
    sign_in("Editor")

    html = " ".join(client.get(BOARD).content.decode().split())

    assert "The slug is taken. Tried 3 times, next at 18:05:00." in html
    assert [one.title for one in expiries_that_failed()] == ["Should be gone"]
    assert "The database did not answer." in html


def fail(story: Story, act: PlannedAct, error: str, **fields: Any) -> None:
    FailedPublication.objects.create(
        act=act,
        kind="story",
        object_id=story.pk,
        due_at=TONIGHT,
        attempts=3,
        error=error,
        first_failed_at=TONIGHT,
        last_failed_at=TONIGHT,
        next_attempt_at=NOON.replace(hour=18, minute=5),
        **fields,
    )


def test_the_board_asks_as_much_for_one_plan_as_for_many(editor: User, plan: Callable[..., Story]) -> None:
    plan("First", section=SectionFactory.create(), lead_photo=PhotoFactory.create())
    embargo_days(editor)
    with CaptureQueriesContext(
        connection,
    ) as few:
        embargo_days(editor)
    for number in range(6):
        plan(f"Story {number}", section=SectionFactory.create(), lead_photo=PhotoFactory.create())

    with CaptureQueriesContext(connection) as many:
        assert len(rows(editor)) == 7

    assert len(many) == len(few)


def act(client: Client, name: str, story: Story, **data: str) -> str:
    """Read the question, answer it, and return what the next page says."""
    address = reverse(f"newsdesk_embargo_{name}", args=["story", story.pk])
    assert story.draft_title in client.get(address).content.decode()
    return client.post(address, data, follow=True).content.decode()


def test_an_editor_publishes_before_the_moment_and_a_later_draft_stays(
    client: Client, sign_in: SignIn, plan: Callable[..., Story]
) -> None:
    user = sign_in("Editor")
    story = plan()
    later = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    later.standfirst = "A later thought."
    later.save_revision(user=user)

    assert "is published" in act(client, "publish", story)

    story.refresh_from_db()
    assert (story.live, story.standfirst, story.has_unpublished_changes) == (True, "", True)
    assert story.get_latest_revision_as_object().standfirst == "A later thought."
    assert PublishedVersion.objects.get(object_id=story.pk).by_id == user.pk


def test_an_editor_moves_an_embargo_to_the_second(client: Client, sign_in: SignIn, plan: Callable[..., Story]) -> None:
    sign_in("Editor")
    story = plan()

    assert "still to come" in act(client, "move", story, go_live_at="2026-03-04 11:59:59")
    assert "new moment" in act(client, "move", story, go_live_at="2026-03-05 06:00:30")

    waiting = story.revisions.get(approved_go_live_at__isnull=False)
    assert waiting.approved_go_live_at == dt.datetime(2026, 3, 5, 6, 0, 30, tzinfo=dt.UTC)


def test_an_editor_cancels_an_embargo_and_is_told_when_nothing_waits(
    client: Client, sign_in: SignIn, plan: Callable[..., Story]
) -> None:
    sign_in("Editor")
    story = plan()

    assert "is a draft again" in act(client, "cancel", story)

    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()
    again = client.post(reverse("newsdesk_embargo_cancel", args=["story", story.pk]), follow=True)
    assert "no longer waits" in again.content.decode()


def test_a_question_alone_changes_nothing(client: Client, sign_in: SignIn, plan: Callable[..., Story]) -> None:
    sign_in("Editor")
    story = plan()

    for name in ("publish", "move", "cancel"):
        client.get(reverse(f"newsdesk_embargo_{name}", args=["story", story.pk]))

    assert story.revisions.filter(approved_go_live_at=TONIGHT).exists()
    assert not Story.objects.get(pk=story.pk).live


@pytest.mark.parametrize(("role", "sees"), [("Reporter", True), ("Section editor", True), ("Moderator", False)])
def test_who_does_not_publish_reads_the_board_at_most(
    client: Client, sign_in: SignIn, plan: Callable[..., Story], role: str, sees: bool
) -> None:
    user = sign_in(role)
    story = plan()

    assert (client.get(BOARD).status_code == 200) is sees
    assert not any(row.may_act for row in rows(user))
    for name in ("publish", "move", "cancel"):
        client.post(reverse(f"newsdesk_embargo_{name}", args=["story", story.pk]), {"go_live_at": "2026-03-05 06:00"})
    assert story.revisions.filter(approved_go_live_at=TONIGHT).exists()


def test_a_section_editor_acts_on_the_stories_of_the_section(
    client: Client, sign_in: SignIn, plan: Callable[..., Story]
) -> None:
    user, section = sign_in("Section editor"), SectionFactory.create()
    section.editors.add(user)
    story = plan(section=section)

    assert [row.may_act for row in rows(user)] == [True]
    assert "is published" in act(client, "publish", story)
