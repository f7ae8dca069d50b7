"""Keeps the newsroom's views from what a story's past forbids: reading what was taken down, deleting what was public.

Wagtail has two dozen views of a page, and plugins add more. Each of them names the page in its address, so they are
refused in one place, before the view, instead of in each.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from broadsheet.accounts.own_language import own_language
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Story
from broadsheet.stories.selectors import story_type
from broadsheet.stories.story_permission_tester import was_ever_published
from broadsheet.stories.taken_down import is_taken_down

NAMES_OF_A_PAGE = ("page_id", "story_id", "page_to_move_id")
NAMESPACES_OF_PAGES = frozenset({"wagtailadmin_pages", "wagtailadmin_api"})
OPEN_VIEWS = frozenset(
    {
        "newsdesk_story_record",
        "newsdesk_story_version",
        "newsdesk_put_back",
        "newsdesk_withdraw_note",
        "newsdesk_withhold_words",
    }
)
"""Views of ours that know of takedowns; all others of a story that is taken down are closed."""
SITE_HISTORY = frozenset({"wagtailadmin_reports:site_history", "wagtailadmin_reports:site_history_results"})
"""Wagtail's own list of what was done names stories by the headlines they had; ours stands in its place."""


class StoryPastMiddleware:
    """Sends whoever asks for a taken down story to its record. Stands before the newsroom's transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Answer in the view's place where a story's past forbids it."""
        match = request.resolver_match
        if match is None or not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        if match.view_name in SITE_HISTORY:
            return redirect("newsdesk_audit")
        page_id = _page_of(match, kwargs)
        if page_id is None or match.view_name in OPEN_VIEWS:
            return None
        with own_language(request.user):
            if is_taken_down(page_id):
                messages.error(request, _("This story is taken down. It is closed until it is put back."))
                return redirect("newsdesk_story_record", story_id=page_id)
            if match.view_name == "wagtailadmin_pages:delete":
                return refuse_deletion(request, [page_id])
        return None


def refuse_deletion(request: HttpRequest, page_ids: list[int]) -> HttpResponse | None:
    """Answer the wish to delete pages, when one of them or a story below was ever public; None when none was."""
    for page in BasePage.objects.filter(pk__in=page_ids):
        story = _ever_published(page)
        if story is not None:
            sentence = _("“%(headline)s” was published. It stays: unpublish it or take it down.")
            messages.error(request, sentence % {"headline": story.title})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _ever_published(page: BasePage) -> BasePage | None:
    """Return the page itself or a story below it, if readers see or saw it."""
    below = page.get_descendants(inclusive=True).filter(content_type=story_type())
    found: BasePage | None = below.filter(first_published_at__isnull=False).first()
    if found is None and isinstance(page.specific, Story) and was_ever_published(page):
        return page
    return found


def _page_of(match: ResolverMatch, kwargs: dict[str, Any]) -> int | None:
    """Return the number of the page that an address of the newsroom names."""
    is_of_a_page = not NAMESPACES_OF_PAGES.isdisjoint(match.namespaces)
    names = (*NAMES_OF_A_PAGE, "pk") if is_of_a_page else NAMES_OF_A_PAGE
    number = next((kwargs[name] for name in names if kwargs.get(name) is not None), None)
    return int(number) if number is not None and str(number).isdecimal() else None
