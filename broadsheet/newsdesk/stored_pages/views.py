"""What the operator sees of the stored pages, and clearing them."""

import logging
import socket
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.delivery.clear_pages import clear_pages
from broadsheet.delivery.following import following
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.store_status import store_status, traffic
from broadsheet.kit import clock
from broadsheet.newsdesk.stored_pages.graph import Graph, make_graph

HOUR_MINUTES = 60
WEEK_HOURS = 7 * 24
logger = logging.getLogger(__name__)


class _ForTheOperator(WagtailAdminTemplateMixin, TemplateView):
    """A page for superusers: it is about the machine and not about the paper."""

    page_title = gettext_lazy("Stored pages")
    header_icon = "site"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse everybody else."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the page."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class StoredPagesStatus(_ForTheOperator):
    """The figures of `broadsheet pages status`, and graphs of the last hour and the last seven days."""

    template_name = "newsdesk/stored_pages/status.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this node's store and follower say."""
        with closing(PageStore(settings.BROADSHEET_DATA)) as store:
            status = store_status(store=store)
            return super().get_context_data(
                node=socket.gethostname(),
                status=status,
                hit_percent=None if status.hit_ratio is None else status.hit_ratio * 100,
                requests=status.hits + status.served_stale + status.misses,
                following=following(store=store),
                graphs=_graphs(store),
                are_stored=settings.PAGES_STORED,
                are_exported=settings.EXPORT_PAGES,
                **kwargs,
            )


class ClearStoredPages(_ForTheOperator):
    """Asks whether the pages of this node are to be forgotten, and does it."""

    template_name = "newsdesk/stored_pages/clear.html"
    page_title = gettext_lazy("Clear the stored pages")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the figures."""
        items = super().get_breadcrumbs_items()
        above = {"url": reverse("newsdesk_stored_pages"), "label": StoredPagesStatus.page_title}
        return [*items[:-1], above, items[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how many pages it is about, and where."""
        with closing(PageStore(settings.BROADSHEET_DATA)) as store:
            return super().get_context_data(node=socket.gethostname(), count=store_status(store=store).pages, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Clear them, if this is the node that was seen: a load balancer may have led the answer to another."""
        node, seen = socket.gethostname(), request.POST.get("node", "")
        if seen != node:
            text = _("Nothing was cleared: the answer reached the node %(node)s. Please look at its figures first.")
            messages.error(request, text % {"node": node})
            return redirect("newsdesk_stored_pages")
        with closing(PageStore(settings.BROADSHEET_DATA)) as store:
            count = clear_pages(store=store)
        logger.info("%d stored pages were cleared in the newsroom by user %s", count, request.user.pk)
        text = ngettext("%(n)s page of %(node)s was cleared.", "%(n)s pages of %(node)s were cleared.", count)
        messages.success(request, text % {"n": count, "node": node})
        return redirect("newsdesk_stored_pages")


def _graphs(store: PageStore) -> list[tuple[str, str, Graph]]:
    """Return the graphs with their names and headings."""
    minutes = traffic(store=store, minutes=(WEEK_HOURS + 1) * HOUR_MINUTES)
    now, from_the_right = clock.now(), get_language_bidi()
    hour = make_graph(minutes, now=now, spans=HOUR_MINUTES, span_minutes=1, from_the_right=from_the_right)
    week = make_graph(minutes, now=now, spans=WEEK_HOURS, span_minutes=HOUR_MINUTES, from_the_right=from_the_right)
    return [("hour", _("The last hour"), hour), ("week", _("The last seven days"), week)]
