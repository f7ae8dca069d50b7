"""The small files by which programs know the paper, and the list of its feeds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from broadsheet.feeds import small_files
from broadsheet.kit import rendering
from broadsheet.kit.text import printable
from broadsheet.masthead.models import Masthead
from broadsheet.sections.cache_keys import SECTIONS
from broadsheet.sections.models import Section

TEXT = "text/plain; charset=utf-8"


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell whoever found a security hole whom to write to."""
    text = small_files.security_txt()
    if not text:
        raise Http404("The paper names nobody.")
    return HttpResponse(text, content_type=TEXT)


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """Tell to whom the paper belongs, and who belongs to it."""
    return HttpResponse(small_files.trust_txt(Masthead.load(request)), content_type=TEXT)


@require_safe
def ads(request: HttpRequest) -> HttpResponse:
    """Tell who may sell the paper's advertising space."""
    return HttpResponse(small_files.ads_txt(Masthead.load(request)), content_type=TEXT)


@require_safe
def opml(request: HttpRequest) -> HttpResponse:
    """List the paper's feeds (OPML 2.0), so that a reader's program takes all of them at once."""
    rendering.read_under([SECTIONS])
    sections = [(printable(section.name), section.slug) for section in Section.objects.all()]
    context = {"paper_name": printable(Masthead.load(request).name), "sections": sections}
    return render(request, "feeds/feeds.opml", context, content_type="text/x-opml; charset=utf-8")
