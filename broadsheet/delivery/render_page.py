"""Renders a readers' page as anyone would get it, and takes down what it was made from.

The page is asked for without cookies, under the paper's own address. The log's newest number is read before anything
else, in the same snapshot of the database as all that follows: what is logged later may not be in the page, and is
looked for when the page is stored.
"""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix
from wagtail.models import Site

from broadsheet.changes.selectors import changes_from, newest_seq
from broadsheet.delivery.addresses import path_and_query
from broadsheet.delivery.page_store import Header
from broadsheet.kit import rendering
from broadsheet.kit.fail_points import reach
from broadsheet.kit.memory import Memory

NOT_KEPT = frozenset({"cache-control", "content-length", "date", "etag", "expires", "last-modified", "pragma", "vary"})
"""Headers that are made anew when a page is served."""


class RenderFailedError(Exception):
    """The page could not be rendered: the program failed."""


class DatabaseAwayError(RenderFailedError):
    """Nor could any other page be: the database does not answer."""


@dataclass(frozen=True)
class RenderedPage:
    """A page as it was rendered, with what it depends on."""

    name: str
    as_of: int
    """The newest number of the change log when rendering began."""
    status: int
    headers: tuple[Header, ...]
    body: bytes
    keys: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    """Why it may not be kept; empty when it may."""
    renew_at: dt.datetime | None = None

    @property
    def content_type(self) -> str:
        """Its Content-Type header."""
        return dict(self.headers).get("Content-Type", "")

    @property
    def status_line(self) -> str:
        """Its status as WSGI wants it."""
        return status_line(self.status)


def status_line(status: int) -> str:
    """Return a status with its phrase."""
    return f"{status} {HTTPStatus(status).phrase}"


MOST_CHANGES = 500
"""When more than these were logged since the last rendering, nothing is remembered of what was before."""


class Renderer:
    """Renders pages with Django, in this process.

    With a `memory` it makes parts that pages share once, until something that they show has changed; without, it reads
    everything anew.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self._handler = _ReadersHandler()
        self._memory = memory

    def render(self, name: str) -> RenderedPage:
        """Render the page of this name. Raises RenderFailedError; then nothing is known about the page."""
        request = _ReadersRequest(_environ(name))
        _look_after_connection()
        try:
            Site.get_site_root_paths()  # kept by Wagtail for an hour; no page depends on it
            with rendering.recorded_rendering() as read, _snapshot():
                as_of = read.as_of = self._followed()
                read.memory = self._memory
                reach("delivery.rendering")
                response = self._handler.get_response(request)
                body = bytes(getattr(response, "content", b""))  # a streamed one has none, and is not kept
        except DatabaseError as error:
            if not connection.in_atomic_block:
                connection.close()
            raise DatabaseAwayError(str(error)) from error
        except Exception as error:  # outside of what Django answers with 500: a cache that is away, a full disk
            raise RenderFailedError(f"{name} fails: {error}") from error
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise RenderFailedError(f"{name} answers {response.status_code}")
        personal = frozenset(read.personal | _personal(request, response))
        if personal and self._memory is not None:
            self._memory.forget_all(seq=as_of)  # nobody knows which part of the page it was
        return RenderedPage(
            name=name,
            as_of=as_of,
            status=response.status_code,
            headers=kept_headers(response),
            body=body,
            keys=frozenset(read.keys),
            personal=personal,
            renew_at=read.renew_at,
        )

    def _followed(self) -> int:
        """Return the log's newest number in this snapshot, and forget what has been touched since the last."""
        newest = newest_seq()
        if self._memory is not None and newest != self._memory.seq:
            changes = changes_from(self._memory.seq, limit=MOST_CHANGES)
            if len(changes) < MOST_CHANGES and changes and changes[0][0] == self._memory.seq:
                self._memory.follow(changes)
            else:
                self._memory.forget_all(seq=newest)
        return newest


def answered_headers(path: str) -> tuple[Header, ...]:
    """Return the headers with which Django answers a path, but for those that are made anew when a page is served."""
    response = _ReadersHandler().get_response(_ReadersRequest(_environ(path)))
    return kept_headers(response)


def kept_headers(response: HttpResponseBase) -> tuple[Header, ...]:
    """Return the headers of an answer that are stored with its page."""
    return tuple((name, value) for name, value in response.items() if name.lower() not in NOT_KEPT)


class _WatchedCookies(dict[str, str]):
    """No cookies; but who asks for one is noted. Django's middleware asks for its own on every page."""

    def get(self, name: str, default: Any = None) -> Any:
        self._note(name)
        return default

    def __getitem__(self, name: str) -> str:
        self._note(name)
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        self._note(str(name))
        return False

    def _note(self, name: str) -> None:
        if name not in {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}:
            rendering.read_personal("cookie")


class _ReadersRequest(WSGIRequest):
    """A request that could be anybody's."""

    COOKIES: Any = None

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        self.COOKIES = _WatchedCookies()


class _ReadersHandler(WSGIHandler):
    """Django without its signals of a request's beginning and end, at which it would close our connection.

    The end is told by a response's `close()`, which is for that reason never called.
    """

    request_class = _ReadersRequest


def _personal(request: WSGIRequest, response: HttpResponseBase) -> set[str]:
    session = getattr(request, "session", None)
    found = set()
    if session is not None and (session.accessed or session.modified):
        found.add("session")
    if response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        found.add("cookie")
    if "cookie" in response.get("Vary", "").lower():
        found.add("cookie")
    if response.streaming or "no-store" in response.get("Cache-Control", ""):
        found.add("no page")
    return found


def _environ(name: str) -> dict[str, Any]:
    path, query = path_and_query(name)
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _look_after_connection() -> None:
    """Do for PostgreSQL what Django does where a request begins: a connection that its server has dropped is replaced,
    and not found out about by a reader."""
    if connection.vendor != "sqlite" and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


@contextmanager
def _snapshot() -> Iterator[None]:
    """Have all reads of the block see the database as it is at the first of them.

    On SQLite not by `atomic()`, which would lock all writers out: its transactions are begun to write.
    """
    set_script_prefix("/")
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            if connection.connection is not None:
                connection.connection.rollback()
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
