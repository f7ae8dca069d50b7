"""The newsroom's boards of what is in work, and giving several stories to somebody at once."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.newsdesk.boards.columns import Column, columns_by_due_time, columns_by_stage
from broadsheet.newsdesk.boards.registry import BOARDS
from broadsheet.newsdesk.boards.selectors import BoardFilter, Card, stories_in_work, stories_that_may_be_assigned
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.new_story import may_write, works_on_stories
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.newsdesk.workflow.forms import AssignmentForm, PersonChoice
from broadsheet.newsdesk.workflow.staff import staff
from broadsheet.sections.models import Section


class BoardFilterForm(forms.Form):
    """What of the work is shown."""

    section = forms.ModelChoiceField(
        label=gettext_lazy("Section"),
        queryset=Section.objects.all(),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    assignee = PersonChoice(
        label=gettext_lazy("Assigned to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Everybody"),
    )
    mine = forms.BooleanField(label=gettext_lazy("Mine only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, PersonChoice)  # noqa: S101 - for the type checker
        field.queryset = staff()

    def wanted(self) -> BoardFilter:
        """Return what was asked for; what makes no sense is left out."""
        self.full_clean()
        section, assignee = (self.cleaned_data.get(name) for name in ("section", "assignee"))
        return BoardFilter(
            section_id=section.pk if section else None,
            assignee_id=assignee.pk if assignee else None,
            mine=bool(self.cleaned_data.get("mine")),
        )


class SeveralAssignmentForm(AssignmentForm):
    """To whom the chosen stories are given, and until when; what is left empty stays as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, PersonChoice)  # noqa: S101 - for the type checker
        field.label = _("Give the chosen to")
        field.empty_label = _("As it is")


class BoardView(ABC, WagtailAdminTemplateMixin, TemplateView):
    """What is in work, in columns; for everybody of the newsroom."""

    template_name = "newsdesk/boards/board.html"
    header_icon = "clipboard-list"
    url_name = ""

    def get_page_title(self) -> str:
        return _("Boards")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to a new story, for those who write."""
        if not may_write(self.request.user):  # type: ignore[arg-type]  # the newsroom lets in nobody else
            return []
        return [HeaderButton(_("New story"), url=reverse("newsdesk_new_story"), icon_name="plus")]

    @abstractmethod
    def columns(self, cards: list[Card]) -> list[Column]:
        """Return the board's columns."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the template the columns, the filter, the tabs and the form for giving stories to somebody."""
        user = signed_in(self.request)
        filter_form = BoardFilterForm(self.request.GET)
        cards = stories_in_work(user, filter_form.wanted())
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "columns": self.columns(cards),
            "cards": len(cards),
            "filter_form": filter_form,
            "is_filtered": any(self.request.GET.get(name) for name in filter_form.fields),
            "may_assign": any(card.may_act for card in cards),
            "assignment_form": SeveralAssignmentForm(prefix="assignment"),
            "here": self.request.get_full_path(),
            "board": self.url_name,
            "boards": BOARDS,
        }


class BoardByStage(BoardView):
    """What is being written, at the desk, with copy, ready."""

    url_name = "newsdesk_board_by_stage"

    def columns(self, cards: list[Card]) -> list[Column]:
        return columns_by_stage(cards)


class BoardByDueTime(BoardView):
    """What is overdue, due today, tomorrow, this week, later."""

    url_name = "newsdesk_board_by_due_time"

    def columns(self, cards: list[Card]) -> list[Column]:
        return columns_by_due_time(cards, now=clock.now())


@require_POST
def assign_several(request: HttpRequest) -> HttpResponse:
    """Give the chosen stories of a board to somebody, or a due time, or both; what is left empty stays as it is."""
    user = signed_in(request)
    if not works_on_stories(user):
        raise PermissionDenied
    back = redirect(get_valid_next_url_from_request(request) or reverse("newsdesk_board_by_stage"))
    chosen = [int(pk) for pk in request.POST.getlist("story") if pk.isdigit()]
    form = SeveralAssignmentForm(request.POST, prefix="assignment")
    if not chosen:
        messages.warning(request, _("Choose the stories first."))
        return back
    if not form.is_valid() or not (form.cleaned_data["assignee"] or form.due()):
        messages.error(request, _("Say to whom, or until when."))
        return back
    assignable = stories_that_may_be_assigned(user, chosen)
    for story, present in assignable.values():
        assign_story(
            story=story,
            assignee=form.cleaned_data["assignee"] or (present.assignee if present else None),
            due_at=form.due() or (present.due_at if present else None),
            by=user,
        )
    words = ngettext("%(n)d story was assigned.", "%(n)d stories were assigned.", len(assignable))
    messages.success(request, words % {"n": len(assignable)})
    return back
