"""Readers' pages of series."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from broadsheet.masthead.models import Masthead
from broadsheet.stories.list_metadata import series_metadata
from broadsheet.stories.series import Series, SeriesRedirect
from broadsheet.stories.series_selectors import series_page
from broadsheet.stories.so_far_selectors import so_far_of


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a series with its published parts; one of which nothing is published is not there yet."""
    found = Series.objects.select_related("photo").filter(slug=slug).first()
    if found is None:
        moved = SeriesRedirect.objects.select_related("series").filter(old_slug=slug).first()
        if moved is None:
            raise Http404("There is no such series.")
        return HttpResponsePermanentRedirect(moved.series.get_absolute_url())
    shown = series_page(found)
    if not shown.parts:
        raise Http404("Nothing of this series is published.")
    metadata = series_metadata(found, Masthead.load(request), language=settings.LANGUAGE_CODE)
    context = {"shown": shown, "series": found, "so_far": so_far_of(series_id=found.pk), "metadata": metadata}
    return render(request, "stories/series.html", context)
