"""Hangs the fronts' pages into the newsroom: addresses and menu. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.fronts.permissions import may_arrange_some
from broadsheet.newsdesk import fronts_acts, fronts_board
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.fronts_stories import find_stories

PAGES_OF_A_FRONT = [
    path("", fronts_board.FrontBoard.as_view(), name="board"),
    path("arrange/", fronts_acts.arrange, name="arrange"),
    path("preview/", fronts_acts.preview, name="preview"),
    path("save/", fronts_acts.save, name="save"),
    path("unschedule/", fronts_acts.unschedule, name="unschedule"),
    path("history/", fronts_board.FrontHistory.as_view(), name="history"),
    path("history/<int:version_id>/", fronts_acts.version, name="version"),
    path("history/<int:version_id>/restore/", fronts_acts.restore, name="restore"),
]
ADDRESSES: list[URLPattern | URLResolver] = [
    path("", fronts_board.FrontsIndex.as_view(), name="index"),
    path("stories/", find_stories, name="stories"),
    path("front-page/", include(PAGES_OF_A_FRONT)),
    path("section/<int:section_id>/", include(PAGES_OF_A_FRONT)),
]


@hooks.register("register_admin_urls")
def register_front_boards() -> list[URLResolver]:
    """Serve the fronts' pages below /newsroom/fronts/."""
    return [path("fronts/", include((ADDRESSES, "fronts_board")))]


class FrontsMenuItem(MenuItem):
    """Shown to those who may arrange a front."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether there is a front the user may arrange."""
        return may_arrange_some(signed_in(request))


@hooks.register("register_admin_menu_item")
def register_fronts_menu_item() -> MenuItem:
    """Offer the fronts in the newsroom's menu."""
    return FrontsMenuItem(_("Fronts"), reverse("fronts_board:index"), name="fronts", icon_name="grid", order=150)
