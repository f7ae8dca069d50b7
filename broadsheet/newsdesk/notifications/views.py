"""The newsroom's page of what somebody was told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.kit.paging import take
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.notifications.mark_as_read import mark_as_read
from broadsheet.newsdesk.notifications.models import Notice
from broadsheet.newsdesk.notifications.selectors import notices_of, unread_count
from broadsheet.stories.selectors import cursor_from

NOTICES_ON_A_PAGE = 50


class Notices(WagtailAdminTemplateMixin, TemplateView):
    """What the user was told, the latest first."""

    template_name = "newsdesk/notifications/notices.html"
    header_icon = "bell"

    def get_page_title(self) -> str:
        return _("Notices")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template a page of notices."""
        user = signed_in(self.request)
        found = take(notices_of(user), limit=NOTICES_ON_A_PAGE, before=cursor_from(self.request), moment_field="at")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"notices": found.rows, "older": found.older, "unread": unread_count(user)}


@require_POST
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a notice as read and go to the story it is about."""
    user = signed_in(request)
    notice = get_object_or_404(Notice, pk=notice_id, user=user)
    mark_as_read(user=user, notice_id=notice.pk)
    if notice.story_id is None or request.POST.get("stay"):
        return redirect("newsdesk_notices")
    return redirect(reverse("newsdesk_story_desk", args=[notice.story_id]))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    mark_as_read(user=signed_in(request))
    messages.success(request, _("Everything is marked as read."))
    return redirect("newsdesk_notices")
