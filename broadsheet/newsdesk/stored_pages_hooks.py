"""Hangs the operator's page about the stored pages into the newsroom. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsdesk.stored_pages.views import ClearStoredPages, StoredPagesStatus

AFTER_MISSED_ADDRESSES = 30


@hooks.register("register_admin_urls")
def register_stored_pages() -> list[URLPattern]:
    """Serve it below /newsroom/stored-pages/."""
    return [
        path("stored-pages/", StoredPagesStatus.as_view(), name="newsdesk_stored_pages"),
        path("stored-pages/clear/", ClearStoredPages.as_view(), name="newsdesk_clear_stored_pages"),
    ]


class StoredPagesMenuItem(MenuItem):
    """Shown to superusers."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user is one."""
        return request.user.is_superuser


@hooks.register("register_reports_menu_item")
def register_stored_pages_menu_item() -> MenuItem:
    """Offer it among the reports."""
    return StoredPagesMenuItem(
        _("Stored pages"),
        reverse("newsdesk_stored_pages"),
        name="stored-pages",
        icon_name="site",
        order=AFTER_MISSED_ADDRESSES,
    )


@hooks.register("insert_global_admin_css")
def add_stored_pages_styles() -> SafeString:
    """Style the figures and the graphs."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsdesk/stored-pages.css"))
