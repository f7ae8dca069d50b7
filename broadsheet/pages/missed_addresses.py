"""Counts the addresses at which readers found nothing: in memory first, so that no reader waits for the database.

What is counted says nothing about anybody: an address without its query, a day, how often, and how often by a link of
the paper's own. A thread writes the counts down every half minute; what a killed process had not written is lost.
"""

import atexit
import datetime as dt
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.models import Redirect

from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.kit import clock, rendering
from broadsheet.pages.addresses import MAX_ADDRESS
from broadsheet.pages.count_missed_addresses import ALL_OTHERS, count_missed_addresses

NOT_FOR_READERS = ("/newsroom/", "/static/", "/media/", "/documents/")
LEADING_ELSEWHERE = {301, 302, 404, 410}
MOST_IN_MEMORY = 500
"""Different addresses that a process keeps before they are written; more are counted as all others."""
SECONDS_BETWEEN_WRITES = 30
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Miss:
    """An address that led nowhere, the day, and whether a page of the paper's own linked to it."""

    day: dt.date
    address: str
    is_own_link: bool


class MissCounter:
    """The counts of one process."""

    def __init__(self) -> None:
        self._counts: Counter[Miss] = Counter()
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None

    def add(self, miss: Miss) -> None:
        """Count a miss; one too many stands under all others."""
        with self._lock:
            if miss not in self._counts and len(self._counts) >= MOST_IN_MEMORY:
                miss = Miss(miss.day, ALL_OTHERS, miss.is_own_link)
            self._counts[miss] += 1

    def write(self) -> int:
        """Write the counts down and begin anew; return how many misses there were. Counts that fail are dropped."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if counts:
            told = {(miss.day, miss.address): [0, 0] for miss in counts}
            for miss, number in counts.items():
                told[miss.day, miss.address][0] += number
                told[miss.day, miss.address][1] += number if miss.is_own_link else 0
            count_missed_addresses(counts={key: (all_of_them, own) for key, (all_of_them, own) in told.items()})
        return counts.total()

    def start_writing(self) -> None:
        """Have a thread write the counts down from now on; once for each process."""
        with self._lock:
            if self._writer is not None:
                return
            self._writer = threading.Thread(target=self._write_for_ever, name="missed-addresses", daemon=True)
        self._writer.start()
        atexit.register(self._write_once)

    def _write_for_ever(self) -> None:
        pause = threading.Event()
        while not pause.wait(SECONDS_BETWEEN_WRITES):
            self._write_once()

    def _write_once(self) -> None:
        try:
            self.write()
        except DatabaseError:
            logger.warning("Addresses that were not found could not be counted.", exc_info=True)
        finally:
            connection.close()


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
    if settings.COUNT_MISSED_ADDRESSES:
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
