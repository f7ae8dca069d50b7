"""What readers look for and do not find: make a best bet of it, or say that it does not matter."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from broadsheet.newsdesk.views.missed_report import MissedReport
from broadsheet.search.folded_words import folded
from broadsheet.search.models import IgnoredSearch
from broadsheet.search.selectors import FEWEST_OCCASIONS, missed_besides, missed_searches

MAKE_BEST_BETS = "search.add_bestbet"


class MissedSearches(MissedReport):
    """What readers missed most."""

    template_name = "newsdesk/missed_searches.html"
    page_title = gettext_lazy("Searches in vain")
    permission = MAKE_BEST_BETS
    header_icon = "search"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of the wanted days."""
        days = self.wanted_days()
        return super().get_context_data(
            rows=missed_searches(days=days),
            others=missed_besides(days=days),
            fewest=FEWEST_OCCASIONS,
            ignored=IgnoredSearch.objects.order_by("words"),
            **kwargs,
        )


@require_POST
def ignore_missed_search(request: HttpRequest) -> HttpResponse:
    """Leave words out of the list from now on, or show them again."""
    if not request.user.has_perm(MAKE_BEST_BETS):
        raise PermissionDenied
    words = folded(request.POST.get("words", ""))
    if "again" in request.POST:
        IgnoredSearch.objects.filter(words=words).delete()
        messages.success(request, _("“%(words)s” is in the list again.") % {"words": words})
    elif words:
        IgnoredSearch.objects.get_or_create(words=words)
        messages.success(request, _("“%(words)s” is no longer in the list.") % {"words": words})
    return redirect("newsdesk_missed_searches")
