"""Showing a page of the tree to readers.

This stands in the place of Wagtail's own view: it finds a page by its whole address in one look-up instead of two for
each level, and it asks for no restriction. Nothing the paper publishes may be withheld from anyone.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from broadsheet.pages.models import BasePage


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Show the published page at `path`, such as `about/` or `` for the front page."""
    page = BasePage.objects.filter(url_path=f"{front_path()}{path}", live=True).first()
    if page is None:
        raise Http404("There is no page at this address.")
    response: HttpResponse = page.specific.serve(request)
    return response


def front_path() -> str:
    """Return the front page's `url_path`, with which those of all readers' pages begin; Wagtail caches it."""
    roots = Site.get_site_root_paths()
    if not roots:
        raise Http404("The paper has no front page yet.")
    path: str = roots[0].root_path
    return path
