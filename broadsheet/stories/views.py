"""Readers' pages of stories, topics and contributors."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from broadsheet.bylines.models import Contributor
from broadsheet.masthead.models import Masthead
from broadsheet.pages.views import front_path
from broadsheet.stories import selectors
from broadsheet.stories.list_metadata import contributor_metadata, topic_metadata
from broadsheet.stories.models import Story
from broadsheet.topics.models import Topic, TopicRedirect

LATEST_ON_ERROR_PAGE = 5


@require_safe
def story(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """Show a published story at its address."""
    page = get_object_or_404(
        Story.objects.select_related("section", "lead_photo", "dateline_place", "social_photo"),
        url_path=f"{front_path()}{year:04d}/{month:02d}/{day:02d}/{slug}/",
        live=True,
    )
    return page.serve(request)


@require_safe
def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Lead a reader who shortened a story's address to that day in the month's archive."""
    return redirect(f"/{year:04d}/{month:02d}/#day-{day}")


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic with its latest stories; a merged or renamed topic leads to where it is now."""
    found = Topic.objects.select_related("photo", "parent", "merged_into").filter(slug=slug).first()
    if found is None:
        moved = TopicRedirect.objects.select_related("topic").filter(old_slug=slug).first()
        if moved is None:
            raise Http404("There is no such topic.")
        return HttpResponsePermanentRedirect(moved.topic.get_absolute_url())
    if found.merged_into:
        return HttpResponsePermanentRedirect(found.merged_into.get_absolute_url())
    cursor = selectors.cursor_from(request)
    listing = selectors.latest_on_topic(found, before=cursor)
    metadata = topic_metadata(found, Masthead.load(request), language=settings.LANGUAGE_CODE, cursor=str(cursor or ""))
    return render(request, "topics/topic.html", {"topic": found, "listing": listing, "metadata": metadata})


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
