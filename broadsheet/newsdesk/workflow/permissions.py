"""Who may act on a story's way: give it to somebody, leave notes, send it on."""

from typing import Any

from broadsheet.accounts.models import User
from broadsheet.newsdesk.selectors import may_edit
from broadsheet.newsdesk.workflow.models import DeskApproval, StoryAssignment
from broadsheet.pages.models import BasePage


def may_work_on(user: User, story: BasePage, *, task: Any = None, assignment: StoryAssignment | None = None) -> bool:
    """Tell whether somebody may act on a story: who may edit it, stands at its stage, or was given it.

    `task` is where the story waits (specific), `assignment` whose it is; both were read with it, where there are any.
    """
    if may_edit(user, story):
        return True
    if assignment is not None and assignment.assignee_id == user.pk:
        return True
    return isinstance(task, DeskApproval) and task.may_approve(story, user)
