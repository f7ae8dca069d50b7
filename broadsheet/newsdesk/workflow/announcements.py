"""Tells people that a story has come to their stage or went back to them, in the place of Wagtail's own mails.

Wagtail says these things by signals alone, and connects mails of its own to them. Ours are connected first and under
the same names, so Wagtail's are never connected: nobody gets two mails about one thing.
"""

from typing import Any

from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from broadsheet.accounts.models import User
from broadsheet.newsdesk.notifications.kinds import Kind
from broadsheet.newsdesk.notifications.notify import notify
from broadsheet.newsdesk.workflow.models import DeskApproval
from broadsheet.newsdesk.workflow.staff import people_at, writers_of


def story_came_to_stage(instance: TaskState, user: User | None = None, **details: Any) -> None:
    """Tell those who stand at a stage that a story waits for them."""
    task = instance.task.specific
    story = instance.workflow_state.content_object
    if isinstance(task, DeskApproval):
        people, name = people_at(task, story), task.get_stage_display()
    elif isinstance(task, AbstractGroupApprovalTask):
        people, name = User.objects.filter(groups__in=task.groups.all()).distinct(), task.name
    else:
        return
    notify(kind=Kind.SENT_TO_STAGE, key=f"stage:{instance.pk}", users=people, story=story, by=user, detail=name)


def story_was_sent_back(instance: WorkflowState, user: User | None = None, **details: Any) -> None:
    """Tell the writers of a story, and whoever sent it in, what has to change."""
    story = instance.content_object
    state = instance.current_task_state
    people = [*writers_of(story), *([instance.requested_by] if instance.requested_by else [])]
    notify(kind=Kind.SENT_BACK, key=f"back:{state.pk}", users=people, story=story, by=user, words=state.comment)


def nothing_to_tell(**details: Any) -> None:
    """Stand in the place of a mail of Wagtail's that says what another notice says already."""


def stand_in_for_wagtails_mails() -> None:
    """Connect ours under the names of Wagtail's; to be called before Wagtail's admin connects its own."""
    for signal, receiver, sender, name in (
        (task_submitted, story_came_to_stage, TaskState, "group_approval_task_submitted_email_notification"),
        (workflow_rejected, story_was_sent_back, WorkflowState, "workflow_state_rejected_email_notification"),
        (workflow_submitted, nothing_to_tell, WorkflowState, "workflow_state_submitted_email_notification"),
        (workflow_approved, nothing_to_tell, WorkflowState, "workflow_state_approved_email_notification"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=name)
