"""What was moved between topics: how far it is, what it did, and undoing it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsdesk.topics.topic_view import KEEP_TOPICS, start
from broadsheet.topics.go_on_moving import go_on_moving
from broadsheet.topics.models import MoveState, TopicMove
from broadsheet.topics.move_stories import CannotMoveError
from broadsheet.topics.undo_move import begin_to_undo, refuse_to_undo

SHOWN_MOVES = 50


class MovesView(WagtailAdminTemplateMixin, TemplateView):
    """A page for those who keep topics."""

    header_icon = "tag"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse all others."""
        if not request.user.has_perm(KEEP_TOPICS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the topics."""
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("newsdesk_topics:list"), "label": _("Topics")},
            {"url": "", "label": self.get_page_title()},
        ]


class TopicMoves(MovesView):
    """The newest merges and splits."""

    template_name = "newsdesk/topics/moves.html"
    page_title = gettext_lazy("Merges and splits")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the moves."""
        moves = TopicMove.objects.select_related("source", "target")[:SHOWN_MOVES]
        return super().get_context_data(moves=moves, **kwargs)


class OneMove(MovesView):
    """How far a move is, or what it did; and the way to undo it."""

    template_name = "newsdesk/topics/move.html"
    page_title = gettext_lazy("Moving stories")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the move, and why it cannot be undone, if so."""
        move = get_object_or_404(TopicMove.objects.select_related("source", "target"), pk=kwargs["move_id"])
        cannot = ""
        try:
            refuse_to_undo(move)
        except CannotMoveError as error:
            cannot = str(error)
        return super().get_context_data(move=move, cannot=cannot, **kwargs)


@require_POST
def go_on(request: HttpRequest, move_id: int) -> HttpResponse:
    """Move the next stories."""
    if not request.user.has_perm(KEEP_TOPICS):
        raise PermissionDenied
    get_object_or_404(TopicMove, pk=move_id)
    go_on_moving(move_id=move_id)
    return redirect("newsdesk_topic_move", move_id)


@require_POST
def undo(request: HttpRequest, move_id: int) -> HttpResponse:
    """Begin to undo a move that is done."""
    if not request.user.has_perm(KEEP_TOPICS):
        raise PermissionDenied
    move = get_object_or_404(TopicMove.objects.select_for_update(), pk=move_id)
    try:
        begin_to_undo(move)
    except CannotMoveError as error:
        messages.error(request, str(error))
        return redirect("newsdesk_topic_move", move_id)
    return start(TopicMove.objects.get(pk=move_id, state=MoveState.UNDOING))
