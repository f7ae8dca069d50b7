"""Readers' pages of topics."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from broadsheet.kit import rendering
from broadsheet.masthead.models import Masthead
from broadsheet.stories import selectors
from broadsheet.stories.list_metadata import topic_metadata
from broadsheet.stories.topic_page import stories_on_topic_in_month, surroundings_of
from broadsheet.topics.cache_keys import topic_page_key, topic_words_key
from broadsheet.topics.models import Topic, TopicRedirect


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic with its latest stories; a merged or renamed topic leads to where it is now."""
    found = _at(slug)
    if found.slug != slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    rendering.read_under([topic_page_key(found.pk), topic_words_key(found.pk)])
    cursor = selectors.cursor_from(request)
    listing = selectors.latest_on_topic(found, before=cursor)
    metadata = topic_metadata(found, Masthead.load(request), language=settings.LANGUAGE_CODE, cursor=str(cursor or ""))
    context = {"topic": found, "listing": listing, "metadata": metadata}
    if cursor is None:
        context["around"] = surroundings_of(found)
    return render(request, "topics/topic.html", context)


@require_safe
def topic_month(request: HttpRequest, slug: str, year: int, month: int) -> HttpResponse:
    """Show the stories about a topic that were published in one month, day by day."""
    found = _at(slug)
    below = f"{year:04d}/{month:02d}/"
    if found.slug != slug:
        return HttpResponsePermanentRedirect(f"{found.get_absolute_url()}{below}")
    rendering.read_under([topic_page_key(found.pk), topic_words_key(found.pk)])
    cursor = selectors.cursor_from(request)
    first_day = _first_day(year, month)
    listing = stories_on_topic_in_month(found, first_day, before=cursor)
    if not listing.rows:
        raise Http404("The topic has no stories in this month.")
    metadata = topic_metadata(
        found,
        Masthead.load(request),
        language=settings.LANGUAGE_CODE,
        cursor=str(cursor or ""),
        month=date_format(first_day, "YEAR_MONTH_FORMAT"),
        below=below,
    )
    context = {"topic": found, "first_day": first_day, "listing": listing, "metadata": metadata}
    return render(request, "topics/month.html", context | {"days": selectors.by_day(listing.rows)})


def _first_day(year: int, month: int) -> dt.date:
    try:
        return dt.date(year, month, 1)
    except ValueError as error:
        raise Http404("There is no such month.") from error


def _at(slug: str) -> Topic:
    """Return the topic that has this slug, or had it, or that it was merged into; raises Http404."""
    found = Topic.objects.select_related("photo", "parent", "merged_into").filter(slug=slug).first()
    if found is not None:
        return found.merged_into or found
    moved = TopicRedirect.objects.select_related("topic").filter(old_slug=slug).first()
    if moved is None:
        raise Http404("There is no such topic.")
    present: Topic = moved.topic
    return present
