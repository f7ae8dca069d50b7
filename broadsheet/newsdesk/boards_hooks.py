"""Hangs the boards into the newsroom: addresses and menu. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsdesk.boards.urls import urlpatterns
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.new_story import works_on_stories


@hooks.register("register_admin_urls")
def register_boards() -> list[URLPattern]:
    """Serve the boards below /newsroom/boards/."""
    return urlpatterns


class BoardsMenuItem(MenuItem):
    """Shown to those whose work stories are."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether stories are the user's work."""
        return works_on_stories(signed_in(request))


@hooks.register("register_admin_menu_item")
def register_boards_menu_item() -> MenuItem:
    """Offer the boards right below the stories."""
    return BoardsMenuItem(
        _("Boards"), reverse("newsdesk_board_by_stage"), name="boards", icon_name="clipboard-list", order=60
    )
