"""The embargo board, and what is done from it: publish now, move, cancel, each after a question."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.fronts.models import Front
from broadsheet.fronts.permissions import may_arrange_some
from broadsheet.kit.wall_time import TO_THE_SECOND, told
from broadsheet.newsdesk.boards.registry import BOARDS
from broadsheet.newsdesk.embargoes.rights import may_decide
from broadsheet.newsdesk.embargoes.selectors import embargo_days, expiries_that_failed
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.new_story import works_on_stories
from broadsheet.newsdesk.schedule_fields import EmbargoInput, zone_hint
from broadsheet.pages.models import BasePage
from broadsheet.publishing.cancel_schedule import NotScheduledError, cancel_schedule, scheduled_version
from broadsheet.publishing.forms import EmbargoField
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_scheduled import publish_scheduled
from broadsheet.publishing.record_act import NoteMissingError
from broadsheet.publishing.schedule_story import MomentHasPassedError
from broadsheet.stories.models import InformationPage, RecordedKind, Story
from broadsheet.stories.taken_down import TakenDownError

BOARD = "newsdesk_embargo_board"
SCHEDULED: Mapping[str, type[BasePage | Front]] = {
    RecordedKind.STORY: Story,
    RecordedKind.PAGE: InformationPage,
    RecordedKind.FRONT: Front,
}


class EmbargoBoard(WagtailAdminTemplateMixin, TemplateView):
    """What goes live when, day by day; for everybody who works on stories or fronts."""

    template_name = "newsdesk/embargoes/board.html"
    page_title = gettext_lazy("Embargoes")
    header_icon = "calendar-check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those whose work it is not."""
        user = signed_in(request)
        if not (works_on_stories(user) or may_arrange_some(user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the board."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Embargoes")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the days; all times stand in the site's zone."""
        days = embargo_days(signed_in(self.request))
        zone = timezone.get_default_timezone()
        boards = {"boards": BOARDS, "board": BOARD}
        return super().get_context_data(
            days=days, zone=zone, zone_name=str(zone), expiries=expiries_that_failed(), **boards, **kwargs
        )


class QuestionForm(forms.Form):
    """Nothing to fill in."""


class MoveForm(forms.Form):
    """To when an embargo is moved."""

    go_live_at = EmbargoField(label=gettext_lazy("New moment"), widget=EmbargoInput(), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["go_live_at"].help_text = zone_hint()


class EmbargoAct(ABC, WagtailAdminTemplateMixin, FormView):
    """A question about one embargo, and the act when it is answered with yes."""

    template_name = "newsdesk/embargoes/act.html"
    form_class: type[forms.Form] = QuestionForm
    header_icon = "calendar-check"
    button: Any = ""
    done: Any = ""
    question: Any = ""
    scheduled: BasePage | Front

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find what waits; refuse those who may not decide of it, lead back where nothing waits any more."""
        model: Any = SCHEDULED.get(kwargs["kind"])
        if model is None:
            raise Http404
        self.scheduled = get_object_or_404(model, pk=kwargs["object_id"])
        if not may_decide(signed_in(request), self.scheduled):
            raise PermissionDenied
        try:
            self.version = scheduled_version(self.scheduled)
        except NotScheduledError:
            return self.nothing_waits()
        return super().dispatch(request, *args, **kwargs)

    def nothing_waits(self) -> HttpResponse:
        """Say that it has just gone live, or was cancelled."""
        messages.warning(self.request, _("It no longer waits: it has just gone live, or somebody cancelled it."))
        return redirect(BOARD)

    @property
    def moment(self) -> str:
        """When it was to go live, in the site's zone."""
        return told(self.version.approved_go_live_at, timezone.get_default_timezone(), form=TO_THE_SECOND)

    def new_moment(self, form: forms.Form) -> str:
        """Return when it goes live now, in the site's zone; nothing where it waits no more."""
        moment = form.cleaned_data.get("go_live_at")
        return told(moment, timezone.get_default_timezone(), form=TO_THE_SECOND) if moment else ""

    @abstractmethod
    def act(self, form: forms.Form) -> None:
        """Do it; raises what the verb raises."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Do it and lead back to the board; what stands in the way is said, and everything stays as it was."""
        try:
            self.act(form)
        except NotScheduledError:
            return self.nothing_waits()
        except MomentHasPassedError:
            form.add_error("go_live_at", _("Choose a moment that is still to come."))
        except NoteMissingError:
            form.add_error(
                None, _("Readers need a note with this change. Cancel the schedule, and write it in the story.")
            )
        except TakenDownError as error:
            form.add_error(None, str(error))
        except ValidationError as error:
            form.add_error(None, error.messages)
        if form.errors:
            return self.form_invalid(form)
        names = {"headline": self.version.object_str, "moment": self.new_moment(form)}
        messages.success(self.request, self.done % names)
        return redirect(BOARD)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the board."""
        board = {"url": reverse(BOARD), "label": _("Embargoes")}
        return [*super().get_breadcrumbs_items(), board, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the question."""
        names = {"headline": self.version.object_str, "moment": self.moment}
        return super().get_context_data(question=self.question % names, button=self.button, **kwargs)


class PublishNow(EmbargoAct):
    """Before its moment."""

    page_title = gettext_lazy("Publish now")
    question = gettext_lazy("“%(headline)s” was to go live on %(moment)s. Show it to readers now?")
    button = gettext_lazy("Publish now")
    done = gettext_lazy("“%(headline)s” is published.")

    def act(self, form: forms.Form) -> None:
        """Publish the version that waits."""
        publish_scheduled(instance=self.scheduled, user=signed_in(self.request))


class Move(EmbargoAct):
    """To another moment."""

    page_title = gettext_lazy("Move")
    question = gettext_lazy("“%(headline)s” goes live on %(moment)s. When shall it go live instead?")
    button = gettext_lazy("Move it")
    done = gettext_lazy("“%(headline)s” has a new moment: %(moment)s.")
    form_class = MoveForm

    def get_initial(self) -> dict[str, Any]:
        """Begin with the present moment."""
        return {"go_live_at": self.version.approved_go_live_at}

    def act(self, form: forms.Form) -> None:
        """Move it."""
        moment = form.cleaned_data["go_live_at"]
        move_embargo(instance=self.scheduled, user=signed_in(self.request), go_live_at=moment)


class Cancel(EmbargoAct):
    """For good; the draft stays."""

    page_title = gettext_lazy("Cancel")
    question = gettext_lazy("“%(headline)s” goes live on %(moment)s. Cancel that, and keep it as a draft?")
    button = gettext_lazy("Cancel the publication")
    done = gettext_lazy("What waited of “%(headline)s” is a draft again and will not go live by itself.")

    def act(self, form: forms.Form) -> None:
        """Cancel it."""
        cancel_schedule(instance=self.scheduled, user=signed_in(self.request))
