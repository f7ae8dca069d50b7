"""The headers that every readers' page has, whatever it shows; and how nginx and Caddy are told to send them.

A static server sends the same headers with all files of a kind. So a page is exported only if its headers are the
usual ones, and the configurations under docs/operators/examples/ say what they are.
"""

from collections.abc import Iterable

from broadsheet.delivery.page_store import Header
from broadsheet.delivery.render_page import answered_headers

ASKED = "/healthz"
"""Answered without the database, with the headers that Django gives to everything."""
OF_A_PAGE = frozenset({"content-type", "surrogate-key", "cache-tag"})
"""What pages of one kind may differ in: the type is the file's, and keys are told to caches by the application only."""


def usual_headers() -> frozenset[Header]:
    """Return the headers of readers' pages but for their type."""
    return without_own(answered_headers(ASKED))


def without_own(headers: Iterable[Header]) -> frozenset[Header]:
    """Return a page's headers without those in which pages of one kind differ."""
    return frozenset((name, value) for name, value in headers if name.lower() not in OF_A_PAGE)


def nginx_headers() -> str:
    """Return what the locations of an nginx configuration include."""
    lines = [f'add_header {name} "{value}";' for name, value in sorted(usual_headers())]
    return "\n".join([*_introduction("nginx"), *lines, ""])


def caddy_headers() -> str:
    """Return what a Caddyfile imports."""
    lines = [f'\t{name} "{value}"' for name, value in sorted(usual_headers())]
    return "\n".join([*_introduction("caddy"), "header {", *lines, "}", ""])


def _introduction(server: str) -> list[str]:
    return [
        "# The headers of readers' pages. Made by:",
        f"#   broadsheet pages headers {server}",
        "# Make it anew after an upgrade, and when HSTS_SECONDS or SITE_URL has changed.",
    ]
