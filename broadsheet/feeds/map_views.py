"""Sitemaps, robots.txt and what else crawlers ask for first."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from broadsheet.feeds import news_sitemap, sitemaps
from broadsheet.feeds.crawlers import AiPolicy
from broadsheet.feeds.models import CrawlerPolicy
from broadsheet.feeds.robots import robots_txt
from broadsheet.kit.text import printable
from broadsheet.masthead.models import Masthead

XML = "application/xml"
TEXT = "text/plain; charset=utf-8"


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List all sitemaps."""
    return render(request, "feeds/sitemap_index.xml", {"files": sitemaps.files()}, content_type=XML)


@require_safe
def sitemap(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Give one sitemap; there is none without an address in it."""
    found = sitemaps.locations(kind, int(number))
    if not found:
        raise Http404("There is no such sitemap.")
    return render(request, "feeds/sitemap.xml", {"locations": found}, content_type=XML)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Give the news of the last two days."""
    found = news_sitemap.news()
    context = {"news": found, "paper_name": printable(Masthead.load(request).name) if found else ""}
    return render(request, "feeds/news_sitemap.xml", context, content_type=XML)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers what they may do."""
    return HttpResponse(robots_txt(CrawlerPolicy.in_force()), content_type=TEXT)


@require_safe
def text_and_data_mining(request: HttpRequest) -> HttpResponse:
    """Tell, as the TDM Reservation Protocol of the W3C's group has it, whether the right to mine the paper is reserved
    (Directive (EU) 2019/790, Article 4(3))."""
    is_reserved = CrawlerPolicy.in_force().ai_policy != AiPolicy.ALL
    return JsonResponse([{"location": "/", "tdm-reservation": int(is_reserved)}], safe=False)
