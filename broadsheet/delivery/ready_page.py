"""A page as a process holds it to serve it: in each encoding, with its headers made."""

from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.delivery.encodings import ENCODINGS, Bodies
from broadsheet.delivery.page_store import Header
from broadsheet.delivery.render_page import status_line

CACHE = "Broadsheet"
"""How the page store calls itself in Cache-Status (RFC 9211)."""
STALE_WHILE_REVALIDATE_SECONDS = 10
STALE_IF_ERROR_SECONDS = 7 * 24 * 3600
CONTROL = f"max-age=0, stale-while-revalidate={STALE_WHILE_REVALIDATE_SECONDS}, stale-if-error={STALE_IF_ERROR_SECONDS}"
"""A browser asks each time and gets 304; it may show what it has while it asks, and when nobody answers (RFC 5861)."""
PASSING_CONTROL = "max-age=0"
"""For redirects and for what is not there."""


@dataclass(frozen=True)
class Variant:
    """A page in one encoding."""

    status: str
    headers: list[Header]
    body: list[bytes]
    etag: str
    headers_unchanged: list[Header]
    """What stands with 304 (RFC 9110, 15.4.5)."""


def variants_of(
    *, status: int, headers: Sequence[Header], bodies: Bodies, digest: str, how: str, for_cdn: Sequence[Header] = ()
) -> dict[str, Variant]:
    """Return a page in the encodings it is kept in; `how` tells in Cache-Status how it came to be served."""
    control = CONTROL if status < 300 else PASSING_CONTROL
    for_all = [("Cache-Control", control), ("Vary", "Accept-Encoding"), ("Cache-Status", f"{CACHE}; {how}"), *for_cdn]
    variants = {}
    for encoding in ENCODINGS:
        body = bodies.get(encoding)
        if body is not None:
            etag = f'"{digest}-{encoding}"'
            own = [("Content-Length", str(len(body))), ("ETag", etag)]
            if encoding != "identity":
                own.append(("Content-Encoding", encoding))
            told = [*headers, *for_all, *own]
            variants[encoding] = Variant(status_line(status), told, [body], etag, [*for_all, ("ETag", etag)])
    return variants
