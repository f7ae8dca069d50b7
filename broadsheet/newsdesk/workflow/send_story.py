"""Sends a story that waits at a stage on to the next, or back."""

from django.db import transaction
from wagtail.models import TaskState, WorkflowState

from broadsheet.accounts.models import User


class SentMeanwhileError(Exception):
    """Somebody else has sent the story on, or back, since it was looked at."""


class NotYoursToSendError(Exception):
    """Who does not stand at a story's stage cannot send it on."""


@transaction.atomic
def send_story(*, task_state_id: int, action: str, by: User, note: str = "") -> None:
    """Send the story on whose stage this is (`approve`), one stage `back`, or to its writer (`reject`).

    What goes back goes with a note. Raises SentMeanwhileError and NotYoursToSendError.
    """
    state = WorkflowState.objects.select_for_update(of=("self",)).filter(current_task_state=task_state_id).first()
    waiting = TaskState.objects.filter(pk=task_state_id, status=TaskState.STATUS_IN_PROGRESS).first()
    if state is None or waiting is None:
        raise SentMeanwhileError
    task = waiting.task.specific
    if action not in {name for name, _, _ in task.get_actions(state.content_object.specific, by)}:
        raise NotYoursToSendError
    task.on_action(waiting.specific, by, action, comment=note)
