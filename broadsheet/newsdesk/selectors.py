"""Reads of stories for the newsroom, drafts included. Each asks one index and never counts or skips rows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse

from broadsheet.accounts.models import User
from broadsheet.newsdesk.story_states import StoryState, state_colour, states_of
from broadsheet.newsdesk.workflow.given_stories import given_among
from broadsheet.pages.models import BasePage
from broadsheet.stories.attachments import Byline
from broadsheet.stories.selectors import story_type
from broadsheet.stories.story_permission_tester import StoryPermissionTester

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PREVIEW_LENGTH = 160
"""Characters of the standfirst shown below a headline."""


@dataclass(frozen=True)
class StoryRow:
    """One story in a list of the newsroom's. `edit_url` is empty for those who may not edit it."""

    pk: int
    headline: str
    preview: str
    section: str
    bylines: str
    state: StoryState
    colour: "StrOrPromise"
    language: str
    text_direction: str
    edited_at: dt.datetime | None
    published_at: dt.datetime | None
    planned_at: dt.datetime | None
    locked_by: str
    locked_at: dt.datetime | None
    edit_url: str
    changes_url: str
    """Where what waits is compared with what readers see, if anything waits and the user may edit it."""
    public_url: str


def stories_by_edit() -> "QuerySet[BasePage]":
    """Return every story, last edited first. One that was never saved by an editor or an import has no such time."""
    return _stories().filter(latest_revision_created_at__isnull=False).order_by("-latest_revision_created_at", "-id")


def stories_by_publication() -> "QuerySet[BasePage]":
    """Return the stories that were ever published, latest first."""
    return _stories().filter(first_published_at__isnull=False).order_by("-first_published_at", "-id")


def _stories() -> "QuerySet[BasePage]":
    stories: QuerySet[BasePage] = BasePage.objects.filter(content_type=story_type()).select_related(
        "section", "locked_by"
    )
    return stories


def story_rows(stories: Iterable[BasePage], user: User) -> list[StoryRow]:
    """Return what the newsroom shows of these stories, in five queries for all of them."""
    pages = list(stories)
    states = states_of(pages)
    bylines = defaultdict(list)
    rows = Byline.objects.filter(story_id__in=[page.pk for page in pages]).order_by("sort_order", "pk")
    for story_id, name in rows.values_list("story_id", "contributor__name"):
        bylines[story_id].append(name)
    given = given_among(user, [page.pk for page in pages if states[page.pk] != StoryState.TAKEN_DOWN])
    return [
        _row(
            page, states[page.pk], ", ".join(dict.fromkeys(bylines[page.pk])), page.pk in given or may_edit(user, page)
        )
        for page in pages
    ]


def _row(page: BasePage, state: StoryState, bylines: str, is_editable: bool) -> StoryRow:
    standfirst = page.standfirst
    preview = standfirst if len(standfirst) <= PREVIEW_LENGTH else f"{standfirst[: PREVIEW_LENGTH - 1].rstrip()}…"
    return StoryRow(
        pk=page.pk,
        headline=page.draft_title or page.title,
        preview=preview,
        section=page.section.name if page.section else "",
        bylines=bylines,
        state=state,
        colour=state_colour(state),
        language=page.language,
        text_direction=page.text_direction,
        edited_at=page.latest_revision_created_at,
        published_at=page.first_published_at,
        planned_at=page.go_live_at,
        locked_by=str(page.locked_by or "") if page.locked else "",
        locked_at=page.locked_at if page.locked else None,
        edit_url=_edit_url(page, state) if is_editable else "",
        changes_url=_changes_url(page) if is_editable else "",
        public_url=(page.url or "") if page.live else "",
    )


def _changes_url(page: BasePage) -> str:
    """Return where what waits is compared with what readers see."""
    if not (page.live and page.has_unpublished_changes):
        return ""
    return reverse("newsdesk_what_will_change", args=[page.pk])


def _edit_url(page: BasePage, state: StoryState) -> str:
    """Return where a story's headline leads: to its editor, or to its record while it is taken down."""
    view = "newsdesk_story_record" if state == StoryState.TAKEN_DOWN else "wagtailadmin_pages:edit"
    return reverse(view, args=[page.pk])


def may_edit(user: User, page: BasePage) -> bool:
    """Tell whether a user may edit a story by rank, section or authorship, without a query for each story.

    Who may edit only because a story waits for their approval finds it on the dashboard; who was given it,
    `given_among` knows.
    """
    if user.is_superuser:
        return user.is_active
    rights = StoryPermissionTester(user, page).permissions
    return "change" in rights or ("add" in rights and page.owner_id == user.pk)
