"""Hangs the embargo board into the newsroom: addresses, menu, tab. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.fronts.permissions import may_arrange_some
from broadsheet.newsdesk.boards.registry import Board, register_board
from broadsheet.newsdesk.embargoes import views
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.new_story import works_on_stories

register_board(Board(_("Embargoes"), views.BOARD))


@hooks.register("register_admin_urls")
def register_embargo_board() -> list[URLPattern]:
    """Serve the board below /newsroom/embargoes/."""
    one = "embargoes/<str:kind>/<int:object_id>"
    return [
        path("embargoes/", views.EmbargoBoard.as_view(), name=views.BOARD),
        path(f"{one}/publish/", views.PublishNow.as_view(), name="newsdesk_embargo_publish"),
        path(f"{one}/move/", views.Move.as_view(), name="newsdesk_embargo_move"),
        path(f"{one}/cancel/", views.Cancel.as_view(), name="newsdesk_embargo_cancel"),
    ]


class EmbargoesMenuItem(MenuItem):
    """Shown to those who work on stories or fronts."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether what is planned is the user's business."""
        user = signed_in(request)
        return works_on_stories(user) or may_arrange_some(user)


@hooks.register("register_admin_menu_item")
def register_embargoes_menu_item() -> MenuItem:
    """Offer the board below the others."""
    return EmbargoesMenuItem(
        _("Embargoes"), reverse(views.BOARD), name="embargoes", icon_name="calendar-check", order=65
    )
