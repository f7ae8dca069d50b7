"""The newsroom's page about one story's way, and the acts on it."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsdesk.duplicate_story import duplicate_story
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.new_story import may_write
from broadsheet.newsdesk.selectors import may_edit, story_rows
from broadsheet.newsdesk.workflow import selectors
from broadsheet.newsdesk.workflow.add_note import add_note
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.newsdesk.workflow.forms import AssignmentForm, NoteForm, StoryNoteForm
from broadsheet.newsdesk.workflow.send_story import NotYoursToSendError, SentMeanwhileError, send_story
from broadsheet.publishing.record_act import NoteMissingError
from broadsheet.stories.models import Story


def story_of(story_id: int) -> Story:
    """Return a story with what its page shows of it, or answer 404."""
    return get_object_or_404(Story.objects.select_related("section", "owner", "locked_by"), pk=story_id)


class StoryDesk(WagtailAdminTemplateMixin, TemplateView):
    """Where a story stands, who has it until when, what was said about it; for everybody of the newsroom."""

    template_name = "newsdesk/workflow/story_desk.html"
    header_icon = "clipboard-list"
    page_title = "Desk"
    forms: dict[str, Any]

    def get_page_title(self) -> str:
        return _("Desk")

    def get_page_subtitle(self) -> str:
        title: str = self.story.get_admin_display_title()
        return title

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; `given_forms` are forms that were filled in wrongly."""
        self.story = story_of(kwargs["story_id"])
        self.forms = kwargs.get("given_forms", {})
        return super().get(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the story and the board."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsdesk_board_by_stage"), "label": _("Boards")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the story, its way, and the forms of what the user may do."""
        user = signed_in(self.request)
        way = selectors.way_of(self.story, user)
        assignment = selectors.assignment_of(self.story)
        initial = {"assignee": assignment.assignee_id, "due_at": assignment.due_at} if assignment else {}
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "story": self.story,
            "row": story_rows([self.story], user)[0],
            "way": way,
            "steps": selectors.steps_of(way),
            "assignment": assignment,
            "notes": selectors.notes_on(self.story),
            "may_act": selectors.may_act_on(user, self.story, way),
            "may_duplicate": may_write(user) and may_edit(user, self.story),
            "may_unlock": self.story.locked and self.story.permissions_for_user(user).can_unlock(),
            "assignment_form": self.forms.get("assignment") or AssignmentForm(initial=initial, prefix="assignment"),
            "note_form": self.forms.get("note") or StoryNoteForm(prefix="note"),
            "back_form": self.forms.get("back") or NoteForm(prefix="back"),
        }


def _actor(request: HttpRequest, story: Story) -> Any:
    user = signed_in(request)
    if not selectors.may_act_on(user, story, selectors.way_of(story, user)):
        raise PermissionDenied
    return user


def _again(request: HttpRequest, story: Story, **forms: Any) -> HttpResponse:
    """Show the page once more, with a form and what is wrong in it."""
    view = StoryDesk()
    view.setup(request, story_id=story.pk)
    return view.get(request, story_id=story.pk, given_forms=forms)


def _back(request: HttpRequest, story: Story) -> HttpResponse:
    return redirect(get_valid_next_url_from_request(request) or reverse("newsdesk_story_desk", args=[story.pk]))


@require_POST
def assign(request: HttpRequest, story_id: int) -> HttpResponse:
    """Give the story to somebody until a moment."""
    story = story_of(story_id)
    user = _actor(request, story)
    form = AssignmentForm(request.POST, prefix="assignment")
    if not form.is_valid():
        return _again(request, story, assignment=form)
    assign_story(story=story, assignee=form.cleaned_data["assignee"], due_at=form.due(), by=user)
    messages.success(request, _("The assignment was saved."))
    return _back(request, story)


@require_POST
def note(request: HttpRequest, story_id: int) -> HttpResponse:
    """Leave a note on the story."""
    story = story_of(story_id)
    user = _actor(request, story)
    form = StoryNoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return _again(request, story, note=form)
    add_note(story=story, by=user, text=form.cleaned_data["text"])
    messages.success(request, _("Your note was added."))
    return _back(request, story)


@require_POST
def send(request: HttpRequest, story_id: int) -> HttpResponse:
    """Send the story on, or back with a note."""
    story = story_of(story_id)
    user = signed_in(request)
    action = request.POST.get("action", "")
    form = NoteForm(request.POST, prefix="back")
    if action != "approve" and not form.is_valid():
        return _again(request, story, back=form)
    words = "" if action == "approve" else form.cleaned_data["comment"]
    waits = request.POST.get("task_state", "")
    try:
        send_story(task_state_id=int(waits) if waits.isdigit() else 0, action=action, by=user, note=words)
    except SentMeanwhileError:
        messages.warning(request, _("Somebody else has sent this story on, or back, meanwhile."))
    except NotYoursToSendError as error:
        raise PermissionDenied from error
    except (ValidationError, NoteMissingError):
        messages.error(request, _("The story is not complete. Open it and try there: the form says what is missing."))
    else:
        messages.success(request, _("“%(headline)s” was sent.") % {"headline": story.get_admin_display_title()})
    return _back(request, story)


@require_POST
def duplicate(request: HttpRequest, story_id: int) -> HttpResponse:
    """Make a draft of the story's text, and open it."""
    story = story_of(story_id)
    user = signed_in(request)
    if not (may_write(user) and may_edit(user, story)):
        raise PermissionDenied
    copy = duplicate_story(story=story, by=user)
    messages.success(request, _("This is a copy, and yours. Its address ends in “%(slug)s”.") % {"slug": copy.slug})
    return redirect("wagtailadmin_pages:edit", copy.pk)


def desk_address(story_id: int, **query: str) -> str:
    """Return the address of a story's page in the newsroom."""
    address = reverse("newsdesk_story_desk", args=[story_id])
    return f"{address}?{urlencode(query)}" if query else address
