"""Which requests name a stored page, and by what name.

A name is a path with those of its query's parameters that pages know. Everything else that senders of links add
(utm_source, fbclid) names the same page. The paper has one host; Django has refused any other before it comes here.
"""

import re
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

NOT_STORED = (
    "/newsroom/",
    "/documents/",
    "/media/",
    "/static/",
    "/healthz",
    "/readyz",
    "/search/",
    "/-/live/",
    "/-/partners/",
    "/oembed/",
)
"""Beginnings of paths whose answers are not stored pages: for people who signed in, files, the operator's tools,
partners with a token, what depends on a query (searches: as many as readers have words)."""
PARAMETERS = frozenset({"before"})
"""What readers' pages read of a query: where in a list a page begins."""
WHOLE = re.compile(
    r"/(?:(?:section|topic|by)/[^/]+/|corrections/)?feed/(?:[a-z]+/)?|/(?:\.well-known/)?[^/]+\.[a-z]+|.*/oembed\.json"
)
"""Paths of feeds and of files such as sitemaps, which read nothing of a query: none of theirs names another page."""
VALUE = re.compile(r"[0-9A-Za-z_.:+-]{1,80}", re.ASCII)
"""What a value of theirs may look like. With any other the page is asked for, and not stored."""
MOST_BYTES = 1_000
"""A longer address is no page's; it is passed on, and its answer not stored."""


def stored_name(path: str, query: str) -> str | None:
    """Return the name of the stored page that a GET of this path and query asks for; None if there can be none.

    `path` is as WSGI gives it: decoded, each byte a character.
    """
    if path.startswith(NOT_STORED) or len(path) + len(query) > MOST_BYTES:
        return None
    if not query or WHOLE.fullmatch(path):
        return path
    try:
        known = dict(pair for pair in parse_qsl(query, max_num_fields=50) if pair[0] in PARAMETERS)
    except ValueError:
        return None
    if not all(VALUE.fullmatch(value) for value in known.values()):
        return None
    return f"{path}?{urlencode(sorted(known.items()))}" if known else path


def linked_name(address: str) -> str | None:
    """Return the name of the stored page to which an address leads as it stands in a link, or as people type it."""
    path, _, query = address.partition("#")[0].partition("?")
    return stored_name(unquote_to_bytes(quote(path, safe="/%")).decode("latin-1"), query)


def path_and_query(name: str) -> tuple[str, str]:
    """Return what a stored page's name was made of."""
    path, _, query = name.partition("?")
    return path, query


def is_front(name: str) -> bool:
    """Tell whether a stored page is a front: where readers come first, and what changes most."""
    return name == "/" or (name.startswith("/section/") and "?" not in name)
