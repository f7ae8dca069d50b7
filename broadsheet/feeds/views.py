"""Feeds at their addresses."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from broadsheet.bylines.models import Contributor
from broadsheet.feeds import atom, json_feed, rss
from broadsheet.feeds.channel import Channel, Place, channel_of
from broadsheet.masthead.hub_address import link_header
from broadsheet.masthead.models import Masthead
from broadsheet.sections.models import Section
from broadsheet.topics.models import Topic, TopicRedirect

FORMATS: dict[str, tuple[str, Callable[[Channel], str]]] = {
    "rss": (rss.CONTENT_TYPE, rss.rss),
    "atom": (atom.CONTENT_TYPE, atom.atom),
    "json": (json_feed.CONTENT_TYPE, json_feed.json_feed),
}
"""Name of a format, as it stands in addresses -> its media type, and what writes it. RSS stands at `feed/` itself."""


def feed_path(view_name: str, form: str, *slugs: str) -> str:
    """Return the address of a feed in one of the formats."""
    return reverse(view_name, args=slugs) if form == "rss" else reverse(view_name, args=[*slugs, form])


@require_safe
def paper_feed(request: HttpRequest, form: str = "rss") -> HttpResponse:
    """Give the newest stories of the paper."""
    return _feed(request, None, form, "feed")


@require_safe
def section_feed(request: HttpRequest, slug: str, form: str = "rss") -> HttpResponse:
    """Give the newest stories of a section."""
    return _feed(request, get_object_or_404(Section, slug=slug), form, "section_feed", slug)


@require_safe
def topic_feed(request: HttpRequest, slug: str, form: str = "rss") -> HttpResponse:
    """Give the newest stories about a topic; a merged or renamed one leads to its feed of now."""
    found = Topic.objects.select_related("merged_into").filter(slug=slug).first()
    if found is None:
        found = get_object_or_404(TopicRedirect.objects.select_related("topic"), old_slug=slug).topic
    present = found.merged_into or found
    if present.slug != slug:
        return HttpResponsePermanentRedirect(feed_path("topic_feed", form, present.slug))
    return _feed(request, present, form, "topic_feed", slug)


@require_safe
def contributor_feed(request: HttpRequest, slug: str, form: str = "rss") -> HttpResponse:
    """Give the newest stories of a contributor."""
    return _feed(request, get_object_or_404(Contributor, slug=slug), form, "contributor_feed", slug)


def _feed(request: HttpRequest, place: Place | None, form: str, view_name: str, *slugs: str) -> HttpResponse:
    if form not in FORMATS or (form == "rss" and iri_to_uri(request.path) != feed_path(view_name, form, *slugs)):
        raise Http404("There is no such feed.")
    content_type, write = FORMATS[form]
    channel = channel_of(place, paper=Masthead.load(request), feed_path=feed_path(view_name, form, *slugs))
    answer = HttpResponse(write(channel), content_type=content_type)
    answer["Link"] = link_header(channel.feed_url)
    return answer
