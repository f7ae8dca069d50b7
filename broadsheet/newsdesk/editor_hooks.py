"""What the story's editor does otherwise than Wagtail's. Imported by `wagtail_hooks.py`."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import Button

from broadsheet.accounts.models import User
from broadsheet.newsdesk.versions import views
from broadsheet.newsdesk.why_it_changes import forget_explanation, forget_spent_explanation
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Story

RESTORING = "revisions_revert"
BEFORE_RECORD = 65


@hooks.register("register_admin_urls")
def register_versions() -> list[URLPattern]:
    """Serve a story's versions below /newsroom/stories/ID/."""
    return [
        path("stories/<int:story_id>/versions/", views.Versions.as_view(), name="newsdesk_versions"),
        path("stories/<int:story_id>/compare/", views.CompareVersions.as_view(), name="newsdesk_compare"),
        path(
            "stories/<int:story_id>/versions/<str:name>/restore/",
            views.RestoreVersion.as_view(),
            name="newsdesk_restore_version",
        ),
        path(
            "stories/<int:story_id>/what-will-change/", views.WhatWillChange.as_view(), name="newsdesk_what_will_change"
        ),
    ]


@hooks.register("register_page_header_buttons")
def offer_versions(page: Any, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a story to its versions, for those who edit it."""
    if isinstance(page.specific_deferred, Story) and page.permissions_for_user(user).can_edit():
        address = reverse("newsdesk_versions", args=[page.pk])
        yield Button(_("Compare and restore"), url=address, icon_name="history", priority=BEFORE_RECORD)


@hooks.register("insert_global_admin_css")
def add_stylesheet() -> SafeString:
    """Style the pages of versions and embargoes."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsdesk/versions.css"))


@hooks.register("before_edit_page")
def ask_anew_why_it_changes(request: HttpRequest, page: BasePage) -> None:
    """Begin each update without the last one's reason, and a restored version without its own."""
    if not isinstance(page, Story):
        return
    if request.resolver_match and request.resolver_match.url_name == RESTORING:
        forget_explanation(page)
    else:
        forget_spent_explanation(page)


@hooks.register("before_bulk_action")
def have_each_update_explained(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Publish no update among many at once: its editor has to say why the story changes."""
    changed = [page for page in objects if action_type == "publish" and page.live and page.has_unpublished_changes]
    unexplained = [page for page in changed if isinstance(page.specific_deferred, Story)]
    if not unexplained:
        return None
    names = {"headline": unexplained[0].get_admin_display_title()}
    messages.error(
        request, _("Readers see “%(headline)s” already. Open it, say why it changes, and update it.") % names
    )
    return redirect(get_valid_next_url_from_request(request) or reverse("newsdesk_stories"))


class UpdateMenuItem(PublishMenuItem):
    """Publishing what readers have seen before: an update, at once or at its moment."""

    label = _("Update now")


@hooks.register("construct_page_action_menu")
def call_an_update_so(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Say “Update now” where readers see the page already."""
    page = context.get("page")
    if page is None or not page.live:
        return
    items[:] = [UpdateMenuItem(order=item.order) if type(item) is PublishMenuItem else item for item in items]
