"""The reports of what readers asked for and did not find: addresses, searches."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

PERIODS_DAYS = (1, 7, 30, 365)
USUAL_DAYS = 30


class MissedReport(WagtailAdminTemplateMixin, TemplateView):
    """What readers missed most in so many days, for those who can do something about it."""

    permission = ""
    """What somebody must be allowed to do who reads it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse all others."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the list."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def wanted_days(self) -> int:
        """Return for how many days it was asked."""
        asked = self.request.GET.get("days", "")
        return int(asked) if asked in map(str, PERIODS_DAYS) else USUAL_DAYS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the days that may be chosen."""
        return super().get_context_data(days=self.wanted_days(), periods=PERIODS_DAYS, **kwargs)
