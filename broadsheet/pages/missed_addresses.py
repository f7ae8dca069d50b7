"""Counts the addresses at which readers found nothing: in memory first, so that no reader waits for the database.

What is counted says nothing about anybody: an address without its query, a day, how often, and how often by a link of
the paper's own. A thread writes the counts down every half minute; what a killed process had not written is lost.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.models import Redirect

from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.kit import clock, rendering
from broadsheet.kit.written_later import WrittenLater
from broadsheet.pages.addresses import MAX_ADDRESS
from broadsheet.pages.count_missed_addresses import ALL_OTHERS, count_missed_addresses

NOT_FOR_READERS = ("/newsroom/", "/static/", "/media/", "/documents/")
LEADING_ELSEWHERE = {301, 302, 404, 410}


@dataclass(frozen=True, slots=True)
class Miss:
    """An address that led nowhere, the day, and whether a page of the paper's own linked to it."""

    day: dt.date
    address: str
    is_own_link: bool


class MissCounter(WrittenLater[Miss]):
    """The counts of one process."""

    name = "addresses that were not found"

    def one_too_many(self, counted: Miss) -> Miss:
        """Count it under all others."""
        return Miss(counted.day, ALL_OTHERS, counted.is_own_link)

    def write_down(self, counts: Counter[Miss]) -> None:
        """Add up those by links of the paper's own and the others."""
        told = {(miss.day, miss.address): [0, 0] for miss in counts}
        for miss, number in counts.items():
            told[miss.day, miss.address][0] += number
            told[miss.day, miss.address][1] += number if miss.is_own_link else 0
        count_missed_addresses(counts={key: (all_of_them, own) for key, (all_of_them, own) in told.items()})


COUNTER = MissCounter()


class MissedAddressMiddleware:
    """Counts answers of 404. Stands before the middleware of redirects: what that answers was not missed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if rendering.is_recorded():  # to be kept for many: whoever serves it counts
            if response.status_code in LEADING_ELSEWHERE:
                rendering.read_under([ADDRESSES])
            return response
        if response.status_code == 404 and request.method == "GET" and not request.path.startswith(NOT_FOR_READERS):
            _count(request.path, request.get_host(), request.headers.get("Referer", ""))
        return response


def count_missed_address(environ: Mapping[str, Any]) -> None:
    """Count a stored page of 404 that was served to a reader, as the middleware counts one that Django answered."""
    if environ["REQUEST_METHOD"] == "GET":
        path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        _count(path, environ.get("HTTP_HOST", ""), environ.get("HTTP_REFERER", ""))


def _count(path: str, host: str, referer: str) -> None:
    COUNTER.add(Miss(clock.local_date(clock.now()), _countable(path), _is_own_link(host, referer)))
    if settings.COUNT_MISSES:
        COUNTER.start_writing()


def _countable(path: str) -> str:
    """Return the address to count a path under; what no reader can have meant stands under all others."""
    address: str = Redirect.normalise_path(path)
    return address if len(address) <= MAX_ADDRESS and address.isprintable() else ALL_OTHERS


def _is_own_link(own_host: str, referer: str) -> bool:
    """Tell whether the reader came by a link of the paper's own; nothing else of the referrer is looked at."""
    try:
        host = urlsplit(referer).hostname
    except ValueError:
        return False
    return host is not None and host == own_host.partition(":")[0]
