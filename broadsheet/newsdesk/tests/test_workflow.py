"""A story's way: desk, copy, ready, published; and back."""

import datetime as dt

import pytest
from django.core.exceptions import BadRequest
from django.urls import reverse
from wagtail.models import Workflow, WorkflowTask

from broadsheet.kit import clock
from broadsheet.newsdesk.install_roles import install_roles
from broadsheet.newsdesk.models import DeskApproval, InstalledStage, StoryNote
from broadsheet.newsdesk.tests.in_work import at_the_desk, draft, person, send, stage_of
from broadsheet.newsdesk.workflow.selectors import way_of
from broadsheet.newsdesk.workflow.send_story import NotYoursToSendError, SentMeanwhileError, send_story
from broadsheet.newsdesk.workflow.stages import Stage
from broadsheet.publishing.publish_story import publish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story

pytestmark = pytest.mark.django_db
ROLES = ("Reporter", "Photographer", "Section editor", "Copy editor", "Editor", "Moderator", "Publisher", "Admin")
SENDERS = {
    "desk": {"Section editor", "Editor", "Publisher", "Admin"},
    "copy": {"Copy editor", "Editor", "Publisher", "Admin"},
    "ready": {"Section editor", "Editor", "Publisher", "Admin"},
}


def lead_to(story: Story, stage: str) -> None:
    editor = person("Editor")
    for _ in range(list(Stage).index(Stage(stage))):
        send(story, "approve", editor)


def test_a_story_passes_desk_copy_and_ready_and_is_published():
    reporter, section, copy_editor = person("Reporter"), SectionFactory.create(), person("Copy editor")
    section_editor = person("Section editor")
    section.editors.add(section_editor)
    story = at_the_desk(owner=reporter, section=section)
    seen = [stage_of(story, reporter)]

    for sender in (section_editor, copy_editor, section_editor):
        send(story, "approve", sender)
        seen.append(stage_of(story, reporter))

    assert seen == ["desk", "copy", "ready", "published"]


@pytest.mark.parametrize("stage", list(SENDERS))
def test_each_stage_is_left_and_edited_by_those_who_stand_there(stage):
    section = SectionFactory.create()
    story = at_the_desk(owner=person("Reporter"), section=section)
    lead_to(story, stage)
    senders, editors = set(), set()

    for role in ROLES:
        user = person(role)
        if role == "Section editor":
            section.editors.add(user)
        page = Story.objects.get(pk=story.pk)
        if way_of(page, user).sends_on:
            senders.add(role)
        if page.permissions_for_user(user).can_edit() and not page.get_lock().for_user(user):
            editors.add(role)

    assert senders == SENDERS[stage]
    assert editors == SENDERS[stage]


def test_a_section_editor_sends_on_nothing_of_another_section():
    section = SectionFactory.create()
    other = person("Section editor")
    SectionFactory.create().editors.add(other)
    story = at_the_desk(section=section)

    with pytest.raises(NotYoursToSendError):
        send(story, "approve", other)

    assert stage_of(story, other) == "desk"


def test_whoever_may_not_publish_does_not_leave_the_last_stage():
    """An admin who takes the last stage away makes copy the last; the copy editor still publishes nothing."""
    WorkflowTask.objects.filter(task__deskapproval__stage=Stage.READY).delete()
    story = at_the_desk()
    send(story, "approve", person("Editor"))
    copy_editor = person("Copy editor")

    with pytest.raises(NotYoursToSendError):
        send(story, "approve", copy_editor)

    assert stage_of(story, copy_editor) == "copy"


def test_a_ready_story_with_a_go_live_time_is_scheduled_for_it():
    story = at_the_desk(go_live_at=clock.now() + dt.timedelta(days=1))
    lead_to(story, "ready")

    send(story, "approve", person("Editor"))

    story.refresh_from_db()
    assert not story.live
    assert story.scheduled_revision.approved_go_live_at == story.go_live_at


def test_a_story_goes_back_one_stage_with_a_note():
    editor, copy_editor = person("Editor"), person("Copy editor")
    story = at_the_desk(owner=person("Reporter"))
    send(story, "approve", editor)

    send(story, "back", copy_editor, "Which ferry?")

    assert stage_of(story, editor) == "desk"
    note = StoryNote.objects.get()
    assert (note.text, note.by, note.kind) == ("Which ferry?", copy_editor, StoryNote.Kind.SENT_BACK)


def test_what_went_back_passes_every_stage_again():
    editor = person("Editor")
    story = at_the_desk()
    for action in ("approve", "approve", "back", "back"):
        send(story, action, editor, "Once more, please.")
    seen = [stage_of(story, editor)]

    for _ in range(3):
        send(story, "approve", editor)
        seen.append(stage_of(story, editor))

    assert seen == ["desk", "copy", "ready", "published"]


def test_sent_back_to_its_writer_a_story_is_the_writers_again_and_returns_to_where_it_was():
    reporter, copy_editor = person("Reporter"), person("Copy editor")
    story = at_the_desk(owner=reporter)
    lead_to(story, "copy")

    send(story, "reject", copy_editor, "Please name the captain.")

    page = Story.objects.get(pk=story.pk)
    assert stage_of(page, reporter) == "sent back"
    assert page.get_lock() is None
    assert page.permissions_for_user(reporter).can_edit()
    page.current_workflow_state.resume(reporter)
    assert stage_of(story, reporter) == "copy"


def test_nothing_goes_back_without_a_note():
    editor = person("Editor")
    story = at_the_desk()

    with pytest.raises(BadRequest):
        send(story, "reject", editor, "  ")

    assert stage_of(story, editor) == "desk"


def test_two_who_send_the_same_story_send_it_once():
    editor = person("Editor")
    story = at_the_desk()
    seen = way_of(story, editor).task_state.pk
    send_story(task_state_id=seen, action="approve", by=editor)

    with pytest.raises(SentMeanwhileError):
        send_story(task_state_id=seen, action="approve", by=editor)

    assert stage_of(story, editor) == "copy"


def test_an_editor_publishes_directly_from_the_middle_of_the_way():
    editor = person("Editor")
    story = at_the_desk()

    publish_story(story=story, user=editor)

    assert stage_of(story, editor) == "published"


def test_the_writer_reads_the_note_above_the_form(client, sign_in):
    reporter = sign_in("Reporter")
    story = at_the_desk(owner=reporter)
    send(story, "reject", person("Editor", first_name="Fenella", last_name="Strand"), "Please name the captain.")

    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "Fenella Strand sent this story back: “Please name the captain.”" in page


def test_the_form_speaks_of_stages(client, sign_in):
    reporter = sign_in("Reporter")
    story = draft(owner=reporter)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "Send to desk" in page
    assert "Submit to" not in page


def test_a_papers_one_approval_becomes_the_desk_with_copy_and_ready_behind_it():
    """As a paper was installed before there were stages; a story waits, and goes on waiting at the desk."""
    editor = person("Editor")
    InstalledStage.objects.all().delete()
    WorkflowTask.objects.exclude(task__deskapproval__stage=Stage.DESK).delete()
    DeskApproval.objects.exclude(stage=Stage.DESK).delete()
    DeskApproval.objects.update(name="Approval by the desk")
    story = at_the_desk()

    install_roles()
    install_roles()

    assert [task.name for task in Workflow.objects.get(active=True).tasks] == ["Desk", "Copy", "Ready"]
    assert DeskApproval.objects.get(stage=Stage.COPY).groups.filter(name="Copy editor").exists()
    assert stage_of(story, editor) == "desk"
    send(story, "approve", editor)
    assert stage_of(story, editor) == "copy"


def test_a_workflow_that_an_admin_changed_stays_as_it_is():
    InstalledStage.objects.all().delete()
    DeskApproval.objects.filter(stage=Stage.DESK).update(name="Night desk")
    WorkflowTask.objects.exclude(task__deskapproval__stage=Stage.DESK).delete()

    install_roles()

    assert [task.name for task in Workflow.objects.get(active=True).tasks] == ["Night desk"]


def test_a_stage_that_an_admin_took_away_stays_away():
    WorkflowTask.objects.filter(task__deskapproval__stage=Stage.COPY).delete()

    install_roles()

    assert [task.name for task in Workflow.objects.get(active=True).tasks] == ["Desk", "Ready"]


def test_an_editor_breaks_a_lock_at_a_stage_and_a_copy_editor_does_not():
    story = at_the_desk(locked=True, locked_by=person("Editor"), locked_at=clock.now())
    lead_to(story, "copy")
    page = Story.objects.get(pk=story.pk)

    assert page.permissions_for_user(person("Editor")).can_unlock()
    assert not page.permissions_for_user(person("Copy editor")).can_unlock()


def test_approving_a_story_with_a_go_live_time_is_called_scheduling(client, sign_in):
    sign_in("Editor")
    at_once, planned = at_the_desk("At once"), at_the_desk("Planned", go_live_at=clock.now() + dt.timedelta(days=1))
    pages = []

    for story in (at_once, planned):
        lead_to(story, "ready")
        pages.append(client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode())

    assert ["Approve and Schedule" in page for page in pages] == [False, True]
    assert ["Approve and Publish" in page for page in pages] == [True, False]
    assert ["action-publish" in page for page in pages] == [False, False]


def test_its_writer_takes_a_story_back_and_edits_it_again(client, sign_in):
    reporter = sign_in("Reporter")
    story = at_the_desk(owner=reporter)
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert "Take it back" in client.get(address).content.decode()

    state = Story.objects.get(pk=story.pk).current_workflow_state
    assert state.user_can_cancel(reporter)
    state.cancel(user=reporter)

    assert stage_of(story, reporter) == "draft"
    assert Story.objects.get(pk=story.pk).get_lock() is None
    send_again = client.get(address).content.decode()
    assert "Send to desk" in send_again
    assert "Take it back" not in send_again


def test_an_editor_at_the_desk_makes_it_a_draft_again(client, sign_in):
    sign_in("Editor")
    story = at_the_desk(owner=person("Reporter"))

    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "Back to draft" in page
    assert "Take it back" not in page
