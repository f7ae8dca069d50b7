"""What the story's editor does otherwise than Wagtail's. Imported by `wagtail_hooks.py`."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.models import Revision

from broadsheet.newsdesk.why_it_changes import forget_explanation, forget_spent_explanation
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import PublishedVersion, Story

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


@hooks.register("before_edit_page")
def keep_what_was_published(request: HttpRequest, page: BasePage) -> None:
    """Have a form left open save a new version where its own has become public meanwhile.

    Wagtail's autosave writes again and again over the version it made, also after somebody has published that one.
    """
    sent: Any = request.POST
    overwritten = str(sent.get("overwrite_revision_id", ""))
    if not overwritten.isdecimal() or int(overwritten) != page.latest_revision_id:
        return
    if PublishedVersion.objects.filter(object_id=page.pk, revision_id=page.latest_revision_id).exists():
        made_at = Revision.objects.values_list("created_at", flat=True).get(pk=page.latest_revision_id)
        sent = sent.copy()
        del sent["overwrite_revision_id"]
        sent["loaded_revision_id"], sent["loaded_revision_created_at"] = overwritten, made_at.isoformat()
        request.POST = sent


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
