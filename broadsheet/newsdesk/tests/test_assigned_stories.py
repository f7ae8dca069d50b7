"""Whoever is given a story may edit it until it is out or somebody else's; nobody gets more by it than that."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.accounts.models import User
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.selectors import story_rows
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.tests.filled_forms import form_data, save
from broadsheet.newsdesk.tests.in_work import at_the_desk, draft, person, send, stage_of
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story, TakedownGround

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return person("Editor")


@pytest.fixture
def story(editor: User) -> Story:
    """A draft of an editor's, in a section that nobody else edits."""
    return draft("Ferry returns", owner=editor, section=SectionFactory.create())


def give(story: Story, user: User | None, by: User) -> None:
    assign_story(story=story, assignee=user, due_at=None, by=by)


def edits(user: User, story: Story) -> bool:
    """Tell whether a user may edit a story and is not locked out of it."""
    page = Story.objects.get(pk=story.pk)
    lock = page.get_lock()
    return page.permissions_for_user(User.objects.get(pk=user.pk)).can_edit() and not (lock and lock.for_user(user))


def test_a_reporter_opens_edits_and_sends_in_the_story_that_was_given(
    client: Client, sign_in: SignIn, story: Story, editor: User
) -> None:
    reporter = sign_in("Reporter")
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert client.get(address).status_code == 302
    give(story, reporter, by=editor)

    page = client.get(address)
    assert page.status_code == 200
    assert "action-publish" not in page.content.decode()
    sent = form_data(
        contributor=ContributorFactory.create(user=reporter), title="Ferry late", section=str(story.section_id)
    )
    assert save(client, story, sent) == {}
    assert Story.objects.get(pk=story.pk).draft_title == "Ferry late"

    save(client, story, sent, publish=True)
    assert not Story.objects.get(pk=story.pk).live
    assert save(client, story, sent, button="action-submit") == {}
    assert stage_of(Story.objects.get(pk=story.pk), reporter) == "desk"


@pytest.mark.parametrize("role", ["Reporter", "Section editor", "Photographer", "Moderator"])
def test_an_assignment_gives_the_right_to_edit_and_none_besides(story: Story, editor: User, role: str) -> None:
    user = person(role)
    assert not edits(user, story)

    give(story, user, by=editor)

    rights = Story.objects.get(pk=story.pk).permissions_for_user(user)
    assert edits(user, story)
    assert not any((rights.can_publish(), rights.can_unpublish(), rights.can_delete(), rights.can_lock()))


@pytest.mark.parametrize("end", ["reassigned", "taken back", "published", "left the paper"])
def test_the_right_ends_with_the_assignment(story: Story, editor: User, end: str) -> None:
    reporter = person("Reporter")
    give(story, reporter, by=editor)

    if end == "published":
        publish_story(story=story, user=editor)
    elif end == "left the paper":
        User.objects.filter(pk=reporter.pk).update(is_active=False)
    else:
        give(story, person("Reporter") if end == "reassigned" else None, by=editor)

    assert not edits(reporter, story)


def test_a_published_story_may_be_given_for_an_update(story: Story, editor: User) -> None:
    reporter = person("Reporter")
    publish_story(story=story, user=editor)
    give(story, reporter, by=editor)

    assert edits(reporter, story)
    assert not Story.objects.get(pk=story.pk).permissions_for_user(reporter).can_publish()


def test_nobody_edits_what_is_taken_down(story: Story, editor: User) -> None:
    reporter = person("Reporter")
    publish_story(story=story, user=editor)
    give(story, reporter, by=editor)
    take_down_story(story=story, user=editor, ground=TakedownGround.LEGAL, sentence="Gone.", reason="A ruling.")

    assert not edits(reporter, story)
    assert story_rows([Story.objects.get(pk=story.pk)], reporter)[0].edit_url == ""


def test_a_story_at_a_stage_stays_with_those_who_stand_there(editor: User) -> None:
    """What was agreed before it came there gives nobody a key; nor does handing it on oneself."""
    writer, colleague = person("Reporter"), person("Reporter")
    story = draft("Ferry returns", owner=writer)
    give(story, writer, by=editor)
    story = at_the_desk("Barrier opens", owner=writer)
    give(story, writer, by=writer)
    give(story, colleague, by=writer)

    assert not edits(writer, story)
    assert not edits(colleague, story)


def test_those_at_a_stage_may_give_a_story_away_and_it_does_not_move_by_that(editor: User) -> None:
    writer = person("Reporter")
    story = at_the_desk(owner=writer)
    give(story, writer, by=editor)
    assert edits(writer, story)
    assert edits(editor, story)

    send(story, "approve", editor)

    assert stage_of(story, writer) == "copy"
    assert not edits(writer, story)


def test_copy_editors_and_editors_edit_as_before(story: Story, editor: User) -> None:
    copy_editor, other = person("Copy editor"), person("Editor")
    give(story, person("Reporter"), by=editor)

    assert [edits(user, story) for user in (copy_editor, other, editor)] == [True, True, True]


def test_list_and_board_lead_to_the_form(client: Client, sign_in: SignIn, story: Story, editor: User) -> None:
    reporter = sign_in("Reporter")
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    pages: dict[str, Any] = {name: reverse(name) for name in ("newsdesk_stories", "newsdesk_board_by_stage")}
    assert not any(address in client.get(page).content.decode() for page in pages.values())

    give(story, reporter, by=editor)

    assert all(address in client.get(page).content.decode() for page in pages.values())


def test_an_assignment_from_before_the_story_came_out_gives_nothing(story: Story, editor: User) -> None:
    reporter = person("Reporter")
    give(story, reporter, by=editor)
    Story.objects.filter(pk=story.pk).update(live=True, last_published_at=clock.now() + dt.timedelta(seconds=1))

    assert not edits(reporter, story)
