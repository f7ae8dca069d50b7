"""The boards of what is in work."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.boards.columns import bucket_of
from broadsheet.newsdesk.models import StoryAssignment
from broadsheet.newsdesk.tests.in_work import at_the_desk, draft, person, send
from broadsheet.newsdesk.workflow.add_note import add_note
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
BY_STAGE, BY_DUE_TIME = "/newsroom/boards/", "/newsroom/boards/due/"
WEDNESDAY_NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)


def columns(client, address: str = BY_STAGE) -> dict[str, list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    return {column.key: [card.headline for card in column.cards] for column in response.context["columns"]}


def cards(client, address: str = BY_STAGE):
    return {card.headline: card for column in client.get(address).context["columns"] for card in column.cards}


def test_stories_stand_in_the_column_of_their_stage(client, sign_in):
    editor = sign_in("Editor")
    draft("Draft")
    at_the_desk("Desk")
    for headline, steps in (("Copy", 1), ("Ready", 2)):
        story = at_the_desk(headline)
        for _ in range(steps):
            send(story, "approve", editor)
    send(at_the_desk("Back"), "reject", editor, "Not yet.")
    make_story(headline="Out", draft_title="Out")

    assert columns(client) == {"writing": ["Draft", "Back"], "desk": ["Desk"], "copy": ["Copy"], "ready": ["Ready"]}


def test_what_has_its_moment_and_what_came_out_is_not_in_work(client, sign_in):
    editor = sign_in("Editor")
    planned, published = draft("Planned"), draft("Published")
    for story in (planned, published):
        assign_story(story=story, assignee=editor, due_at=clock.now() + dt.timedelta(hours=2), by=editor)
    schedule_story(story=planned, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))

    publish_story(story=published, user=editor)

    assert not cards(client)


def test_an_old_draft_is_left_to_the_story_list_unless_somebody_was_given_it(client, sign_in):
    editor = sign_in("Editor")
    with time_machine.travel(clock.now() - dt.timedelta(days=40)):
        draft("Forgotten")
        given = draft("Given")

    assign_story(story=given, assignee=editor, due_at=None, by=editor)

    assert columns(client)["writing"] == ["Given"]


def test_a_card_says_who_has_the_story_until_when_and_who_locked_it(client, sign_in):
    sign_in("Editor")
    ada = person("Editor", first_name="Ada", last_name="Moor")
    marit = ContributorFactory.create(name="Marit Soleng")
    story = draft("Ferry", by=[marit], section=SectionFactory.create(name="City"))
    assign_story(story=story, assignee=ada, due_at=clock.now() - dt.timedelta(minutes=5), by=ada)
    add_note(story=story, by=ada, text="Call the harbour.")
    type(story).objects.filter(pk=story.pk).update(locked=True, locked_by=ada, locked_at=clock.now())

    card = cards(client)["Ferry"]

    assert (card.section, card.bylines, card.assignee, card.locked_by, card.notes) == (
        "City",
        "Marit Soleng",
        "Ada Moor",
        "Ada Moor",
        1,
    )
    assert card.is_overdue
    page = client.get(BY_STAGE).content.decode()
    assert "Ada Moor since" in page
    assert "Overdue:" in page


@pytest.mark.parametrize(
    ("hours", "column"),
    [
        (-1, "overdue"),
        (0, "overdue"),
        (1, "today"),
        (11.9, "today"),
        (12, "tomorrow"),
        (36, "week"),
        (107, "week"),
        (108, "later"),
        (1000, "later"),
        (None, "without"),
    ],
)
def test_what_is_due_stands_in_its_column(hours, column):
    due_at = None if hours is None else WEDNESDAY_NOON + dt.timedelta(hours=hours)

    assert bucket_of(due_at, now=WEDNESDAY_NOON) == column


def test_the_board_by_due_time_shows_the_most_urgent_first(client, sign_in):
    editor = sign_in("Editor")
    draft("No matter")
    with time_machine.travel(WEDNESDAY_NOON):
        for headline, hours in (("Evening", 6), ("Soon", 1), ("Late", -2)):
            due_at = WEDNESDAY_NOON + dt.timedelta(hours=hours)
            assign_story(story=draft(headline), assignee=editor, due_at=due_at, by=editor)
        found = columns(client, BY_DUE_TIME)

    assert found["overdue"] == ["Late"]
    assert found["today"] == ["Soon", "Evening"]


def test_filters_narrow_a_board(client, sign_in):
    editor = sign_in("Editor")
    ada = person("Editor")
    city = SectionFactory.create()
    draft("In the city", section=city)
    assign_story(story=draft("Ada's"), assignee=ada, due_at=None, by=ada)
    draft("Mine", owner=editor)
    draft("Signed", by=[ContributorFactory.create(user=editor)])

    assert columns(client, f"{BY_STAGE}?section={city.pk}")["writing"] == ["In the city"]
    assert columns(client, f"{BY_STAGE}?assignee={ada.pk}")["writing"] == ["Ada's"]
    assert columns(client, f"{BY_STAGE}?mine=on")["writing"] == ["Mine", "Signed"]
    assert len(columns(client, f"{BY_STAGE}?section=nonsense")["writing"]) == 4


def test_an_empty_board_says_so(client, sign_in):
    sign_in("Editor")

    assert "Nothing is in work." in client.get(BY_STAGE).content.decode()
    assert "Nothing in work matches this filter." in client.get(f"{BY_STAGE}?mine=on").content.decode()


def test_several_stories_are_given_to_somebody_at_once(client, sign_in):
    sign_in("Editor")
    ada = person("Reporter")
    first, second, other = draft("First"), draft("Second"), draft("Other")
    assign_story(story=second, assignee=None, due_at=WEDNESDAY_NOON, by=ada)

    form = {"story": [first.pk, second.pk], "assignment-assignee": ada.pk, "next": f"{BY_DUE_TIME}?mine=on"}
    answer = client.post(reverse("newsdesk_assign_several"), form)

    assert answer["Location"] == f"{BY_DUE_TIME}?mine=on"
    assert {(row.story_id, row.assignee, row.due_at) for row in StoryAssignment.objects.all()} == {
        (first.pk, ada, None),
        (second.pk, ada, WEDNESDAY_NOON),
    }
    assert not StoryAssignment.objects.filter(story=other.pk).exists()


def test_a_reporter_gives_away_nothing_but_their_own(client, sign_in):
    reporter = sign_in("Reporter")
    own, theirs = draft("Own", owner=reporter), draft("Theirs")

    shown = cards(client)
    client.post(reverse("newsdesk_assign_several"), {"story": [own.pk, theirs.pk], "assignment-assignee": reporter.pk})

    assert (shown["Own"].may_act, shown["Theirs"].may_act) == (True, False)
    assert [row.story_id for row in StoryAssignment.objects.all()] == [own.pk]


@pytest.mark.parametrize("address", [BY_STAGE, BY_DUE_TIME])
def test_fifty_stories_in_work_ask_no_more_than_one(client, sign_in, django_assert_max_num_queries, address):
    editor = sign_in("Editor")
    section = SectionFactory.create()

    def put_in_work(number: int) -> None:
        story = at_the_desk(f"Story {number}", section=section, by=[ContributorFactory.create()])
        assign_story(story=story, assignee=editor, due_at=clock.now(), by=editor)
        add_note(story=story, by=editor, text="Note.")

    def queries() -> int:
        with django_assert_max_num_queries(40) as asked:
            client.get(address)
        return len(asked)

    queries()
    nothing = queries()
    put_in_work(0)
    one = queries()
    for number in range(1, 50):
        put_in_work(number)

    assert queries() == one
    assert one <= nothing + 3


@pytest.mark.parametrize("role", ["Reporter", "Section editor", "Copy editor", "Editor", "Publisher", "Admin"])
def test_boards_are_in_the_menu_of_those_whose_work_stories_are(client, sign_in, role):
    sign_in(role)
    assert BY_STAGE in client.get("/newsroom/").content.decode()


def test_others_look_at_boards_without_being_led_there(client, sign_in):
    sign_in("Moderator")

    assert client.get(BY_STAGE).status_code == 200
    assert BY_STAGE not in client.get("/newsroom/").content.decode()
