"""Hangs notices into the newsroom: the bell, their page, the settings in people's accounts."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.views.account import BaseSettingsPanel, NotificationsSettingsPanel, notifications_tab

from broadsheet.accounts.models import User
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.notifications.selectors import MOST_COUNTED, unread_count
from broadsheet.newsdesk.notifications.settings_form import NoticeSettingsForm
from broadsheet.newsdesk.notifications.urls import urlpatterns


@hooks.register("register_icons")
def register_bell(icons: list[str]) -> list[str]:
    """Add the bell to the newsroom's icons."""
    return [*icons, "newsdesk/notifications/bell.svg"]


@hooks.register("register_admin_urls")
def register_notices() -> list[URLPattern]:
    """Serve the notices below /newsroom/notices/."""
    return urlpatterns


class NoticesMenuItem(MenuItem):
    """The bell, with how many notices were not read."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Put the number behind the name."""
        unread = unread_count(signed_in(request))
        number = f"{MOST_COUNTED}+" if unread > MOST_COUNTED else str(unread)
        label = _("Notices (%(number)s)") % {"number": number} if unread else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname="", attrs=self.attrs)


@hooks.register("register_admin_menu_item")
def register_notices_menu_item() -> MenuItem:
    """Hang the bell below the boards."""
    return NoticesMenuItem(
        gettext_lazy("Notices"), reverse("newsdesk_notices"), name="notices", icon_name="bell", order=70
    )


class CommentMailForm(NotificationPreferencesForm):
    """What is left of Wagtail's own switches: mail about comments; the rest is told by our notices."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("submitted_notifications", "approved_notifications", "rejected_notifications"):
            self.fields.pop(name, None)


NotificationsSettingsPanel.form_class = CommentMailForm


class NoticeSettingsPanel(BaseSettingsPanel):
    """By what ways the user is told of what."""

    name = "notices"
    title = gettext_lazy("Notices")
    tab = notifications_tab
    order = 50
    template_name = "newsdesk/notifications/settings_panel.html"
    form_class = NoticeSettingsForm


@hooks.register("register_account_settings_panel")
def register_notice_settings(request: HttpRequest, user: User, profile: Any) -> BaseSettingsPanel:
    """Offer the switches in everybody's account."""
    return NoticeSettingsPanel(request, user, profile)
