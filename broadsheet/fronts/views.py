"""Readers' pages of fronts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from broadsheet.masthead.models import Masthead
from broadsheet.sections.models import Section
from broadsheet.stories import selectors
from broadsheet.stories.list_metadata import section_metadata


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a section's front."""
    found = get_object_or_404(Section, slug=slug)
    cursor = selectors.cursor_from(request)
    listing = selectors.latest_in_section(found, before=cursor)
    metadata = section_metadata(
        found, Masthead.load(request), language=settings.LANGUAGE_CODE, cursor=str(cursor or "")
    )
    return render(request, "fronts/section.html", {"section": found, "listing": listing, "metadata": metadata})
