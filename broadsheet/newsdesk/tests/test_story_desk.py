"""The page about one story's way: who has it until when, what was said, sending it on and back."""

import datetime as dt

import pytest
from django.urls import reverse

from broadsheet.kit import clock
from broadsheet.newsdesk.models import StoryAssignment, StoryNote
from broadsheet.newsdesk.tests.in_work import at_the_desk, draft, person, send, stage_of
from broadsheet.newsdesk.workflow.add_note import add_note
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.newsdesk.workflow.selectors import assignment_of, way_of
from broadsheet.publishing.publish_story import publish_story

pytestmark = pytest.mark.django_db
ROLES = ("Reporter", "Photographer", "Section editor", "Copy editor", "Editor", "Moderator", "Publisher", "Admin")
REFUSED = "/newsroom/"


def desk(story) -> str:
    return reverse("newsdesk_story_desk", args=[story.pk])


def post(client, name: str, story, **data):
    return client.post(reverse(f"newsdesk_{name}", args=[story.pk]), data)


def test_everybody_of_the_newsroom_sees_where_a_story_stands(client, sign_in):
    story = at_the_desk(owner=person("Reporter"))

    for role in ROLES:
        sign_in(role)
        assert "At the desk" in client.get(desk(story)).content.decode()


def test_those_who_may_edit_or_stand_at_the_stage_act_and_others_do_not(client, sign_in):
    story = at_the_desk(owner=person("Reporter"))

    able = set()
    for role in ROLES:
        sign_in(role)
        if post(client, "note_on_story", story, **{"note-text": f"From {role}"})["Location"] == desk(story):
            able.add(role)

    assert able == {"Copy editor", "Editor", "Publisher", "Admin"}
    assert StoryNote.objects.count() == 4


def test_an_editor_gives_a_story_to_a_reporter_until_four(client, sign_in):
    editor, reporter = sign_in("Editor"), person("Reporter")
    story = draft()

    form = {"assignment-assignee": reporter.pk, "assignment-due_at": "2031-03-04T16:00"}
    assert post(client, "assign_story", story, **form).status_code == 302

    assignment = StoryAssignment.objects.get(story=story.pk)
    assert (assignment.assignee, assignment.set_by) == (reporter, editor)
    assert assignment.due_at == dt.datetime(2031, 3, 4, 16, tzinfo=dt.UTC)
    assert str(reporter) in client.get(desk(story)).content.decode()


def test_whom_a_story_was_given_leaves_notes_on_it(client, sign_in):
    reporter = sign_in("Reporter")
    story = draft()
    assert post(client, "note_on_story", story, **{"note-text": "Mine?"})["Location"] == REFUSED

    assign_story(story=story, assignee=reporter, due_at=None, by=person("Editor"))
    post(client, "note_on_story", story, **{"note-text": "On my way to the quay."})

    assert [note.text for note in StoryNote.objects.all()] == ["On my way to the quay."]


def test_a_time_that_is_none_is_refused_with_a_sentence(client, sign_in):
    sign_in("Editor")
    story = draft()

    page = post(client, "assign_story", story, **{"assignment-due_at": "tomorrow"}).render().content.decode()

    assert "Enter a valid date/time." in page
    assert not StoryAssignment.objects.exists()


def test_notes_stand_in_order_with_their_authors(client, sign_in):
    sign_in("Editor")
    story = draft(owner=person("Reporter"))
    for name, text in (("Ada", "First."), ("Ben", "Second.")):
        add_note(story=story, by=person("Editor", first_name=name, last_name="Moor"), text=text)

    page = client.get(desk(story)).content.decode().partition("story-notes")[2]

    places = [page.index(words) for words in ("Ada Moor", "First.", "Ben Moor", "Second.")]
    assert places == sorted(places)


def test_a_story_is_sent_on_and_back_from_its_page(client, sign_in):
    editor = sign_in("Editor")
    story = at_the_desk()
    waits = way_of(story, editor).task_state.pk

    post(client, "send_story", story, action="approve", task_state=waits)
    assert stage_of(story, editor) == "copy"
    waits = way_of(story, editor).task_state.pk
    refused = post(client, "send_story", story, action="back", task_state=waits).render().content.decode()
    assert "This field is required." in refused
    assert stage_of(story, editor) == "copy"
    post(client, "send_story", story, action="back", task_state=waits, **{"back-comment": "Which ferry?"})

    assert stage_of(story, editor) == "desk"


def test_who_comes_second_is_told_so(client, sign_in):
    editor = sign_in("Editor")
    story = at_the_desk()
    waits = way_of(story, editor).task_state.pk
    send(story, "approve", editor)

    page = client.post(
        reverse("newsdesk_send_story", args=[story.pk]), {"action": "approve", "task_state": waits}, follow=True
    ).content.decode()

    assert "Somebody else has sent this story on" in page
    assert stage_of(story, editor) == "copy"


def test_an_assignment_ends_when_the_story_comes_out():
    editor = person("Editor")
    story = draft()
    assign_story(story=story, assignee=editor, due_at=clock.now(), by=editor)

    publish_story(story=story, user=editor)

    assert assignment_of(story) is None


def test_the_form_shows_who_has_the_story_and_what_was_said_last(client, sign_in):
    editor = sign_in("Editor")
    story = draft()
    assign_story(
        story=story, assignee=person("Reporter", first_name="Marit", last_name="Soleng"), due_at=None, by=editor
    )
    add_note(story=story, by=editor, text="The quay is closed.")

    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "With Marit Soleng" in page
    assert "The quay is closed." in page
    assert page.count(desk(story)) >= 2


def test_a_story_of_another_address_is_not_found(client, sign_in):
    sign_in("Editor")

    assert client.get(reverse("newsdesk_story_desk", args=[987654])).status_code == 404


def test_notes_cannot_be_changed_by_any_address(client, sign_in):
    sign_in("Admin")
    story = draft()
    add_note(story=story, by=person("Editor"), text="As said.")

    assert client.get(reverse("newsdesk_note_on_story", args=[story.pk])).status_code == 405
    assert [note.text for note in StoryNote.objects.all()] == ["As said."]
