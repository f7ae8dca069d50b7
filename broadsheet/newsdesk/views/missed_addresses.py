"""Addresses at which readers found nothing: make a redirect, or say that it does not matter."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.contrib.redirects import views as redirect_views

from broadsheet.newsdesk.redirect_form import PaperRedirectForm
from broadsheet.newsdesk.views.missed_report import MissedReport
from broadsheet.pages.addresses import MAX_ADDRESS
from broadsheet.pages.models import IgnoredAddress
from broadsheet.pages.selectors import missed_addresses, missed_besides

MAKE_REDIRECTS = "wagtailredirects.add_redirect"


class MissedAddresses(MissedReport):
    """What readers missed most, those first to which the paper itself links."""

    template_name = "newsdesk/missed_addresses.html"
    page_title = gettext_lazy("Addresses not found")
    permission = MAKE_REDIRECTS
    header_icon = "link"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of the wanted days."""
        days = self.wanted_days()
        return super().get_context_data(
            rows=missed_addresses(days=days),
            others=missed_besides(days=days),
            ignored=IgnoredAddress.objects.order_by("address"),
            **kwargs,
        )


class RedirectFromMissed(redirect_views.CreateView):
    """The form of a new redirect, with the address filled in."""

    form_class = PaperRedirectForm
    add_url_name = "newsdesk_redirect_missed"

    def get_initial(self) -> dict[str, Any]:
        """Fill in the address that was missed."""
        return {**super().get_initial(), "old_path": self.request.GET.get("address", "")[:MAX_ADDRESS]}

    def get_success_url(self) -> str:
        """Lead back to the list."""
        return reverse("newsdesk_missed_addresses")


@require_POST
def ignore_missed(request: HttpRequest) -> HttpResponse:
    """Leave an address out of the list from now on, or show it again."""
    if not request.user.has_perm(MAKE_REDIRECTS):
        raise PermissionDenied
    address = request.POST.get("address", "")[:MAX_ADDRESS]
    if "again" in request.POST:
        IgnoredAddress.objects.filter(address=address).delete()
        messages.success(request, _("%(address)s is in the list again.") % {"address": address})
    elif address:
        IgnoredAddress.objects.get_or_create(address=address)
        messages.success(request, _("%(address)s is no longer in the list.") % {"address": address})
    return redirect("newsdesk_missed_addresses")
