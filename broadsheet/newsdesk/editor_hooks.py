"""What the story's editor does otherwise than Wagtail's. Imported by `wagtail_hooks.py`."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem

from broadsheet.newsdesk.why_it_changes import forget_explanation, forget_spent_explanation
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Story

RESTORING = "revisions_revert"


@hooks.register("before_edit_page")
def ask_anew_why_it_changes(request: HttpRequest, page: BasePage) -> None:
    """Begin each update without the last one's reason, and a restored version without its own."""
    if not isinstance(page, Story):
        return
    if request.resolver_match and request.resolver_match.url_name == RESTORING:
        forget_explanation(page)
    else:
        forget_spent_explanation(page)


class UpdateMenuItem(PublishMenuItem):
    """Publishing what readers have seen before: an update, at once or at its moment."""

    label = _("Update now")


@hooks.register("construct_page_action_menu")
def call_an_update_so(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Say “Update now” where readers see the page already."""
    page = context.get("page")
    if page is None or not page.live:
        return
    items[:] = [UpdateMenuItem(order=item.order) if type(item) is PublishMenuItem else item for item in items]
