"""What the newsroom's own pages about one story share: finding it, naming it, and saying where one is."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.accounts.models import User
from broadsheet.stories.models import Story, Takedown
from broadsheet.stories.permissions import AMEND_RECORD
from broadsheet.stories.taken_down import READ_TAKEN_DOWN, TAKE_DOWN_STORY, stand_in_title, takedown_in_force

SUPERVISES = (TAKE_DOWN_STORY, READ_TAKEN_DOWN, AMEND_RECORD)


def may_read_record(user: User, story: Story) -> bool:
    """Tell whether a user may see the newsroom's page of a story's record: who edits it, or answers for the record."""
    return story.permissions_for_user(user).can_edit() or any(user.has_perm(right) for right in SUPERVISES)


class StoryPageMixin(WagtailAdminTemplateMixin):
    """A newsroom page about one story. `label` names the page; `right` is the permission that it asks for, if any."""

    header_icon = "doc-full"
    label: Any = ""
    right = ""
    user: User
    story: Story

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the story and ask whether the user may see this page of it."""
        if not isinstance(request.user, User):
            raise PermissionDenied
        self.user = request.user
        self.story = get_object_or_404(Story, pk=kwargs["story_id"])
        if not (self.user.has_perm(self.right) if self.right else may_read_record(self.user, self.story)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def takedown(self) -> Takedown | None:
        """The takedown that holds the story back, if one does."""
        return takedown_in_force(self.story.pk)

    @property
    def may_read_words(self) -> bool:
        """Whether the words of this story may be shown to the user; reading them is logged where they are shown."""
        return self.takedown is None or self.user.has_perm(READ_TAKEN_DOWN)

    @property
    def headline(self) -> str:
        """The story's headline, or what stands in its place while it is taken down."""
        return stand_in_title(self.story.pk) if self.takedown else self.story.draft_title or self.story.title

    def get_page_title(self) -> str:
        """Name the page."""
        return f"{self.label}: {self.headline}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the stories and to this one."""
        story_url = "" if self.takedown else reverse("wagtailadmin_pages:edit", args=[self.story.pk])
        record_url = reverse("newsdesk_story_record", args=[self.story.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsdesk_stories"), "label": _("Stories")},
            {"url": story_url or record_url, "label": self.headline},
            {"url": "", "label": self.label, "sublabel": self.headline},
        ]
