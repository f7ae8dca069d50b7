"""Readers' pages of stories and their record, and of contributors."""

import re
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from broadsheet.bylines.models import Contributor
from broadsheet.masthead.models import Masthead
from broadsheet.pages.addresses import moved_to
from broadsheet.pages.views import front_path
from broadsheet.stories import record_selectors, selectors
from broadsheet.stories.feeds import ChangesFeed
from broadsheet.stories.list_metadata import contributor_metadata
from broadsheet.stories.models import Story
from broadsheet.stories.record_json import changes_json
from broadsheet.stories.record_metadata import changes_metadata, corrections_metadata
from broadsheet.stories.record_selectors import VersionsSlice
from broadsheet.stories.shown_versions import ShownVersion, shown_versions
from broadsheet.stories.story_page import story_page
from broadsheet.stories.taken_down import takedown_in_force

LATEST_ON_ERROR_PAGE = 5
NUMBER = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


StoryView = Callable[..., HttpResponse]


def of_published_story(*shown: str) -> Callable[[StoryView], StoryView]:
    """Hand the published story at the address to the view; answer for one that was taken down, and for one not there.

    The address of a story that was taken down, and every address below it, says that it is gone and nothing else of it.
    Every address below one that a story once had leads below its present one; the old address itself is a redirect.
    `shown` are what the view shows of other tables: what is read without being shown makes its page old for nothing.
    """

    def handing(view: StoryView) -> StoryView:
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, year: int, month: int, day: int, slug: str, **more: Any) -> HttpResponse:
            address = f"/{year:04d}/{month:02d}/{day:02d}/{slug}/"
            url_path = f"{front_path()}{address.removeprefix('/')}"
            found = _at(url_path, shown)
            if found is None:
                return _below_the_present_address(url_path, request.get_full_path().removeprefix(iri_to_uri(address)))
            if not found.live or found.record.is_taken_down:
                return _not_there_now(request, found)
            with translation.override(found.language):
                return view(request, found, **more)

        return answer

    return handing


def _at(url_path: str, shown: Sequence[str]) -> Story | None:
    """Return the story of this `url_path`, or None. Nothing is asked in order: there is one at most."""
    stories = Story.objects.select_related(*shown) if shown else Story.objects.select_related(None)
    return next(iter(stories.filter(url_path=url_path).order_by()), None)


def _not_there_now(request: HttpRequest, found: Story) -> HttpResponse:
    """Say that a story was taken down; raises Http404 for one that is not published for another reason."""
    takedown = takedown_in_force(found.pk)
    if takedown is None:
        raise Http404("This story is not published.")
    return render(request, "stories/taken_down.html", {"sentence": takedown.sentence}, status=410)


def _below_the_present_address(url_path: str, below: str) -> HttpResponse:
    """Lead to what stood below the address that a story once had; raises Http404 where it had none such."""
    present = moved_to(url_path) if below and not below.startswith("?") else None
    if present is None:
        raise Http404("There is no such story.")
    return HttpResponsePermanentRedirect(f"{present}{below}")


@require_safe
def story(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """Show a published story at its address."""
    return story_page(request.path, partial(_story, request, year, month, day, slug))


@of_published_story("section", "lead_photo")
def _story(request: HttpRequest, found: Story) -> HttpResponse:
    return found.serve(request)


@of_published_story()
def changes(request: HttpRequest, found: Story) -> HttpResponse:
    """Show what changed in a story since it was first published."""
    listing, versions = _listed_versions(request, found)
    return render(
        request,
        "stories/changes.html",
        {
            "page": found,
            "versions": versions,
            "older": listing.older,
            "metadata": changes_metadata(found, Masthead.load(request), path=f"{found.url}changes/"),
        },
    )


@of_published_story()
def changes_as_json(request: HttpRequest, found: Story) -> HttpResponse:
    """Give a story's changes as data."""
    listing, versions = _listed_versions(request, found, whole=True)
    answer = JsonResponse(
        changes_json(found, versions, older=listing.older), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["X-Robots-Tag"] = "noindex"
    return answer


@of_published_story()
def changes_as_atom(request: HttpRequest, found: Story) -> HttpResponse:
    """Give a story's newest changes as an Atom feed in the story's language."""
    if not record_selectors.newest_version_number(found.pk):
        raise Http404("Nothing is on the record of this story.")
    answer: HttpResponse = ChangesFeed(found, Masthead.load(request))(request)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@of_published_story()
def version(request: HttpRequest, found: Story, number: int) -> HttpResponse:
    """Show one version of a story whole, with what changed in it."""
    listing = record_selectors.versions_of(found.pk, before=number + 1, limit=1)
    if not listing.rows or listing.rows[0].number != number:
        raise Http404("The story has no such version.")
    shown = shown_versions(listing.rows, listing.before, whole=True)[0]
    return render(
        request,
        "stories/version.html",
        {
            "page": found,
            "version": shown,
            "older": listing.older and number - 1,
            "newest": record_selectors.newest_version_number(found.pk),
            "metadata": changes_metadata(found, Masthead.load(request), path=f"{found.url}changes/{number}/"),
        },
    )


def _listed_versions(
    request: HttpRequest, found: Story, *, whole: bool = False
) -> tuple[VersionsSlice, list[ShownVersion]]:
    """Return the versions a reader asks for (`?before=12`); raises Http404 where there are none."""
    before = request.GET.get("before", "")
    if before and not NUMBER.fullmatch(before):
        raise Http404("There is no such page of this list.")
    listing = record_selectors.versions_of(found.pk, before=int(before) if before else None)
    if not listing.rows:
        raise Http404("There are no such versions.")
    return listing, shown_versions(listing.rows, listing.before, whole=whole)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show every note to readers about what was wrong, newest first."""
    cursor = selectors.cursor_from(request)
    listing = record_selectors.latest_notes(before=cursor)
    metadata = corrections_metadata(Masthead.load(request), listing.rows, cursor=str(cursor or ""))
    return render(request, "stories/corrections.html", {"listing": listing, "metadata": metadata})


@require_safe
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Lead a reader who shortened a story's address to that day in the month's archive."""
    return redirect(f"/{year:04d}/{month:02d}/#day-{day}")


@require_safe
def contributor(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a contributor with everything they wrote."""
    found = get_object_or_404(Contributor.objects.select_related("portrait"), slug=slug)
    cursor = selectors.cursor_from(request)
    listing = selectors.latest_by_contributor(found, before=cursor)
    metadata = contributor_metadata(
        found, Masthead.load(request), language=settings.LANGUAGE_CODE, cursor=str(cursor or "")
    )
    return render(request, "bylines/contributor.html", {"contributor": found, "listing": listing, "metadata": metadata})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere with ways to go on."""
    listing = selectors.latest(limit=LATEST_ON_ERROR_PAGE)
    return render(request, "masthead/404.html", {"listing": listing}, status=404)
