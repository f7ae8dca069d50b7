"""Hangs the wire into the newsroom: addresses, menu, what a story's editor is told. Imported by `wagtail_hooks.py`."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.kit import clock
from broadsheet.kit.wall_time import told
from broadsheet.newsdesk.wire import acts, views
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Story
from broadsheet.wire.hold_embargo import agency_embargo
from broadsheet.wire.models import WireSource
from broadsheet.wire.selectors import held_stories, unclaimed_photos, warning_for_story


@hooks.register("register_admin_urls")
def register_wire() -> list[URLPattern]:
    """Serve the wire below /newsroom/wire/."""
    return [
        path("wire/", views.Queue.as_view(), name=views.QUEUE),
        path("wire/aside/", acts.set_items_aside, name="newsdesk_wire_aside"),
        path("wire/<int:item_id>/", views.Item.as_view(), name="newsdesk_wire_item"),
        path("wire/<int:item_id>/story/", acts.make_a_story, name="newsdesk_wire_story"),
        path("wire/<int:item_id>/known/", acts.know_of_kill, name="newsdesk_wire_know"),
        path("wire/<int:item_id>/photos/", acts.fetch_photos, name="newsdesk_wire_photos"),
        path("wire/photos/<int:photo_id>/keep/", acts.keep_one_photo, name="newsdesk_wire_keep_photo"),
        path("wire/sources/<int:source_id>/fetch/", acts.fetch_now, name="newsdesk_wire_fetch"),
    ]


class WireMenuItem(MenuItem):
    """Shown to those who work with the wire."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user does."""
        return request.user.has_perm(views.WORK_WITH_WIRE)


@hooks.register("register_admin_menu_item")
def register_wire_menu_item() -> MenuItem:
    """Offer the wire right below the stories."""
    return WireMenuItem(gettext_lazy("Wire"), reverse(views.QUEUE), name="wire", icon_name="globe", order=55)


@hooks.register("insert_global_admin_css")
def add_wire_styles() -> SafeString:
    """Style the queue and its items."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsdesk/wire/wire.css"))


@hooks.register("before_edit_page")
def warn_of_what_the_agency_took_back(request: HttpRequest, page: BasePage) -> None:
    """Say above a story's form that the agency has killed or corrected what it was made of."""
    if request.method != "GET" or not isinstance(page, Story):
        return
    version = warning_for_story(page.pk)
    if version is None:
        return
    names = {"agency": version.item.source.credit, "moment": told(version.received_at)}
    if version.told_kind == "kill":
        words = _("%(agency)s has killed what this story was made of (%(moment)s).") % names
    else:
        words = _("%(agency)s has corrected what this story was made of (%(moment)s).") % names
    address = reverse("newsdesk_wire_item", args=[version.item_id])
    messages.error(request, format_html('{} <a href="{}">{}</a>', words, address, _("Read what it says")))


@hooks.register("before_copy_page")
def copy_nothing_out_of_an_embargo(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Refuse a copy of a story under an agency's embargo, or of a shelf with one: it would be free of it."""
    reason = next((reason for pk in held_stories(below=page) if (reason := agency_embargo(pk, clock.now()))), "")
    if not reason:
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_delete_snippet")
def keep_sources_that_have_sent_something(request: HttpRequest, instances: "list[Any]") -> HttpResponse | None:
    """Refuse to delete them: embargoes and kills of stories hang on their items."""
    sources = [one.pk for one in instances if isinstance(one, WireSource)]
    used = WireSource.objects.filter(pk__in=sources, items__isnull=False).first()
    if used is None:
        return None
    words = _("“%(source)s” has sent items, on which embargoes and kills hang. Switch it off instead.")
    messages.error(request, words % {"source": used})
    return redirect("newsdesk_wire_sources:edit", used.pk)


@hooks.register("construct_image_chooser_queryset")
def offer_no_photos_of_the_wire_alone(photos: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
    """Photos that were only fetched to be looked at go with their item: nobody builds on them before they are kept."""
    return photos.exclude(pk__in=unclaimed_photos().values("photo"))


@hooks.register("register_permissions")
def register_rights() -> "QuerySet[Permission]":
    """Let an admin give the right over the wire to other groups, under Settings > Groups."""
    return Permission.objects.filter(content_type__app_label="wire", codename="work_with_wire")
