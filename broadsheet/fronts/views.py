"""Readers' pages of fronts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from broadsheet.sections.models import Section
from broadsheet.stories import selectors


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a section's front."""
    found = get_object_or_404(Section, slug=slug)
    listing = selectors.latest_in_section(found, before=selectors.cursor_from(request))
    return render(request, "fronts/section.html", {"section": found, "listing": listing})
