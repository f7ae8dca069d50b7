"""The encodings in which each page is stored, and which of them a reader gets.

Compressing costs a hundred times what sending costs, so it is done when a page is stored and never when it is served.
"""

import gzip
from dataclasses import dataclass

import brotli

BROTLI_QUALITY = 5
BROTLI_WINDOW_BITS = 18
"""256 kB, more than any page has: with the usual 4 MB, making room for it takes as long as the compressing."""
GZIP_LEVEL = 6
SMALLEST_BYTES = 256
"""Below this, compressing saves less than its header costs."""
ENCODINGS = ("br", "gzip", "identity")


@dataclass(frozen=True)
class Bodies:
    """A body in each encoding; None where only the plain one is kept."""

    identity: bytes
    br: bytes | None
    gzip: bytes | None

    @classmethod
    def of(cls, body: bytes, content_type: str) -> "Bodies":
        """Return a body with its compressed forms, if it is a text and long enough."""
        if len(body) < SMALLEST_BYTES or not _is_text(content_type):
            return cls(body, None, None)
        return cls(body, _brotli(body), _gzipped(body))

    def get(self, encoding: str) -> bytes | None:
        """Return the body in an encoding, if there is one."""
        body: bytes | None = getattr(self, encoding)
        return body


def best_encoding(accepted: str) -> str:
    """Return the best stored encoding for an Accept-Encoding header (RFC 9110, 12.5.3); identity if in doubt."""
    qualities = dict(_qualities(accepted))
    rest = qualities.get("*", 0.0)
    offered = {name: qualities.get(name, rest) for name in ("br", "gzip")}
    best = max(offered, key=lambda name: offered[name])
    return best if offered[best] > 0 and offered[best] >= qualities.get("identity", 0.0) else "identity"


def _qualities(accepted: str) -> list[tuple[str, float]]:
    found = []
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weight = 1.0
        label, _, value = parameters.strip().partition("=")
        if label.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
        found.append((name.strip(), weight))
    return found


def _is_text(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(("json", "xml", "javascript", "manifest+json"))


def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=GZIP_LEVEL, mtime=0)  # the same bytes for the same page, whenever made


def _brotli(body: bytes) -> bytes:
    compressed: bytes = brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW_BITS)
    return compressed
