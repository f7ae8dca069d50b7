"""A story's versions: the list, two of them compared, what will change, and bringing one back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from broadsheet.accounts.models import User
from broadsheet.newsdesk.story_view import StoryPageMixin
from broadsheet.newsdesk.versions.restore_version import WaitsForItsMomentError, restore_version
from broadsheet.newsdesk.versions.selectors import LIVE, NEWEST, NoSuchVersionError, Side, side, versions_of
from broadsheet.stories.compare_versions import FieldChanges, changed_besides_words, compare_fields
from broadsheet.stories.models import Story
from broadsheet.stories.recorded_text import recorded_fields
from broadsheet.stories.taken_down import is_taken_down


class VersionsPageMixin(StoryPageMixin):
    """A page about a story's versions: for those who edit it, and while it is not taken down."""

    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may not edit the story, before anything of it is read."""
        story = get_object_or_404(Story, pk=kwargs["story_id"])
        may = isinstance(request.user, User) and story.permissions_for_user(request.user).can_edit()
        if not may or is_taken_down(story.pk):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def side(self, name: str) -> Side:
        """Return a version by its name; 404 where there is none."""
        try:
            return side(self.story, name)
        except NoSuchVersionError as error:
            raise Http404 from error


class Versions(VersionsPageMixin, TemplateView):
    """Every version, with two to choose for comparison."""

    template_name = "newsdesk/versions/versions.html"
    label = gettext_lazy("Versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows; the two newest are chosen."""
        return super().get_context_data(story=self.story, rows=versions_of(self.story), **kwargs)


class CompareVersions(VersionsPageMixin, TemplateView):
    """Two versions, as words added and removed."""

    template_name = "newsdesk/versions/compare.html"
    label = gettext_lazy("Compare")

    def sides(self) -> tuple[Side, Side]:
        """Return the older and the newer version that the address names."""
        asked = self.request.GET
        return self.side(asked.get("old", LIVE)), self.side(asked.get("new", NEWEST))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what changed from the one to the other."""
        old, new = self.sides()
        context = {"story": self.story, "old": old, "new": new, "changes": changes_between(old, new)}
        return super().get_context_data(**context, besides=changed_besides_words(old.content, new.content), **kwargs)


class WhatWillChange(CompareVersions):
    """What readers see against the version that waits: the scheduled one, if there is one, else the newest."""

    label = gettext_lazy("What will change")

    def sides(self) -> tuple[Side, Side]:
        """Return the live and the waiting version."""
        waiting = self.story.revisions.filter(approved_go_live_at__isnull=False).values_list("pk", flat=True).first()
        return self.side(LIVE), self.side(f"r{waiting}" if waiting else NEWEST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add that this is about what waits."""
        return super().get_context_data(is_waiting=True, **kwargs)


class RestoreVersion(VersionsPageMixin, TemplateView):
    """Shows what bringing a version back would change, and does it when that is confirmed."""

    template_name = "newsdesk/versions/restore.html"
    label = gettext_lazy("Restore")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what would change from the newest version."""
        old, new = self.side(NEWEST), self.side(self.kwargs["name"])
        return super().get_context_data(story=self.story, version=new, changes=changes_between(old, new), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Bring it back as a draft."""
        version = self.side(self.kwargs["name"])
        try:
            restore_version(story=self.story, user=self.user, name=version.name)
        except (NoSuchVersionError, WaitsForItsMomentError):
            messages.error(request, _("A version of this story is scheduled. Cancel the schedule first."))
            return redirect(reverse("newsdesk_versions", args=[self.story.pk]))
        messages.success(request, _("The old version is the newest draft now. Readers do not see it yet."))
        return redirect("wagtailadmin_pages:edit", self.story.pk)


def changes_between(old: Side, new: Side) -> list[FieldChanges]:
    """Return the fields of which something changed."""
    compared = compare_fields(recorded_fields(old.content, old.names), recorded_fields(new.content, new.names))
    return [field for field in compared if field.changed]
