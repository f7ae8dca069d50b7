"""A page that proposes entries of a story so far: the newest stories, and what was said of them on the record."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.stories.add_so_far_entries import add_so_far_entries
from broadsheet.stories.models import StorySoFar
from broadsheet.stories.so_far_selectors import ProposedEntry, proposed_entries

CHANGE = "stories.change_storysofar"


class SoFarProposals(WagtailAdminTemplateMixin, TemplateView):
    """Shows what may be added, and adds what was ticked."""

    template_name = "newsdesk/so_far/proposals.html"
    page_title = gettext_lazy("Propose entries")
    header_icon = "history"
    box: StorySoFar

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the box, and ask whether the user may change it."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        self.box = get_object_or_404(StorySoFar, pk=kwargs["box_id"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def proposed(self) -> list[ProposedEntry]:
        """What is proposed now."""
        return proposed_entries(self.box)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add what was ticked and is still proposed, and lead to the form."""
        ticked = set(request.POST.getlist("entries"))
        wanted = [entry for entry in self.proposed if entry.name in ticked]
        if wanted:
            add_so_far_entries(box=self.box, entries=wanted)
            sentence = ngettext("%(n)d entry was added.", "%(n)d entries were added.", len(wanted))
            messages.success(request, sentence % {"n": len(wanted)})
        return redirect("newsdesk_so_far:edit", self.box.pk)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the box."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsdesk_so_far:list"), "label": _("The story so far")},
            {"url": reverse("newsdesk_so_far:edit", args=[self.box.pk]), "label": str(self.box)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the box and what is proposed."""
        return super().get_context_data(box=self.box, proposed=self.proposed, **kwargs)
