"""The stories that a front's board offers: the latest, by section, by words of the headline; planned ones first."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from broadsheet.fronts.permissions import may_arrange_some
from broadsheet.kit.paging import take
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.fronts_board_data import story_for_board, unpublished_for_board
from broadsheet.pages.models import BasePage
from broadsheet.stories.cards import cards_of
from broadsheet.stories.selectors import cursor_from, published, story_type

STORIES_OFFERED = 20
MOST_WORDS = 6
MOST_PLANNED = 10


@require_safe
def find_stories(request: HttpRequest) -> JsonResponse:
    """Return stories whose headline has all the words of `q`, newest first, and before them those soon to come.

    Headlines are compared as they are written, row by row in order of time: a few milliseconds for words that occur,
    fifty at 100,000 stories for words that do not (on SQLite, measured).
    """
    if not may_arrange_some(signed_in(request)):
        raise Http404
    wanted = _wanted(request)
    cursor = cursor_from(request)
    found = take(published().filter(wanted), limit=STORIES_OFFERED, before=cursor)
    planned = [] if cursor else [unpublished_for_board(story) for story in _planned().filter(wanted)[:MOST_PLANNED]]
    stories: list[dict[str, Any]] = planned + [story_for_board(card) for card in cards_of(found.rows)]
    return JsonResponse({"stories": stories, "older": str(found.older) if found.older else ""})


def _wanted(request: HttpRequest) -> Q:
    condition = Q()
    for word in request.GET.get("q", "").split()[:MOST_WORDS]:
        condition &= Q(title__icontains=word) | Q(short_headline__icontains=word)
    section = request.GET.get("section", "")
    return condition & Q(section=int(section)) if section.isdecimal() else condition


def _planned() -> "QuerySet[BasePage]":
    """Return the stories that have a time at which they will be published for the first time, soonest first."""
    approved = Revision.objects.filter(approved_go_live_at__isnull=False, base_content_type__model="basepage")
    page_ids = [int(page_id) for page_id in approved.values_list("object_id", flat=True)]
    return BasePage.objects.filter(pk__in=page_ids, live=False, content_type=story_type()).order_by("go_live_at")
