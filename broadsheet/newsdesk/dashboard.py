"""The newsroom's first page: what is mine, what waits for me, what comes, what has just come out."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from broadsheet.accounts.models import User
from broadsheet.newsdesk.new_story import may_write, works_on_stories
from broadsheet.newsdesk.selectors import StoryRow, stories_by_edit, stories_by_publication, story_rows
from broadsheet.newsdesk.story_states import scheduled_ids

STORIES_IN_A_PANEL = 8


class StoriesPanel(Component):
    """Some stories under a heading, or a sentence where there are none."""

    template_name = "newsdesk/dashboard_panel.html"
    heading: Any = ""
    nothing: Any = ""
    query = ""
    name = ""
    order = 0

    def __init__(self, user: User) -> None:
        self.user = user

    def is_shown(self) -> bool:
        """Tell whether the panel is for this user."""
        return True

    def rows(self) -> list[StoryRow]:
        """Return the stories of the panel."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what the template needs."""
        return {"panel": self, "rows": self.rows(), "more": self.more()}

    def more(self) -> str:
        """Return where all stories of this kind are, or nothing."""
        return f"{reverse('newsdesk_stories')}?{self.query}" if self.query else ""


class MyDrafts(StoriesPanel):
    """Stories that I am writing."""

    name = "my-drafts"
    order = 10
    heading = _("My drafts")
    nothing = _("You have no drafts.")
    query = "whose=mine&state=draft"

    def is_shown(self) -> bool:
        return may_write(self.user)

    def rows(self) -> list[StoryRow]:
        mine = stories_by_edit().filter(Q(live=False) | Q(has_unpublished_changes=True), owner=self.user)
        return story_rows(mine[:STORIES_IN_A_PANEL], self.user)


class WaitingForMe(StoriesPanel):
    """Stories that I may approve."""

    name = "waiting"
    order = 20
    heading = _("Waiting for me")
    nothing = _("Nothing waits for you.")

    def is_shown(self) -> bool:
        return works_on_stories(self.user)

    def rows(self) -> list[StoryRow]:
        waiting = TaskState.objects.reviewable_by(self.user).values_list("workflow_state__object_id", flat=True)
        ids = [int(pk) for pk in waiting.order_by("-started_at")[:STORIES_IN_A_PANEL]]
        return story_rows(stories_by_edit().filter(pk__in=ids), self.user)


class Scheduled(StoriesPanel):
    """Stories that will come out by themselves, the next first."""

    name = "scheduled"
    order = 30
    heading = _("Scheduled")
    nothing = _("Nothing is scheduled.")
    query = "state=scheduled"

    def rows(self) -> list[StoryRow]:
        ids = scheduled_ids()[:STORIES_IN_A_PANEL]
        place = {pk: number for number, pk in enumerate(ids)}
        rows = story_rows(stories_by_edit().filter(pk__in=ids), self.user)
        return sorted(rows, key=lambda row: place[row.pk])


class RecentlyPublished(StoriesPanel):
    """What readers found last."""

    name = "published"
    order = 40
    heading = _("Recently published")
    nothing = _("Nothing has been published yet.")
    query = "state=published&ordering=published"

    def rows(self) -> list[StoryRow]:
        return story_rows(stories_by_publication().filter(live=True)[:STORIES_IN_A_PANEL], self.user)


def panels_for(request: HttpRequest) -> list[StoriesPanel]:
    """Return the panels of a user's dashboard, in order."""
    user: Any = request.user
    panels = [panel(user) for panel in (MyDrafts, WaitingForMe, Scheduled, RecentlyPublished)]
    return [panel for panel in panels if panel.is_shown()]
