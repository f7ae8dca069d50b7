"""What state a story is in, as the newsroom calls it, and how to ask for all stories of a state."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, WorkflowState, get_default_page_content_type

from broadsheet.newsdesk.workflow.stages import Stage
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Takedown
from broadsheet.stories.taken_down import taken_down_among

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_WAITING = 2000
"""Stories that may wait for approval or for their moment at once and still all be found by the list's filter."""
STAGE = "current_task_state__task__deskapproval__stage"
"""From a story's way through the workflow to the stage it has reached; nothing at a step of another kind."""


class StoryState(models.TextChoices):
    """Where a story stands on its way to readers; the first that holds is the one shown."""

    TAKEN_DOWN = "taken-down", _("Taken down")
    SCHEDULED = "scheduled", _("Scheduled")
    AT_THE_DESK = "desk", Stage.DESK.label
    WITH_COPY = "copy", Stage.COPY.label
    READY = "ready", Stage.READY.label
    SENT_BACK = "back", _("Sent back")
    IN_MODERATION = "moderation", _("Waiting for approval")
    CHANGED = "changed", _("Published, with changes")
    PUBLISHED = "published", _("Published")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Unpublished")
    DRAFT = "draft", _("Draft")


def scheduled_ids(among: Iterable[int] | None = None) -> list[int]:
    """Return the pages of which a version waits for its moment, the next first; `among` narrows the question."""
    waiting = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), approved_go_live_at__isnull=False
    )
    if among is not None:
        waiting = waiting.filter(object_id__in=[str(pk) for pk in among])
    ids = waiting.order_by("approved_go_live_at").values_list("object_id", flat=True)[:MOST_WAITING]
    return [int(pk) for pk in ids]


def states_in_workflow(among: Iterable[int] | None = None) -> dict[int, StoryState]:
    """Return where each page waits that is on its way to publication, the newest first; `among` narrows it."""
    waiting = WorkflowState.objects.active().filter(base_content_type=get_default_page_content_type())
    if among is not None:
        waiting = waiting.filter(object_id__in=[str(pk) for pk in among])
    rows = waiting.order_by("-created_at").values_list("object_id", "status", STAGE)[:MOST_WAITING]
    return {int(pk): state_in_workflow(status, stage) for pk, status, stage in rows}


def state_in_workflow(status: str, stage: str | None) -> StoryState:
    """Return the state of a story whose way through the workflow has this status, and has reached this stage."""
    if status == WorkflowState.STATUS_NEEDS_CHANGES:
        return StoryState.SENT_BACK
    return StoryState(stage) if stage else StoryState.IN_MODERATION


def in_state(state: str) -> Q:
    """Return the condition that a page is in this state."""
    never_published = Q(live=False, expired=False, first_published_at__isnull=True)
    conditions = {
        StoryState.PUBLISHED: lambda: Q(live=True),
        StoryState.CHANGED: lambda: Q(live=True, has_unpublished_changes=True),
        StoryState.EXPIRED: lambda: Q(live=False, expired=True),
        StoryState.WITHDRAWN: lambda: Q(live=False, expired=False, first_published_at__isnull=False),
        StoryState.TAKEN_DOWN: lambda: Q(pk__in=Takedown.objects.filter(lifted_at__isnull=True).values("page_id")),
        StoryState.SCHEDULED: lambda: Q(pk__in=scheduled_ids()),
        StoryState.DRAFT: lambda: never_published & ~Q(pk__in=[*scheduled_ids(), *states_in_workflow()]),
    }
    return conditions.get(StoryState(state), lambda: _in_workflow(StoryState(state)))()


def _in_workflow(state: StoryState) -> Q:
    return Q(pk__in=[pk for pk, found in states_in_workflow().items() if found == state])


def states_of(pages: Sequence[BasePage]) -> dict[int, "StoryState"]:
    """Return the state of each page, in three queries for all of them."""
    ids = [page.pk for page in pages]
    taken_down = taken_down_among(ids)
    scheduled, waiting = set(scheduled_ids(ids)), states_in_workflow(ids)
    return {
        page.pk: StoryState.TAKEN_DOWN if page.pk in taken_down else _state_of(page, scheduled, waiting)
        for page in pages
    }


def _state_of(page: BasePage, scheduled: set[int], waiting: Mapping[int, StoryState]) -> StoryState:
    if page.pk in scheduled:
        return StoryState.SCHEDULED
    if page.pk in waiting:
        return waiting[page.pk]
    if page.live:
        return StoryState.CHANGED if page.has_unpublished_changes else StoryState.PUBLISHED
    if page.expired:
        return StoryState.EXPIRED
    return StoryState.WITHDRAWN if page.first_published_at else StoryState.DRAFT


def state_colour(state: StoryState) -> "StrOrPromise":
    """Return Wagtail's class for the state's tag: filled when readers can see the story."""
    return "w-status--primary" if state in {StoryState.PUBLISHED, StoryState.CHANGED} else ""
