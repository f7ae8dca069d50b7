"""The readers' page of results, and the documents from which it is suggested what to look for."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from broadsheet.masthead.head_metadata import HeadMetadata, absolute
from broadsheet.search.asked import Asked
from broadsheet.search.missed_searches import note_missed_search
from broadsheet.search.open_index import NoIndexError, open_index
from broadsheet.search.search_stories import RESULTS, Answer, orders, search_stories
from broadsheet.search.spend import SearchesSpentError
from broadsheet.search.suggestions import suggested

SECONDS_KEPT = 30
"""A reader who comes back from a story meets the results as they were."""
TRY_AGAIN_SECONDS = 5


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what a reader looks for. The address says everything, so that a search can be shared."""
    asked = Asked.from_query(request.GET)
    answer, status, trouble = Answer(asked), HTTPStatus.OK, ""
    if asked.parameters:
        try:
            answer = search_stories(index=open_index(), asked=asked)
            note_missed_search(answer)
        except SearchesSpentError:
            status, trouble = HTTPStatus.TOO_MANY_REQUESTS, _("Too many searches at once just now.")
        except NoIndexError:
            status, trouble = HTTPStatus.SERVICE_UNAVAILABLE, _("The search is being prepared.")
    context = {
        "asked": asked,
        "answer": answer,
        "orders": orders(asked),
        "first": (asked.page - 1) * RESULTS + 1,
        "trouble": trouble,
        "is_searched": bool(asked.parameters) and not trouble,
        "metadata": HeadMetadata(_("Search"), "", absolute(reverse("search")), robots="noindex, follow"),
    }
    response = render(request, "search/search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"private, max-age={SECONDS_KEPT}" if status == HTTPStatus.OK else "no-store"
    if status != HTTPStatus.OK:
        response["Retry-After"] = str(TRY_AGAIN_SECONDS)
    return response


@require_safe
def suggestions(request: HttpRequest, shelf: str) -> HttpResponse:
    """Serve the names of a shelf. A stored page like any other: browsers ask for it once, and not at every key."""
    response = JsonResponse({"names": suggested(int(shelf))}, json_dumps_params={"ensure_ascii": False})
    response["X-Robots-Tag"] = "noindex"
    return response
