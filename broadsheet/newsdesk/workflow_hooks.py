"""Hangs the newsroom's workflow into Wagtail: addresses, buttons, labels. Imported by `wagtail_hooks.py`."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.widgets.button import Button
from wagtail.models import WorkflowState

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.newsdesk.workflow.models import APPROVE, send_on_label
from broadsheet.newsdesk.workflow.urls import urlpatterns
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Story


@hooks.register("register_admin_urls")
def register_workflow_urls() -> list[URLPattern]:
    """Serve the pages about stories' ways below /newsroom/."""
    return urlpatterns


@hooks.register("insert_global_admin_css")
def add_workflow_styles() -> SafeString:
    """Style boards, desks and notices."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsdesk/workflow.css"))


class SendToStageMenuItem(SubmitForModerationMenuItem):
    """Sends a story to its first stage, or back to the one that returned it, and says which."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Name the stage instead of the workflow."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            context["label"] = send_on_label(state.current_task_state.task)
            return context
        place = page if page and page.pk else context["parent_page"]
        workflow = place.get_workflow()
        first = workflow.tasks.filter(active=True).first() if workflow else None
        if first:
            context["label"] = send_on_label(first)
        return context


class TakeBackMenuItem(CancelWorkflowMenuItem):
    """Takes a story out of its way: the writer takes it back, others make it a draft again."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Say it as the person would."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        user, page = context["request"].user, context["page"]
        sent_it = user.pk in {page.owner_id, page.current_workflow_state.requested_by_id}
        context["label"] = _("Take it back") if sent_it else _("Back to draft")
        return context


class StartOverMenuItem(RestartWorkflowMenuItem):
    """Sends a story that came back through all stages again."""

    label = gettext_lazy("Send to the first stage")


def approval_label(label: Any, page: BasePage) -> Any:
    """Say that what is approved at the last stage is scheduled, where the story names its moment."""
    state = page.current_workflow_state
    if state and state.is_at_final_task and page.go_live_at and page.go_live_at > clock.now():
        return _("Approve and Schedule")
    return label


@hooks.register("construct_page_action_menu")
def speak_of_stages(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Say what the newsroom says: send to desk, take back, start over; and offer one way to publish what is ready."""
    page = context.get("page")
    if page and any(isinstance(item, WorkflowMenuItem) and item.name == APPROVE for item in items):
        state = page.current_workflow_state
        if state and state.is_at_final_task:
            items[:] = [item for item in items if not isinstance(item, PublishMenuItem)]
    for place, item in enumerate(items):
        if type(item) is SubmitForModerationMenuItem:
            items[place] = SendToStageMenuItem(order=item.order)
        elif isinstance(item, WorkflowMenuItem) and item.name == APPROVE:
            item.label = approval_label(item.label, context["page"])
        elif type(item) is CancelWorkflowMenuItem:
            items[place] = TakeBackMenuItem(order=item.order)
        elif type(item) is RestartWorkflowMenuItem:
            items[place] = StartOverMenuItem(order=item.order)


@hooks.register("before_edit_page")
def say_why_it_was_sent_back(request: HttpRequest, page: BasePage) -> None:
    """Show the note with which a story was sent back above its form."""
    if request.method != "GET" or not isinstance(page, Story):
        return
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    words = {"by": state.current_task_state.finished_by or "", "note": state.current_task_state.comment}
    messages.warning(request, _("%(by)s sent this story back: “%(note)s”") % words)


@hooks.register("register_page_header_buttons")
def register_desk_button(page: BasePage, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Lead from a story's form to the page about its way."""
    if view_name == "edit" and page.pk and isinstance(page, Story):
        address = reverse("newsdesk_story_desk", args=[page.pk])
        yield Button(_("Desk"), address, icon_name="clipboard-list", priority=5)
