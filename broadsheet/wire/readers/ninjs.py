"""ninjs 1, 2 and 3: the IPTC's news in JSON. (https://iptc.org/standards/ninjs/)

The three write the same things differently: 1 has `headline` and `body_xhtml`, 2 has lists of `headlines` and
`bodies`, 3 spells the names of 2 in camel case. Names are read without regard to case, and lists where there are any.
"""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.utils.translation import gettext as _

from broadsheet.wire.read_item import ItemKind, ReadDocument, ReadItem, ReadPhoto, Refusal, Status, WireRefused
from broadsheet.wire.readers.moments import embargo, moment
from broadsheet.wire.readers.texts import (
    line,
    line_of_html,
    number,
    paragraphs,
    signal_of,
    text,
    urgency,
)

STATUSES = ("usable", "withheld", "canceled")
KINDS: Mapping[str, ItemKind] = {
    "text": "text",
    "composite": "text",
    "picture": "picture",
    "graphic": "graphic",
    "audio": "audio",
    "video": "video",
    "package": "package",
}
_OF_NEWS = ("headline", "headlines", "type", "bodies", "descriptions", "pubstatus", "versioncreated", "title")
_TEXTS = ("headline", "byline", "slugline", "located", "language", "usageterms", "copyrightnotice", "ednote", "title")
"""Properties that are text in every version."""
_LISTS = ("headlines", "bodies", "descriptions", "subjects", "places", "people")
_HTML = ("html", "xhtml", "html5", "text/html", "application/xhtml+xml")
MOST_DEPTH = 30

Json = Mapping[str, Any]


def is_ninjs(document: Any) -> bool:
    """Tell whether JSON is an item of ninjs, or a list of such."""
    if isinstance(document, list):
        return bool(document) and all(isinstance(one, dict) and "uri" in one for one in document)
    if not isinstance(document, dict) or not isinstance(document.get("uri"), str):
        return False
    return "$standard" in document or "standard" in document or "format" not in document


def read_ninjs(document: Any) -> ReadDocument:
    """Read one item, or a list of them. Raises WireRefused when the document is one item and that is refused."""
    read = ReadDocument(format="ninjs")
    if isinstance(document, dict):
        read.items.append(_item(_lowered(document)))
        return read
    for one in document:
        try:
            read.items.append(_item(_lowered(one)))
        except WireRefused as refusal:
            read.refusals.append(Refusal(line(one.get("uri")), refusal.sentence))
    return read


def _lowered(value: Any, depth: int = 0) -> Any:
    """Return JSON with all names in lower case."""
    if depth > MOST_DEPTH:
        raise WireRefused(_("It is nested too deeply to be read."))
    if isinstance(value, dict):
        return {name.lower(): _lowered(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_lowered(inner, depth + 1) for inner in value]
    return value


def _item(item: Json) -> ReadItem:
    _check(item)
    guid = line(item.get("uri"), most=1_000)
    kind = KINDS.get(line(item.get("type")) or "text")
    if kind is None:
        raise WireRefused(_("It is a “%(type)s”, no news.") % {"type": line(item.get("type"), most=60)})
    headline, html, summary = _headline(item), _body(item), _summary(item)
    headline = headline or (summary or line_of_html(html))[:120]
    status = _status(item)
    if not headline and status == "usable":
        raise WireRefused(_without_words(item))
    note = text(item.get("ednote"))
    own = [_photo(item)] if kind in {"picture", "graphic"} else []
    return ReadItem(
        guid=guid,
        headline=headline,
        kind=kind,
        version=number(item.get("version")),
        sent_at=moment(item.get("versioncreated")) or moment(item.get("firstcreated")),
        status=status,
        signal="kill" if status == "canceled" else signal_of(note),
        slugline=line(item.get("slugline")),
        summary=summary,
        html=html or paragraphs(summary),
        dateline=line(item.get("located"), most=100),
        byline=line(item.get("byline")) or line(item.get("by")),
        credit=_credit(item),
        language=line(item.get("language"), most=35),
        urgency=urgency(item.get("urgency")),
        embargoed_until=embargo(item["embargoed"]) if "embargoed" in item else None,
        note_to_editors=note,
        copyright_notice=line(item.get("copyrightnotice")),
        usage_terms=text(item.get("usageterms")),
        subjects=tuple(_names(item, "subject")),
        places=tuple(_names(item, "place")),
        follows=(line(item.get("evolvedfrom"), most=1_000),) if line(item.get("evolvedfrom")) else (),
        members=_members(item) if kind == "package" else (),
        photos=tuple(photo for photo in [*own, *_associated(item)] if photo is not None),
    )


def _check(item: Json) -> None:
    """Refuse what is written in another type than every version of ninjs gives it: we would misread it."""
    for name in _TEXTS:
        if name in item and not isinstance(item[name], str):
            raise WireRefused(_("“%(name)s” is not text.") % {"name": name})
    for name in _LISTS:
        if name in item and not isinstance(item[name], list):
            raise WireRefused(_("“%(name)s” is not a list.") % {"name": name})
    if item.get("eventdetails") or item.get("plannedcoverage"):
        raise WireRefused(_("It is an event or a plan for the diary, no news."))


def _without_words(item: Json) -> str:
    if not any(name in item for name in _OF_NEWS):
        return _("It has a name (uri) and nothing else that we know: no headline, no text.")
    return _("It has neither a headline nor a text.")


def _status(item: Json) -> Status:
    given = line(item.get("pubstatus")) or "usable"
    if given not in STATUSES:
        raise WireRefused(_("“%(status)s” is no status that ninjs knows.") % {"status": given[:60]})
    return cast("Status", given)


def _headline(item: Json) -> str:
    listed = [one for one in item.get("headlines") or [] if isinstance(one, dict)]
    main = sorted(listed, key=lambda one: one.get("role") != "main")
    headlines = [line_of_html(one.get("value")) for one in main]
    return line_of_html(item.get("headline")) or next(filter(None, headlines), "") or line(item.get("title"))


def _body(item: Json) -> str:
    for name in ("body_xhtml", "body_html", "body_html5"):
        if text(item.get(name)):
            return text(item[name])
    bodies = [one for one in item.get("bodies") or [] if isinstance(one, dict) and text(one.get("value"))]
    for one in bodies:
        if line(one.get("contenttype")) in _HTML or line(one.get("role")) in _HTML:
            return text(one["value"])
    plain = [one for one in bodies if line(one.get("contenttype")) in {"", "text/plain"}]
    return paragraphs(item.get("body_text")) or (paragraphs(plain[0]["value"]) if plain else "")


def _summary(item: Json) -> str:
    for name, value in item.items():
        if name.startswith("description_") and line_of_html(value):
            return line_of_html(value)
    listed = [one for one in item.get("descriptions") or [] if isinstance(one, dict)]
    by_role = sorted(listed, key=lambda one: line(one.get("role")) not in {"text", "summary", "caption", "main"})
    return next(filter(None, (line_of_html(one.get("value")) for one in by_role)), "")


def _credit(item: Json) -> str:
    sources = item.get("infosource") or item.get("infosources")
    named = [one for one in sources or [] if isinstance(one, dict)] if isinstance(sources, list) else []
    return line(item.get("creditline")) or next((line(one.get("name")) for one in named if line(one.get("name"))), "")


def _names(item: Json, name: str) -> Iterator[str]:
    for listed in (item.get(name), item.get(f"{name}s")):
        for one in listed[:50] if isinstance(listed, list) else []:
            if isinstance(one, dict) and line(one.get("name")):
                yield line(one["name"], most=100)


def _associations(item: Json) -> Iterator[Json]:
    """Yield what an item brings along: by name in version 1 (one or several), in a list since version 2."""
    given = item.get("associations")
    values = list(given.values()) if isinstance(given, dict) else given
    for value in values if isinstance(values, list) else []:
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))


def _members(item: Json) -> tuple[str, ...]:
    uris = [line(one.get("uri"), most=1_000) for one in _associations(item)]
    return tuple(uri for uri in uris if uri)[:100]


def _associated(item: Json) -> list[ReadPhoto | None]:
    pictures = [one for one in _associations(item) if line(one.get("type")) in {"picture", "graphic"}]
    return [_photo(one) for one in pictures[:20]]


def _photo(item: Json) -> ReadPhoto | None:
    """Return the widest rendition of a picture that browsers show."""
    given = item.get("renditions")
    listed = list(given.values()) if isinstance(given, dict) else given
    renditions = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    pictures = [one for one in renditions if line(one.get("href")) and _type(one).startswith("image/")]
    pictures = pictures or [one for one in renditions if line(one.get("href")) and not _type(one)]
    if not pictures:
        return None
    best = max(pictures, key=lambda one: number(one.get("width")))
    return ReadPhoto(
        ref=line(best["href"], most=2_000),
        title=_headline(item),
        caption=_summary(item),
        credit=_credit(item) or line(item.get("copyrightholder")),
        photographer=line(item.get("byline")) or line(item.get("by")),
        copyright_notice=line(item.get("copyrightnotice")),
        usage_terms=text(item.get("usageterms")),
        media_type=_type(best),
        width=number(best.get("width")),
    )


def _type(rendition: Json) -> str:
    return line(rendition.get("mimetype") or rendition.get("contenttype"), most=100)
