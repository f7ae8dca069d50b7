"""What the newsroom's pages about one topic share: finding it, naming it, and asking for the right."""

import hashlib
from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.accounts.models import User
from broadsheet.topics.go_on_moving import go_on_moving
from broadsheet.topics.models import Topic, TopicMove
from broadsheet.topics.move_stories import AT_ONCE

KEEP_TOPICS = "topics.delete_topic"
"""Who may merge, split and rename topics: who may do away with them."""

LOOK = "look"


class TopicActView(ABC, WagtailAdminTemplateMixin, FormView):
    """An act upon a topic in two steps: the form, then what will change, to be confirmed. `label` names the act.

    The look at what will change is a GET: it may take seconds for a big topic, and a POST would keep all others from
    writing meanwhile. What is confirmed is what was shown: a fingerprint of the form and the plan stands in the page.
    Where the plan is another by then, the new one is shown instead.
    """

    header_icon = "tag"
    label: Any = ""
    template_name = "newsdesk/topics/act.html"
    topic: Topic
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the topic, and ask whether the user may."""
        if not isinstance(request.user, User) or not request.user.has_perm(KEEP_TOPICS):
            raise PermissionDenied
        self.user = request.user
        self.topic = get_object_or_404(Topic, pk=kwargs["topic_id"], merged_into=None)
        return super().dispatch(request, *args, **kwargs)

    @property
    def given(self) -> QueryDict:
        """What was filled in."""
        return self.request.POST if self.request.method == "POST" else self.request.GET

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or what will change."""
        return self.post(request, *args, **kwargs) if LOOK in request.GET else super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form with what was given, by whichever method."""
        return {**super().get_form_kwargs(), **({"data": self.given} if LOOK in self.request.GET else {})}

    def form_valid(self, form: Any) -> HttpResponse:
        """Show what will change; do it when just that was confirmed."""
        plan = self.plan(form)
        asked = {name: getattr(value, "pk", value) for name, value in form.cleaned_data.items()}
        token = hashlib.sha256(repr((sorted(asked.items()), plan)).encode()).hexdigest()
        if self.request.POST.get("confirmed") == token:
            return self.act(form)
        context = self.get_context_data(form=form, plan=plan, token=token, is_another="confirmed" in self.request.POST)
        return self.render_to_response(context)

    @abstractmethod
    def plan(self, form: Any) -> Any:
        """Return what will change."""

    @abstractmethod
    def act(self, form: Any) -> HttpResponse:
        """Do it."""

    def get_page_title(self) -> str:
        """Name the page."""
        return f"{self.label}: {self.topic.name}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the topics and to this one."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsdesk_topics:list"), "label": _("Topics")},
            {"url": reverse("newsdesk_topics:edit", args=[self.topic.pk]), "label": self.topic.name},
            {"url": "", "label": self.label, "sublabel": self.topic.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the topic and where to go back to."""
        return super().get_context_data(
            topic=self.topic, back_url=reverse("newsdesk_topics:edit", args=[self.topic.pk]), **kwargs
        )


def start(move: TopicMove) -> HttpResponse:
    """Move everything at once where it is little, and lead on to where the rest is gone on with."""
    if move.total <= AT_ONCE:
        while move.is_under_way:
            move = go_on_moving(move_id=move.pk)
    return redirect("newsdesk_topic_move", move.pk)
