"""Hangs what readers look for in vain into the newsroom. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsdesk.views.missed_searches import MAKE_BEST_BETS, MissedSearches, ignore_missed_search

AFTER_ADDRESSES = 21


@hooks.register("register_admin_urls")
def register_missed_searches() -> list[URLPattern]:
    """Serve the list below /newsroom/search/."""
    return [
        path("search/missed/", MissedSearches.as_view(), name="newsdesk_missed_searches"),
        path("search/missed/ignore/", ignore_missed_search, name="newsdesk_ignore_missed_search"),
    ]


class MissedSearchesMenuItem(MenuItem):
    """Shown to those who may make best bets."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may."""
        return request.user.has_perm(MAKE_BEST_BETS)


@hooks.register("register_reports_menu_item")
def register_missed_searches_menu_item() -> MenuItem:
    """Offer the list among the reports."""
    return MissedSearchesMenuItem(
        _("Searches in vain"),
        reverse("newsdesk_missed_searches"),
        name="missed-searches",
        icon_name="search",
        order=AFTER_ADDRESSES,
    )
