"""What machines read in the head of a page: description, canonical address, cards for shared links, robots.

Names and values are those of the Open Graph protocol, X's cards and Google's robots meta tag.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from broadsheet.masthead.models import Masthead

ROBOTS_FOR_ALL = "max-image-preview:large, max-snippet:-1, max-video-preview:-1"
DESCRIPTION_LENGTH = 300
OPEN_GRAPH_LOCALES = {
    "en": "en_GB",
    "ar": "ar_AR",
    "he": "he_IL",
    "ja": "ja_JP",
    "uk": "uk_UA",
}
"""Language -> Open Graph locale where it is not the language doubled (`de` -> `de_DE`)."""
SCRIPT_ESCAPES = {
    ord("<"): "\\u003C",
    ord(">"): "\\u003E",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


@dataclass(frozen=True)
class SharedPicture:
    """The picture that stands with a shared link. Width and height in pixels."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class HeadMetadata:
    """Everything that `components/head_metadata.html` writes."""

    title: str
    description: str
    canonical_url: str
    robots: str = ROBOTS_FOR_ALL
    properties: Sequence[tuple[str, str]] = field(default_factory=list)
    names: Sequence[tuple[str, str]] = field(default_factory=list)
    json_ld: str = ""
    feeds: Sequence[tuple[str, str]] = field(default_factory=list)

    def meta_elements(self) -> SafeString:
        """Return the elements that hold one name and one content each."""
        return format_html_join(
            "\n",
            '<meta {}="{}" content="{}">',
            [
                *(("property", name, content) for name, content in self.properties),
                *(("name", name, content) for name, content in self.names),
            ],
        )


def absolute(address: str) -> str:
    """Return `address` with the site's scheme and host, unless it has its own."""
    return address if "://" in address else f"{settings.SITE_URL}{address}"


def moment_text(moment: dt.datetime) -> str:
    """Return a moment as ISO 8601 with the offset of the site's time zone."""
    return timezone.localtime(moment, timezone.get_default_timezone()).isoformat(timespec="seconds")


def shortened(text: str, *, length: int = DESCRIPTION_LENGTH) -> str:
    """Return `text` on one line and at most `length` characters long, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return f"{line[: length - 1].rsplit(' ', 1)[0].rstrip('.,;:–—')}…"


@dataclass(frozen=True)
class PageHead:
    """What a page says of itself. `path` is from the site's root; `canonical_url` only where it is another site's."""

    title: str
    description: str
    path: str
    language: str
    page_type: str = "website"
    picture: SharedPicture | None = None
    canonical_url: str = ""
    robots: str = ROBOTS_FOR_ALL
    more_properties: Sequence[tuple[str, str]] = ()
    more_names: Sequence[tuple[str, str]] = ()
    structured_data: Sequence[dict[str, Any]] = ()
    feeds: Sequence[tuple[str, str]] = ()
    """Atom feeds of what the page shows: (title, path) pairs."""


def head_metadata(masthead: Masthead, page: PageHead) -> HeadMetadata:
    """Return the head of a page of the paper."""
    address = page.canonical_url or absolute(page.path)
    summary = shortened(page.description)
    properties = [
        ("og:title", page.title),
        ("og:type", page.page_type),
        ("og:url", address),
        ("og:site_name", masthead.name),
        ("og:locale", OPEN_GRAPH_LOCALES.get(page.language, f"{page.language}_{page.language.upper()}")),
    ]
    names = [("twitter:card", "summary_large_image" if page.picture else "summary")]
    if summary:
        properties.append(("og:description", summary))
    if page.picture:
        properties += _picture_properties(page.picture)
        names.append(("twitter:image:alt", page.picture.alt or page.title))
    return HeadMetadata(
        title=page.title,
        description=summary,
        canonical_url=address,
        robots=page.robots,
        properties=[*properties, *page.more_properties],
        names=[*names, *page.more_names],
        json_ld=json_ld(page.structured_data),
        feeds=[(title, absolute(path)) for title, path in page.feeds],
    )


def _picture_properties(picture: SharedPicture) -> list[tuple[str, str]]:
    properties = [
        ("og:image", absolute(picture.url)),
        ("og:image:width", str(picture.width)),
        ("og:image:height", str(picture.height)),
    ]
    return [*properties, ("og:image:alt", picture.alt)] if picture.alt else properties


def json_ld(graph: Sequence[dict[str, Any]]) -> SafeString:
    """Return schema.org objects as text that may stand in a script element, or nothing for none."""
    if not graph:
        return SafeString("")
    document = {"@context": "https://schema.org", "@graph": list(graph)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(SCRIPT_ESCAPES)
    return mark_safe(text)  # noqa: S308 - the characters that could end the element are escaped above
