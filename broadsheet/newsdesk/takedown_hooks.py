"""Hangs taking down and the record into the newsroom: addresses, buttons, rights. Imported by `wagtail_hooks.py`."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from broadsheet.accounts.models import User
from broadsheet.newsdesk.story_past import refuse_deletion
from broadsheet.newsdesk.views import amend_record, story_record, take_down
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Story
from broadsheet.stories.story_permission_tester import was_ever_published
from broadsheet.stories.taken_down import TAKE_DOWN_STORY

AFTER_HISTORY = 66
LAST = 90
RIGHTS = {
    "stories": ["take_down_story", "read_taken_down", "amend_record"],
    "changes": ["read_audit"],
}


@hooks.register("register_admin_urls")
def register_record_and_takedown() -> list[URLPattern]:
    """Serve a story's record, and what is done to it, below /newsroom/stories/ID/."""
    return [
        path("stories/<int:story_id>/record/", story_record.StoryRecord.as_view(), name="newsdesk_story_record"),
        path(
            "stories/<int:story_id>/record/<int:number>/",
            story_record.StoryVersion.as_view(),
            name="newsdesk_story_version",
        ),
        path(
            "stories/<int:story_id>/record/<int:number>/withdraw-note/",
            amend_record.WithdrawNote.as_view(),
            name="newsdesk_withdraw_note",
        ),
        path(
            "stories/<int:story_id>/record/<int:number>/withhold-words/",
            amend_record.WithholdWords.as_view(),
            name="newsdesk_withhold_words",
        ),
        path("stories/<int:story_id>/take-down/", take_down.TakeDown.as_view(), name="newsdesk_take_down"),
        path("stories/<int:story_id>/put-back/", take_down.PutBack.as_view(), name="newsdesk_put_back"),
    ]


@hooks.register("register_page_header_buttons")
def offer_record_and_takedown(page: Any, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a story to its record, and offer to take it down to those who may."""
    if not isinstance(page.specific_deferred, Story) or not was_ever_published(page):
        return
    record = reverse("newsdesk_story_record", args=[page.pk])
    yield Button(_("Record"), url=record, icon_name="list-ul", priority=AFTER_HISTORY)
    if user.has_perm(TAKE_DOWN_STORY):
        yield Button(
            _("Take down"), url=reverse("newsdesk_take_down", args=[page.pk]), icon_name="warning", priority=LAST
        )


@hooks.register("before_bulk_action")
def keep_what_was_public(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Delete no story that was ever published, nor a month that holds one."""
    if action_type != "delete" or action.model is not BasePage:
        return None
    return refuse_deletion(request, [page.pk for page in objects])


@hooks.register("construct_image_chooser_queryset")
def offer_no_withdrawn_photos(photos: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
    """A photo that was taken down can be put into no other story."""
    return photos.filter(withdrawn_at__isnull=True)


@hooks.register("construct_reports_menu")
def leave_history_to_the_audit(request: HttpRequest, items: list[MenuItem]) -> None:
    """Drop Wagtail's own list of what was done: it would name stories that are taken down."""
    items[:] = [item for item in items if item.name != "site-history"]


@hooks.register("register_permissions")
def register_rights() -> "QuerySet[Permission]":
    """Let an admin give these rights to other groups, under Settings > Groups."""
    wanted = Q()
    for label, codenames in RIGHTS.items():
        wanted |= Q(content_type__app_label=label, codename__in=codenames)
    return Permission.objects.filter(wanted)
