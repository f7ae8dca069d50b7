"""Datelines as agencies write them into the text: “GROSSETO, Italy (AP) — The trial …”."""

import re

from django.utils.html import strip_tags

MOST_PLACE = 60
_DATELINE = re.compile(
    rf"(?P<place>[^\W\d_](?:(?!<p)[^()\n]){{1,{MOST_PLACE * 2}}}?)\s*"
    r"\((?:<[^>]+>)*(?P<agency>[^()<>]{2,40})(?:</[^>]+>)*\)(?:\s|</?\w[^>]*>)*(?:--+|[-–—])(?:\s|</\w+>)*"
)
_FIRST = re.compile(
    r"\s*(?:<(?:div|section|article|body|main)[^>]*>\s*)*<p[^>]*>\s*(?:<(?:span|b|strong|em)[^>]*>\s*)*"
)


def without_dateline(html: str) -> tuple[str, str]:
    """Return a text without the dateline at its beginning, and the place that it named; both as they were if none."""
    start = _FIRST.match(html)
    if start is None:
        return html, ""
    found = _DATELINE.match(html, start.end())
    if found is None:
        return html, ""
    place = " ".join(strip_tags(found["place"]).split()).strip(" ,.")
    if not place or len(place) > MOST_PLACE or len(place.split()) > 8:
        return html, ""
    return f"{html[: start.end()]}{html[found.end() :]}", place
