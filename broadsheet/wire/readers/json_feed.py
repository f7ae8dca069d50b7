"""JSON Feed 1 and 1.1. (https://www.jsonfeed.org/version/1.1/)"""

from typing import Any
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from broadsheet.wire.read_item import ReadDocument, ReadItem, ReadPhoto, Refusal, WireRefused
from broadsheet.wire.readers.feed import MOST_ENTRIES
from broadsheet.wire.readers.moments import moment
from broadsheet.wire.readers.texts import line, line_of_html, paragraphs, text, web_address


def is_json_feed(document: Any) -> bool:
    """Tell whether JSON calls itself a feed."""
    version = document.get("version") if isinstance(document, dict) else None
    return isinstance(version, str) and "jsonfeed.org/version/" in version


def read_json_feed(document: dict[str, Any], *, base: str = "") -> ReadDocument:
    """Read a feed. Raises WireRefused when it has no list of items."""
    entries = document.get("items")
    if not isinstance(entries, list):
        raise WireRefused(_("The feed has no list of items."))
    read = ReadDocument(format="JSON Feed")
    for place, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        item = _item(entry, document, base) if isinstance(entry, dict) else None
        if item is None:
            sentence = _("It has no id, or neither a title nor a text.")
            read.refusals.append(Refusal(_("Entry %(n)d") % {"n": place}, sentence))
        else:
            read.items.append(item)
    return read


def _item(entry: dict[str, Any], feed: dict[str, Any], base: str) -> ReadItem | None:
    html = text(entry.get("content_html")) or paragraphs(entry.get("content_text"))
    summary = line(entry.get("summary"))
    plain = line(entry.get("content_text"))
    headline = line(entry.get("title")) or summary[:120] or plain[:120] or line_of_html(html)[:120]
    link = _resolved(base, entry.get("url"))
    guid = line(str(entry.get("id") or ""), most=1_000) or link
    if not guid or not headline:
        return None
    return ReadItem(
        guid=guid,
        headline=headline,
        sent_at=moment(entry.get("date_modified")) or moment(entry.get("date_published")),
        summary=summary,
        html=html or paragraphs(summary),
        byline=_authors(entry) or _authors(feed),
        language=line(entry.get("language") or feed.get("language"), most=35),
        link=web_address(entry.get("external_url")) or link,
        subjects=tuple(line(tag, most=100) for tag in _listed(entry.get("tags")) if line(tag))[:50],
        photos=_photos(entry, base),
    )


def _authors(holder: dict[str, Any]) -> str:
    authors = _listed(holder.get("authors")) or [holder.get("author")]
    return ", ".join(filter(None, (line(one.get("name")) for one in authors if isinstance(one, dict))))


def _photos(entry: dict[str, Any], base: str) -> tuple[ReadPhoto, ...]:
    attached = [one for one in _listed(entry.get("attachments")) if isinstance(one, dict)]
    pictures = [one.get("url") for one in attached if line(one.get("mime_type")).startswith("image/")]
    refs = [_resolved(base, one) for one in (entry.get("image"), entry.get("banner_image"), *pictures) if line(one)]
    return tuple(ReadPhoto(ref=ref) for ref in dict.fromkeys(refs) if ref)[:20]


def _resolved(base: str, address: Any) -> str:
    if not line(address):
        return ""
    try:
        return web_address(urljoin(base, line(address, most=2_000)))
    except ValueError:
        return ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
