"""Hangs the audit into the newsroom: its address and its place in the menu. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsdesk.views.audit import READ_AUDIT, Audit

FIRST = 10


@hooks.register("register_admin_urls")
def register_audit() -> list[URLPattern]:
    """Serve the audit at /newsroom/audit/."""
    return [path("audit/", Audit.as_view(), name="newsdesk_audit")]


class AuditMenuItem(MenuItem):
    """Shown to those who may read the audit."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user may."""
        return request.user.has_perm(READ_AUDIT)


@hooks.register("register_reports_menu_item")
def register_audit_menu_item() -> MenuItem:
    """The audit is the first of the reports."""
    return AuditMenuItem(_("Audit"), reverse("newsdesk_audit"), name="audit", icon_name="history", order=FIRST)
