"""Hangs the list of addresses not found into the newsroom. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsdesk.views.missed_addresses import (
    MAKE_REDIRECTS,
    MissedAddresses,
    RedirectFromMissed,
    ignore_missed,
)

AFTER_AUDIT = 20


@hooks.register("register_admin_urls")
def register_missed_addresses() -> list[URLPattern]:
    """Serve the list below /newsroom/addresses/."""
    return [
        path("addresses/missed/", MissedAddresses.as_view(), name="newsdesk_missed_addresses"),
        path("addresses/missed/redirect/", RedirectFromMissed.as_view(), name="newsdesk_redirect_missed"),
        path("addresses/missed/ignore/", ignore_missed, name="newsdesk_ignore_missed"),
    ]


class MissedAddressesMenuItem(MenuItem):
    """Shown to those who may make redirects."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may."""
        return request.user.has_perm(MAKE_REDIRECTS)


@hooks.register("register_reports_menu_item")
def register_missed_addresses_menu_item() -> MenuItem:
    """Offer the list among the reports."""
    return MissedAddressesMenuItem(
        _("Addresses not found"),
        reverse("newsdesk_missed_addresses"),
        name="missed-addresses",
        icon_name="link",
        order=AFTER_AUDIT,
    )
