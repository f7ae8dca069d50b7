"""Readers' pages of fronts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from broadsheet.fronts.models import Front, HomePage
from broadsheet.fronts.show_front import front_context, older_stories_context
from broadsheet.masthead.models import Masthead
from broadsheet.pages.views import front_path
from broadsheet.sections.models import Section
from broadsheet.stories.list_metadata import section_metadata
from broadsheet.stories.selectors import cursor_from


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """Show the front page, which is read with one query where any other page of the tree takes two."""
    page = get_object_or_404(HomePage, url_path=front_path(), live=True)
    response: HttpResponse = page.serve(request)
    return response


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a section's front, or a page of its older stories."""
    found = get_object_or_404(Section, slug=slug)
    cursor = cursor_from(request)
    if cursor:
        context = older_stories_context(section=found, before=cursor)
    else:
        context = front_context(section=found, zones=Front.zones_in_force(found))
    context["metadata"] = section_metadata(
        found, Masthead.load(request), language=settings.LANGUAGE_CODE, cursor=str(cursor or "")
    )
    return render(request, "fronts/section.html", context)
