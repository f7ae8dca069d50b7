"""Stories in the pages of others, as oEmbed 1.0 (https://oembed.com/) has them: a quotation with a link, no frame.

Nothing runs on the other's page and nothing is loaded from ours but the picture, if the other shows it. The document of
each story is a stored page at `oembed.json` below its address; `/oembed/?url=` leads there, and makes it smaller where
somebody has less room.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.models import Masthead
from broadsheet.photos.renditions import WHOLE, rendition
from broadsheet.stories.models import BylineRole, Story
from broadsheet.stories.selectors import bylines_of
from broadsheet.stories.views import of_published_story

WIDTH, HEIGHT = 320, 200
"""Pixels in which a headline and a standfirst can be read."""
LONGEST_NUMBER = 6


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer for an address of the paper: with the story's own document, or a smaller one."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    try:
        given = urlsplit(request.GET.get("url", ""))
    except ValueError as error:
        raise Http404("This is no address.") from error
    if f"{given.scheme}://{given.netloc}" != settings.SITE_URL:
        raise Http404("This is no address of the paper.")
    try:
        found = resolve(unquote(given.path))
    except Resolver404 as error:
        raise Http404("There is nothing at this address.") from error
    if found.url_name != "story":
        raise Http404("Only stories can be embedded.")
    room = [_number(request, name) for name in ("maxwidth", "maxheight")]
    if room[0] >= WIDTH and room[1] >= HEIGHT:
        return HttpResponseRedirect(f"{given.path}oembed.json")
    request.room = room  # type: ignore[attr-defined] # for the view below, which is given the story
    return story_oembed(request, *found.args, **found.kwargs)


@of_published_story("section", "lead_photo")
def story_oembed(request: HttpRequest, found: Story) -> HttpResponse:
    """Give the document by which other sites embed a story."""
    width, height = getattr(request, "room", (WIDTH, HEIGHT))
    paper = Masthead.load(request)
    authors = [byline.contributor for byline in bylines_of(found.pk) if byline.role == BylineRole.BY]
    address = absolute(found.url or "")
    document = {
        "version": "1.0",
        "type": "rich",
        "title": found.title,
        "author_name": ", ".join(author.name for author in authors),
        "author_url": absolute(authors[0].get_absolute_url()) if len(authors) == 1 else "",
        "provider_name": paper.name,
        "provider_url": absolute("/"),
        "html": _quotation(found, paper, address),
        "width": min(width, WIDTH),
        "height": min(height, HEIGHT),
        **_thumbnail(found, width, height),
    }
    kept = {name: value for name, value in document.items() if value}
    answer = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _quotation(story: Story, paper: Masthead, address: str) -> str:
    return format_html(
        '<blockquote lang="{}" dir="{}" cite="{}"><p><a href="{}">{}</a></p>{}<p>— {}</p></blockquote>',
        story.language,
        story.text_direction,
        address,
        address,
        story.title,
        format_html("<p>{}</p>", story.standfirst) if story.standfirst else "",
        paper.name,
    )


def _thumbnail(story: Story, width: int, height: int) -> dict[str, Any]:
    photo = story.lead_photo
    if photo is None or photo.is_withheld():
        return {}
    shown = rendition(photo, WHOLE[0], "jpg")
    if shown.width > width or (height < HEIGHT and shown.height > height):
        return {}
    return {
        "thumbnail_url": absolute(shown.url),
        "thumbnail_width": shown.width,
        "thumbnail_height": shown.height,
    }


def _number(request: HttpRequest, name: str) -> int:
    """Return how many pixels somebody has; many where he does not say."""
    text = request.GET.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 10**LONGEST_NUMBER
