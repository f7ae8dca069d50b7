"""What the newsroom is working on: on its way through the stages, assigned, or a draft that was touched lately.

Every question is bounded by what is in work, never by the archive, and there are as many for one story as for fifty.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from wagtail.models import WorkflowState, get_default_page_content_type

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.newsdesk.story_states import STAGE, StoryState, scheduled_ids, state_in_workflow
from broadsheet.newsdesk.workflow.models import DeskApproval, StoryAssignment, StoryNote
from broadsheet.newsdesk.workflow.permissions import may_work_on
from broadsheet.pages.models import BasePage
from broadsheet.stories.attachments import Byline
from broadsheet.stories.selectors import story_type

MOST_CARDS = 300
DAYS_OF_DRAFTS = 14
"""A draft that nobody touched for longer is found in the story list."""


@dataclass(frozen=True)
class Place:
    """Where a story waits, since when, and at which task."""

    state: StoryState
    since: dt.datetime
    task_id: int | None


@dataclass(frozen=True)
class Work:
    """What belongs to a story in work: where it waits, whose it is, its bylines (name, user), how many notes it has."""

    place: Place | None
    assignment: StoryAssignment | None
    bylines: Sequence[tuple[str, int | None]]
    notes: int


@dataclass(frozen=True)
class Card:
    """One story on a board. `edit_url` is empty for those who may not open it, `may_act` says who may assign it."""

    pk: int
    headline: str
    section: str
    bylines: str
    state: StoryState
    since: dt.datetime | None
    assignee: str
    due_at: dt.datetime | None
    is_overdue: bool
    locked_by: str
    locked_at: dt.datetime | None
    notes: int
    is_live: bool
    language: str
    text_direction: str
    edit_url: str
    desk_url: str
    may_act: bool


@dataclass(frozen=True)
class BoardFilter:
    """What of the work is shown."""

    section_id: int | None = None
    assignee_id: int | None = None
    mine: bool = False


def stories_in_work(user: User, wanted: BoardFilter) -> list[Card]:
    """Return a card for each story in work that the filter lets through, longest waiting first."""
    places = _places()
    assignments = _open_assignments()
    scheduled = set(scheduled_ids()) - set(places)
    pages = [page for page in _pages([*places, *assignments], wanted) if page.pk not in scheduled]
    ids = [page.pk for page in pages]
    bylines = _bylines(ids)
    notes = dict(StoryNote.objects.filter(story__in=ids).order_by().values_list("story").annotate(n=Count("pk")))
    tasks = {task.pk: task for task in DeskApproval.objects.all()}
    cards = []
    for page in pages:
        work = Work(places.get(page.pk), assignments.get(page.pk), bylines[page.pk], notes.get(page.pk, 0))
        if _is_wanted(page, work, wanted, user):
            cards.append(_card(page, work, tasks, user))
    return sorted(cards, key=lambda card: (card.since or clock.now(), card.pk))


def _places() -> dict[int, Place]:
    """Return where each story waits that is on its way, in one query."""
    waiting = WorkflowState.objects.active().filter(base_content_type=get_default_page_content_type())
    rows = waiting.order_by("-created_at").values_list(
        "object_id",
        "status",
        STAGE,
        "current_task_state__started_at",
        "current_task_state__finished_at",
        "current_task_state__task_id",
    )[:MOST_CARDS]
    return {
        int(pk): Place(state_in_workflow(status, stage), (finished or started), None if finished else task)
        for pk, status, stage, started, finished, task in rows
    }


def _open_assignments() -> dict[int, StoryAssignment]:
    """Return who has which story that has not come out since it was given to them."""
    unfinished = StoryAssignment.objects.unfinished()
    rows = unfinished.select_related("assignee").order_by("due_at", "story")[:MOST_CARDS]
    return {row.story_id: row for row in rows}


def _pages(ids: list[int], wanted: BoardFilter) -> list[BasePage]:
    """Return the stories on their way or assigned, and the drafts that were touched lately."""
    lately = clock.now() - dt.timedelta(days=DAYS_OF_DRAFTS)
    stories = BasePage.objects.filter(content_type=story_type()).select_related("section", "locked_by")
    if wanted.section_id:
        stories = stories.filter(section=wanted.section_id)
    drafts = stories.filter(live=False, first_published_at=None, latest_revision_created_at__gte=lately)
    touched = list(drafts.order_by("-latest_revision_created_at", "-id")[:MOST_CARDS])
    known = {page.pk for page in touched}
    return [*touched, *stories.filter(pk__in=[pk for pk in dict.fromkeys(ids) if pk not in known])]


def _bylines(ids: Iterable[int]) -> dict[int, list[tuple[str, int | None]]]:
    found: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    rows = Byline.objects.filter(story_id__in=list(ids)).order_by("sort_order", "pk")
    for story_id, name, user_id in rows.values_list("story_id", "contributor__name", "contributor__user_id"):
        found[story_id].append((name, user_id))
    return found


def _is_wanted(page: BasePage, work: Work, wanted: BoardFilter, user: User) -> bool:
    """Tell whether a story is one of those asked for; mine are those I wrote, began or was given."""
    assignee = work.assignment.assignee_id if work.assignment else None
    if wanted.assignee_id and assignee != wanted.assignee_id:
        return False
    mine = user.pk in {page.owner_id, assignee, *(user_id for _, user_id in work.bylines)}
    return mine or not wanted.mine


def _card(page: BasePage, work: Work, tasks: Mapping[int, DeskApproval], user: User) -> Card:
    place, assignment = work.place, work.assignment
    task = tasks.get(place.task_id) if place and place.task_id else None
    may_open = may_work_on(user, page, task=task, assignment=assignment)
    due_at = assignment.due_at if assignment else None
    return Card(
        pk=page.pk,
        headline=page.draft_title or page.title,
        section=page.section.name if page.section else "",
        bylines=", ".join(dict.fromkeys(name for name, _ in work.bylines)),
        state=place.state if place else StoryState.CHANGED if page.live else StoryState.DRAFT,
        since=place.since if place else page.latest_revision_created_at,
        assignee=str(assignment.assignee or "") if assignment else "",
        due_at=due_at,
        is_overdue=due_at is not None and due_at <= clock.now(),
        locked_by=str(page.locked_by or "") if page.locked else "",
        locked_at=page.locked_at if page.locked else None,
        notes=work.notes,
        is_live=page.live,
        language=page.language,
        text_direction=page.text_direction,
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if may_open else "",
        desk_url=reverse("newsdesk_story_desk", args=[page.pk]),
        may_act=may_open,
    )


def stories_that_may_be_assigned(user: User, ids: Iterable[int]) -> dict[int, Any]:
    """Return those of the stories that are in work and that the user may give to somebody, with their present one."""
    wanted = set(ids)
    places, assignments = _places(), _open_assignments()
    tasks = {task.pk: task for task in DeskApproval.objects.all()}
    found = {}
    for page in BasePage.objects.filter(content_type=story_type(), pk__in=wanted):
        place = places.get(page.pk)
        task = tasks.get(place.task_id) if place and place.task_id else None
        if may_work_on(user, page, task=task, assignment=assignments.get(page.pk)):
            found[page.pk] = (page, assignments.get(page.pk))
    return found
