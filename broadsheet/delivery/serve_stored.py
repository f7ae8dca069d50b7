"""The layer in front of Django: answers readers from the page store.

    request ─ stored name? ─ no ─────────────────────────────────────────── Django
                  │ yes
              held in memory, nothing touched since? ─ yes ──────────────── send
                  │ no
              stored, fresh or not stale for long? ─ yes ─ hold it ──────── send
                  │ no
              rendered here, by one for all who wait ─ store it, hold it ── send
                  │ fails (the database is away)
              any copy that is not gone ─ yes ───────────────────────────── send
                  │ no
              503

What shows anything of a person's own, or of the moment, is not kept but asked of Django with the reader's own request.
"""

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http.request import split_domain_port, validate_host

from broadsheet.delivery.addresses import is_front, stored_name
from broadsheet.delivery.cdn.page_headers import page_headers
from broadsheet.delivery.cdn.provider import Cdn
from broadsheet.delivery.encodings import best_encoding
from broadsheet.delivery.outage import Outage
from broadsheet.delivery.page_store import CLOCK_SLACK_SECONDS, Header, PageStore, Standing, State, StoredPage
from broadsheet.delivery.ready_page import Variant, variants_of
from broadsheet.delivery.render_page import DatabaseAwayError, RenderedPage, Renderer, RenderFailedError
from broadsheet.delivery.single_flight import single_flight
from broadsheet.delivery.store_page import SHORT_LIVED, Stored, store_page
from broadsheet.kit.memory import Memory

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

STALE_SECONDS = 30.0
STALE_FRONT_SECONDS = 5.0
"""For how long a page may be served that is known to be old, while the follower renders it."""
KEPT_WITHOUT_DATABASE_SECONDS = 7 * 24 * 3600
LOOK_AGAIN_SECONDS = 1.0
"""So long at most a page is served without a look into the store, should a process have died before it told of it."""
FLIGHT_SECONDS = 5.0
TRIES = 3
"""How often a page is rendered in a row when each time something was taken away that it shows."""
TRY_AGAIN_SECONDS = 1.0
"""For so long a page is not rendered after that has failed: readers do not wait."""
MOST_HOSTS = 100
MOST_REMEMBERED = 1_000
UNAVAILABLE = b"The page cannot be shown just now. Please try again in a moment.\n"
logger = logging.getLogger(__name__)


class Held:
    """A page in this process's memory."""

    __slots__ = ("digest", "good_until", "is_read", "seen", "size", "status", "variants")

    def __init__(self, variants: Mapping[str, Variant], *, status: int) -> None:
        self.variants = variants
        self.digest = ""
        self.status = status
        self.size = sum(len(variant.body[0]) for variant in variants.values())
        self.seen = b""
        self.good_until = 0.0
        self.is_read = True


class Traffic:
    """How many requests were answered how, since it was last written down."""

    def __init__(self) -> None:
        self.hits = self.stale = self.misses = 0

    def taken(self) -> tuple[int, int, int]:
        """Return the counts and begin anew."""
        counts = (self.hits, self.stale, self.misses)
        self.hits = self.stale = self.misses = 0
        return counts


class StoredPages:
    """A WSGI application: the page store in front of `application`."""

    def __init__(
        self,
        application: Application,
        *,
        store: PageStore,
        on_missed: Callable[[Environ], None] | None = None,
        memory_bytes: int = 48 * 1024 * 1024,
        cdn: Cdn | None = None,
    ) -> None:
        self._application = application
        self._store = store
        self._counter = store.counter
        self._renderer = Renderer(Memory())
        self._on_missed = on_missed
        self._memory_bytes = memory_bytes
        self._cdn = cdn
        self._held: dict[str, Held] = {}
        self._held_bytes = 0
        self._encodings: dict[str, str] = {}
        self._hosts: set[str] = set()
        self._not_kept: dict[str, float] = {}
        self._failing: dict[str, float] = {}
        self._outage = Outage()
        self._lock = threading.Lock()
        self.traffic = Traffic()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        # A path that holds "?", written %3F, is none of ours: in a name it stands before a query.
        is_safe = environ["REQUEST_METHOD"] in ("GET", "HEAD") and "?" not in environ["PATH_INFO"]
        if not is_safe or not (environ.get("HTTP_HOST") in self._hosts or self._is_ours(environ)):
            return self._application(environ, start_response)
        query = environ.get("QUERY_STRING")
        name = stored_name(environ["PATH_INFO"], query) if query else environ["PATH_INFO"]
        held = self._held.get(name) if name else None
        if held is None or held.seen != self._counter.value or time.monotonic() > held.good_until:
            held = self._found(name, environ)
            if held is None:
                return self._application(environ, start_response)
        else:
            self.traffic.hits += 1
        held.is_read = True
        if held.status == 404 and self._on_missed is not None:
            self._on_missed(environ)
        return self._send(held, environ, start_response)

    def _send(self, held: Held, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        encoding = self._encodings.get(accepted)
        if encoding is None:
            encoding = self._encoding(accepted)
        variant = held.variants.get(encoding) or held.variants["identity"]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked is not None and held.status == 200 and _names(asked, variant.etag):
            start_response("304 Not Modified", variant.headers_unchanged)
            return []
        start_response(variant.status, variant.headers)
        return variant.body if environ["REQUEST_METHOD"] == "GET" else []

    def _found(self, name: str | None, environ: Environ) -> Held | None:
        """Return the page to serve, from the store or rendered; None when Django has to answer."""
        if name is None or stored_name(name.partition("?")[0], "") is None or self._is_not_kept(name):
            return None
        seen = self._counter.value
        try:
            standing = self._store.standing(name)
            if standing is not None and _may_be_served(name, standing, time.time()):
                held = self._held_as(name, standing, seen)
                if held is not None:
                    return held
        except (sqlite3.Error, OSError):
            logger.exception("The page store does not answer")
            standing = None
        self.traffic.misses += 1
        return self._rendered(name, standing)

    def _held_as(self, name: str, standing: Standing, seen: bytes) -> Held | None:
        """Hold a stored page that may be served, with how it came to be; None when its body is no longer there."""
        is_fresh = standing.state is State.FRESH
        how = "hit" if is_fresh else "hit; detail=stale"
        version = self._version(standing, how)
        held = self._held.get(name)
        if held is None or held.digest != version:
            page = self._store.page(name)
            if page is None:
                return None
            standing = page.standing
            held = self._hold(name, self._made(name, page, how), self._version(standing, how))
        held.seen = seen
        held.good_until = time.monotonic() + LOOK_AGAIN_SECONDS
        if standing.renew_at is not None:
            held.good_until = min(held.good_until, time.monotonic() + standing.renew_at - time.time())
        if is_fresh:
            self.traffic.hits += 1
        else:
            self.traffic.stale += 1
        return held

    def _rendered(self, name: str, standing: Standing | None) -> Held | None:
        """Render a page that is missing or too old, or wait for who is at it; else serve what there is."""
        if time.monotonic() < self._failing.get(name, 0.0) or not self._outage.may_try():
            return self._copy(name, standing)
        with single_flight(self._store.flights, name, wait_seconds=FLIGHT_SECONDS) as at_once:
            if not at_once and (held := self._from_who_was_at_it(name)):
                self._outage.answered()
                return held
            began_at = time.monotonic()
            try:
                held = self._rendered_now(name)
            except DatabaseAwayError:
                logger.exception("%s could not be rendered", name)
                self._outage.failed(began_at=began_at)
                return self._copy(name, standing)
            except RenderFailedError:
                logger.exception("%s could not be rendered", name)
                self._outage.answered()
                self._let_wait(name)
                return self._copy(name, standing)
            self._outage.answered()
            return held

    def _let_wait(self, name: str) -> None:
        if len(self._failing) > MOST_REMEMBERED:
            self._failing.clear()
        self._failing[name] = time.monotonic() + TRY_AGAIN_SECONDS

    def _from_who_was_at_it(self, name: str) -> Held | None:
        """Return the page that another has rendered meanwhile, if he has."""
        try:
            return self._if_fresh(name, self._counter.value)
        except (sqlite3.Error, OSError):
            logger.exception("The page store does not answer")
            return None

    def _if_fresh(self, name: str, seen: bytes) -> Held | None:
        standing = self._store.standing(name)
        if standing is None or standing.state is not State.FRESH:
            return None
        return self._held_as(name, standing, seen)

    def _rendered_now(self, name: str) -> Held | None:
        for _ in range(TRIES):
            page = self._renderer.render(name)
            if page.personal:
                self._keep_out(name)
                return None
            try:
                held = self._stored(name, page)
            except (sqlite3.Error, DatabaseError, OSError):
                logger.exception("%s could not be stored", name)
                return _held_once(page)
            if held is not None:
                return held
        return _held_once(page)

    def _stored(self, name: str, page: RenderedPage) -> Held | None:
        """Store what was rendered, and hold it; or what another has stored meanwhile. None when neither may be."""
        seen = self._counter.value
        if store_page(store=self._store, page=page) is not Stored.REFUSED:
            stored = self._store.page(name)
            if stored is not None:
                held = self._hold(name, self._made(name, stored, "fwd=miss; stored"), "fwd=miss")
                held.seen, held.good_until = seen, 0.0  # the next reader's is a hit
                return held
        return self._if_fresh(name, seen)

    def _copy(self, name: str, standing: Standing | None) -> Held | None:
        """Return any copy that is not gone and not too old; or a page that says to come back."""
        stored = None
        if standing is not None and standing.state is not State.GONE:
            with suppress(sqlite3.Error, OSError):
                stored = self._store.page(name)
        if stored is None or _age_seconds(stored.standing, time.time()) > KEPT_WITHOUT_DATABASE_SECONDS:
            return _unavailable()
        self.traffic.stale += 1
        return self._made(name, stored, "hit; detail=stale-if-error")

    def _made(self, name: str, page: StoredPage, how: str) -> Held:
        status, digest = page.standing.status, page.standing.digest
        for_cdn = self._for_cdn(name, page.standing)
        variants = variants_of(
            status=status, headers=page.headers, bodies=page.bodies, digest=digest, how=how, for_cdn=for_cdn
        )
        return Held(variants, status=status)

    def _for_cdn(self, name: str, standing: Standing) -> list[Header]:
        if self._cdn is None:
            return []
        keys = self._store.keys_of(standing.id) if standing.status < SHORT_LIVED else None
        if self._store.standing(name) != standing:
            keys = None  # rendered again since it was read: these may be the new one's keys
        lasts = standing.state is State.FRESH and standing.renew_at is None
        return page_headers(self._cdn, keys=keys, lasts=lasts)

    def _version(self, standing: Standing, how: str) -> str:
        """Return what tells a page that is held from one that is stored; for a CDN also the same text anew, which may
        have other keys."""
        return f"{standing.digest}{how}{standing.as_of if self._cdn else ''}"

    # What this process remembers

    def _hold(self, name: str, held: Held, version: str) -> Held:
        held.digest = version
        with self._lock:
            before = self._held.pop(name, None)
            self._held_bytes += held.size - (before.size if before else 0)
            self._held[name] = held
            while self._held_bytes > self._memory_bytes and len(self._held) > 1:
                oldest = next(iter(self._held))
                one = self._held.pop(oldest)
                if one.is_read and oldest != name:
                    one.is_read = False  # a second chance for what is read
                    self._held[oldest] = one
                else:
                    self._held_bytes -= one.size
        return held

    def names_read(self) -> list[str]:
        """Return the pages that were read since this was last asked."""
        names = []
        for name, held in list(self._held.items()):
            if held.is_read:
                held.is_read = False
                names.append(name)
        return names

    def _keep_out(self, name: str) -> None:
        if len(self._not_kept) > MOST_REMEMBERED:
            self._not_kept.clear()
        self._not_kept[name] = time.monotonic() + 60

    def _is_not_kept(self, name: str) -> bool:
        return self._not_kept.get(name, 0.0) > time.monotonic()

    def _is_ours(self, environ: Environ) -> bool:
        host = environ.get("HTTP_HOST", "")
        domain, _ = split_domain_port(host)  # an empty one for what is no host, as Django reads it
        allowed = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if allowed:
            if len(self._hosts) >= MOST_HOSTS:
                self._hosts.clear()  # made-up ports may not keep out the one that readers ask for
            self._hosts.add(host)
        return allowed

    def _encoding(self, accepted: str) -> str:
        encoding = best_encoding(accepted)
        if len(self._encodings) < MOST_REMEMBERED:
            self._encodings[accepted] = encoding
        return encoding


def _may_be_served(name: str, standing: Standing, now: float) -> bool:
    if standing.state is State.GONE:
        return False
    limit = STALE_FRONT_SECONDS if is_front(name) else STALE_SECONDS
    return _age_seconds(standing, now) <= limit


def _age_seconds(standing: Standing, now: float) -> float:
    """Return for how long a page has been old; nothing or less for one that is fresh."""
    since = standing.stale_since if standing.state is State.STALE else None
    if since is not None and since > now + CLOCK_SLACK_SECONDS:
        return math.inf
    moments = [moment for moment in (since, standing.renew_at) if moment is not None]
    return max((now - moment for moment in moments), default=0.0)


def _held_once(page: RenderedPage) -> Held:
    """Return a page for this reader alone: rendered, and not to be kept by anyone."""
    headers = [*page.headers, ("Cache-Control", "no-store"), ("Content-Length", str(len(page.body)))]
    variant = Variant(page.status_line, headers, [page.body], "", [])
    return Held({"identity": variant}, status=page.status)


def _unavailable() -> Held:
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Retry-After", "2"),
        ("Cache-Control", "no-store"),
        ("Content-Length", str(len(UNAVAILABLE))),
    ]
    return Held({"identity": Variant("503 Service Unavailable", headers, [UNAVAILABLE], "", [])}, status=503)


def _names(asked: str, etag: str) -> bool:
    """Tell whether If-None-Match names this ETag, or any (RFC 9110, 13.1.2)."""
    return asked.strip() == "*" or any(one.strip().removeprefix("W/") == etag for one in asked.split(","))
