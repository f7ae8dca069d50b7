"""Gives a story to somebody, until a moment."""

import datetime as dt

from django.db import transaction

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.newsdesk.notifications.kinds import Kind
from broadsheet.newsdesk.notifications.notify import notify
from broadsheet.newsdesk.workflow.models import StoryAssignment
from broadsheet.pages.models import BasePage


@transaction.atomic
def assign_story(*, story: BasePage, assignee: User | None, due_at: dt.datetime | None, by: User) -> StoryAssignment:
    """Say who works on a story (nobody: None) and until when (aware; None: no matter), in place of what was said.

    A new assignee is told, and a new due time is reminded of anew. Whether `by` may do this is for the caller to ask.
    """
    before = StoryAssignment.objects.filter(story=story.pk).first()
    now = clock.now()
    assignment, _ = StoryAssignment.objects.update_or_create(
        story_id=story.pk,
        defaults={"assignee": assignee, "due_at": due_at, "set_by": by, "set_at": now, "closed_at": None}
        | ({} if before and before.due_at == due_at else {"told_soon_at": None, "told_late_at": None}),
    )
    if assignee and (before is None or before.assignee_id != assignee.pk or before.closed_at):
        key = f"assigned:{story.pk}:{now.timestamp()}"
        notify(kind=Kind.ASSIGNED, key=key, users=[assignee], story=story, by=by)
    return assignment
