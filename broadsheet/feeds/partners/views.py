"""What partners ask for: the stories that have changed since they last asked, or one."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from broadsheet.changes.selectors import newest_seq
from broadsheet.feeds.partners.changed_stories import Place, changed_after, place_from
from broadsheet.feeds.partners.handed_on import Item, items
from broadsheet.feeds.partners.newsml import news_item, news_message
from broadsheet.feeds.partners.ninjs import ninjs
from broadsheet.feeds.partners.tokens import MINUTE_SECONDS, TooOftenError, count_request, partner_of
from broadsheet.kit import clock
from broadsheet.masthead.head_metadata import absolute
from broadsheet.masthead.models import Masthead
from broadsheet.stories.selectors import newest_ids

NEWEST = 50
JSON, XML = "application/json; charset=utf-8", "application/vnd.iptc.g2.newsmessage+xml"
ITEM_XML = "application/vnd.iptc.g2.newsitem+xml"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Page:
    """What has changed, and from where to go on."""

    items: list[Item]
    after: Place


def for_partners(view: View) -> View:
    """Answer partners with a token, and no others; not too often."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **more: Any) -> HttpResponse:
        partner = partner_of(request.headers.get("Authorization", ""))
        if partner is None:
            refused = HttpResponse("A partner's token is wanted.\n", status=401, content_type="text/plain")
            refused["WWW-Authenticate"] = 'Bearer realm="partners"'
            return _private(refused)
        try:
            count_request(partner)
        except TooOftenError:
            later = HttpResponse("Too often.\n", status=429, content_type="text/plain")
            later["Retry-After"] = str(MINUTE_SECONDS)
            return _private(later)
        return _private(view(request, **more))

    return answer


@for_partners
def ninjs_feed(request: HttpRequest) -> HttpResponse:
    """Give what has changed as a list of ninjs objects."""
    page, paper = _page(request), Masthead.load(request)
    following = f"{absolute(reverse('partners_ninjs'))}?after={page.after}"
    document = {"items": [ninjs(item, paper) for item in page.items], "next": following}
    return HttpResponse(json.dumps(document, ensure_ascii=False, indent=1), content_type=JSON)


@for_partners
def ninjs_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one story as a ninjs object."""
    document = ninjs(_one(pk), Masthead.load(request))
    return HttpResponse(json.dumps(document, ensure_ascii=False, indent=1), content_type=JSON)


@for_partners
def newsml_feed(request: HttpRequest) -> HttpResponse:
    """Give what has changed as a message of NewsML-G2; the address to go on with is in the Link header (RFC 8288)."""
    page = _page(request)
    if not page.items:
        answer = HttpResponse(status=204)
    else:
        message = news_message(page.items, Masthead.load(request), sent_at=clock.now())
        answer = HttpResponse(message, content_type=XML)
    answer["Link"] = f'<{absolute(reverse("partners_newsml"))}?after={page.after}>; rel="next"'
    return answer


@for_partners
def newsml_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one story as NewsML-G2."""
    return HttpResponse(news_item(_one(pk), Masthead.load(request)), content_type=ITEM_XML)


def _page(request: HttpRequest) -> Page:
    """Return what has changed after the place in the log that is asked for; without one, the newest stories.

    What is told of a story is how it stands now.
    """
    text = request.GET.get("after", "")
    if not text:
        after = newest_seq()  # before the stories are read: what changes meanwhile comes again
        return Page(items(newest_ids(limit=NEWEST)), Place(after))
    try:
        ids, place = changed_after(place_from(text))
    except ValueError as error:
        raise Http404(str(error)) from error
    return Page(items(ids), place)


def _one(pk: int) -> Item:
    found = items([pk])
    if not found:
        raise Http404("There is no such story.")
    return found[0]


def _private(answer: HttpResponse) -> HttpResponse:
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex"
    return answer
