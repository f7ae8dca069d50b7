"""RSS and Atom, in all their versions and with all their mistakes, by feedparser."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import feedparser
from django.utils.translation import gettext as _

from broadsheet.wire.read_item import ReadDocument, ReadItem, ReadPhoto, Refusal, WireRefused
from broadsheet.wire.readers.moments import moment
from broadsheet.wire.readers.texts import line, line_of_html, number, paragraphs, text, urgency, web_address

MOST_ENTRIES = 500
"""Of one feed; those after them are left out, and told of."""
_PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")


def read_feed(data: bytes, *, base: str, headers: Mapping[str, str]) -> ReadDocument:
    """Read a feed. Raises WireRefused for what is no feed, and for a feed in which nothing could be read."""
    given = {name.lower(): value for name, value in headers.items() if name.lower() == "content-type"}
    if base:
        given["content-location"] = base
    try:
        parsed = feedparser.parse(io.BytesIO(data), response_headers=given, sanitize_html=True)
    except Exception as error:
        raise WireRefused(_("The feed cannot be read: %(error)s.") % {"error": type(error).__name__}) from error
    if not parsed.version and not parsed.entries:
        raise WireRefused(_no_feed(parsed))
    document = ReadDocument(format=str(parsed.version or "rss"))
    for place, entry in enumerate(parsed.entries[:MOST_ENTRIES], start=1):
        item = _item(entry, parsed.feed)
        if item is None:
            named = _("Entry %(n)d") % {"n": place}
            document.refusals.append(Refusal(named, _("It has neither a title nor a text.")))
        else:
            document.items.append(item)
    if len(parsed.entries) > MOST_ENTRIES:
        left = len(parsed.entries) - MOST_ENTRIES
        document.refusals.append(Refusal(_("The rest"), _("%(n)d entries more than we read at once.") % {"n": left}))
    if not document.items and not document.refusals and parsed.bozo:
        raise WireRefused(_no_feed(parsed))
    return document


def _no_feed(parsed: Any) -> str:
    error = parsed.get("bozo_exception")
    if error is None:
        return _("It is XML, but neither a feed nor NewsML-G2.")
    return _("It is not a feed that can be read: %(error)s.") % {"error": line(str(error), most=200)}


def _item(entry: Any, feed: Any) -> ReadItem | None:
    html, summary = _texts(entry)
    headline = line_of_html(entry.get("title")) or summary[:120] or line_of_html(html)[:120]
    link = web_address(entry.get("link"))
    guid = line(entry.get("id"), most=1_000) or link
    if not headline:
        return None
    sent_at = _moment(entry, "updated") or _moment(entry, "published")
    return ReadItem(
        guid=guid or f"{headline} {sent_at or ''}".strip()[:1_000],
        headline=headline,
        sent_at=sent_at,
        summary=summary,
        html=html,
        byline=_authors(entry),
        credit=line(entry.get("source", {}).get("title")) or line(entry.get("dc_source")),
        language=line(_language(entry, feed), most=35),
        urgency=urgency(entry.get("newsml_urgency")),
        copyright_notice=line_of_html(entry.get("rights") or feed.get("rights")),
        link=link,
        subjects=_terms(entry),
        photos=_photos(entry),
    )


def _texts(entry: Any) -> tuple[str, str]:
    """Return the longest text that an entry holds as HTML, and its summary as plain text."""
    contents = [one for one in entry.get("content") or [] if isinstance(one.get("value"), str)]
    found = [_as_html(one["value"], one.get("type", "text/html")) for one in contents]
    detail = entry.get("summary_detail") or {}
    summary = _as_html(str(entry.get("summary") or ""), str(detail.get("type") or "text/html"))
    longest = max([*found, summary], key=len)
    return longest, "" if longest == summary and found == [] and len(summary) > 1_000 else line_of_html(summary)


def _as_html(value: str, media_type: str) -> str:
    return paragraphs(value) if media_type == "text/plain" else text(value)


def _moment(entry: Any, name: str) -> dt.datetime | None:
    if name not in entry:
        return None  # feedparser would give the other moment, with a warning
    parsed = entry.get(f"{name}_parsed")
    if parsed:
        try:
            return dt.datetime(*parsed[:6]).replace(tzinfo=dt.UTC)  # noqa: DTZ001 - feedparser gives UTC
        except (ValueError, TypeError):
            return None
    return moment(entry.get(name))


def _authors(entry: Any) -> str:
    names = [line(author.get("name")) for author in entry.get("authors") or [] if author.get("name")]
    return ", ".join(dict.fromkeys(filter(None, names))) or line(entry.get("author"))


def _language(entry: Any, feed: Any) -> str:
    for holder in (entry.get("content") or [{}])[:1], [entry.get("title_detail") or {}], [feed]:
        found = holder[0].get("language")
        if isinstance(found, str) and found:
            return found
    return ""


def _terms(entry: Any) -> tuple[str, ...]:
    terms = [line(tag.get("label") or tag.get("term"), most=100) for tag in entry.get("tags") or []]
    return tuple(dict.fromkeys(filter(None, terms)))[:50]


def _photos(entry: Any) -> tuple[ReadPhoto, ...]:
    """Return the pictures of Media RSS and of enclosures; of several sizes of one the widest stands first."""
    credit = line(", ".join(one.get("content", "") for one in entry.get("media_credit") or [] if one.get("content")))
    caption = line_of_html(entry.get("media_description") or "")
    found: dict[str, ReadPhoto] = {}
    media = [one for one in entry.get("media_content") or [] if _is_picture(one.get("medium"), one.get("type"))]
    for one in sorted(media, key=lambda picture: -number(picture.get("width"))):
        found.setdefault(web_address(one.get("url")), _photo(one, "url", caption, credit))
    for one in entry.get("enclosures") or []:
        if _is_picture("", one.get("type")):
            found.setdefault(web_address(one.get("href")), _photo(one, "href", caption, credit))
    found.pop("", None)
    return tuple(found.values())[:20]


def _is_picture(medium: Any, media_type: Any) -> bool:
    return media_type in _PICTURES or (medium == "image" and not media_type)


def _photo(one: Any, where: str, caption: str, credit: str) -> ReadPhoto:
    return ReadPhoto(
        ref=web_address(one.get(where)),
        caption=caption,
        credit=credit,
        media_type=line(one.get("type"), most=100),
        width=number(one.get("width")),
    )
