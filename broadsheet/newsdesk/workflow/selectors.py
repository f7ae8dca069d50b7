"""What the newsroom's page about one story shows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wagtail.models import TaskState, WorkflowState, get_default_page_content_type

from broadsheet.accounts.models import User
from broadsheet.newsdesk.workflow.models import APPROVE, RETURN_TO_WRITER, StoryAssignment, StoryNote
from broadsheet.newsdesk.workflow.permissions import may_work_on
from broadsheet.pages.models import BasePage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Way:
    """Where a story is on its way, and what the user may do about it."""

    state: WorkflowState | None
    task_state: TaskState | None
    task: Any
    sends_on: "StrOrPromise"
    is_last: bool
    sends_back: Sequence[tuple[str, "StrOrPromise"]]

    @property
    def is_sent_back(self) -> bool:
        """Whether the story is with its writer again."""
        return self.state is not None and self.state.status == WorkflowState.STATUS_NEEDS_CHANGES


def way_of(story: BasePage, user: User) -> Way:
    """Return where a story is on its way, and what this user may do with it there."""
    state = (
        WorkflowState.objects.active()
        .filter(base_content_type=get_default_page_content_type(), object_id=str(story.pk))
        .select_related("current_task_state__task", "current_task_state__finished_by", "workflow")
        .first()
    )
    task_state = state.current_task_state if state else None
    task = task_state.task.specific if task_state else None
    waits = task_state is not None and task_state.status == TaskState.STATUS_IN_PROGRESS
    actions = task.get_actions(story, user) if task and waits else []
    labels = {name: label for name, label, _ in reversed(actions)}
    backs = [(name, labels[name]) for name in ("back", RETURN_TO_WRITER) if name in labels]
    is_last = bool(state and waits and state.is_at_final_task)
    return Way(state, task_state, task, labels.get(APPROVE, ""), is_last, backs)


def assignment_of(story: BasePage) -> StoryAssignment | None:
    """Return who has a story until when; nothing once it came out."""
    of_story = StoryAssignment.objects.unfinished().filter(story=story.pk)
    found: StoryAssignment | None = of_story.select_related("assignee", "set_by").first()
    return found


def notes_on(story: BasePage) -> list[StoryNote]:
    """Return what was said about a story, in order."""
    return list(StoryNote.objects.filter(story=story.pk).select_related("by"))


def last_note_on(story: BasePage) -> StoryNote | None:
    """Return what was said last."""
    return StoryNote.objects.filter(story=story.pk).select_related("by").order_by("-at", "-pk").first()


def may_act_on(user: User, story: BasePage, way: Way) -> bool:
    """Tell whether the user may act on this story."""
    return may_work_on(user, story, task=way.task, assignment=assignment_of(story))


@dataclass(frozen=True)
class Step:
    """A stage that a story passed or waits at."""

    name: str
    started_at: dt.datetime
    finished_at: dt.datetime | None
    outcome: str
    by: str


def steps_of(way: Way) -> list[Step]:
    """Return the stages of a story's present way, in order."""
    if way.state is None:
        return []
    states = way.state.task_states.select_related("task", "finished_by").order_by("started_at", "pk")
    return [
        Step(
            name=state.task.name,
            started_at=state.started_at,
            finished_at=state.finished_at,
            outcome=state.status,
            by=str(state.finished_by or ""),
        )
        for state in states
    ]
