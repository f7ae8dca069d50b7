"""NewsML-G2: the IPTC's news in XML, items by themselves, packages, and messages that hold several of them.

(https://iptc.org/standards/newsml-g2/) What else the family can carry (concepts, knowledge, plans) is no news and is
refused with that reason; so are NewsML 1 and fragments. Document types and entities are refused by the parser.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.wire.read_item import ItemKind, ReadDocument, ReadItem, ReadPhoto, Refusal, Signal, Status, WireRefused
from broadsheet.wire.readers.moments import embargo, moment
from broadsheet.wire.readers.newsml_content import body_of, text_in
from broadsheet.wire.readers.texts import line, line_of_html, number, paragraphs, signal_of, urgency

NAR = "http://iptc.org/std/nar/2006-10-01/"
_N = f"{{{NAR}}}"
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LOOKS = re.compile(rb"iptc\.org/std/nar/|<\s*(?:newsItem|packageItem|newsMessage|NewsML|conceptItem)\b")
NO_NEWS: Mapping[str, Any] = {
    "conceptItem": gettext_lazy("It is a concept item: it explains a term, and is no news."),
    "knowledgeItem": gettext_lazy("It is a knowledge item: a vocabulary or a list of events, no news."),
    "planningItem": gettext_lazy("It is a planning item: it tells what an agency will cover, and is no news yet."),
    "catalogItem": gettext_lazy("It is a catalogue of vocabularies, no news."),
    "NewsML": gettext_lazy("It is NewsML 1, which we do not read. Ask the agency for NewsML-G2 or ninjs."),
}
"""Root -> why it is refused."""
KINDS: Mapping[str, ItemKind] = {
    "text": "text",
    "composite": "text",
    "picture": "picture",
    "graphics": "graphic",
    "graphic": "graphic",
    "animated": "video",
    "video": "video",
    "audio": "audio",
}
STATUSES: Mapping[str, Status] = {"usable": "usable", "withheld": "withheld", "canceled": "canceled"}
SIGNALS: Mapping[str, Signal] = {"update": "update", "correction": "correction", "kill": "kill", "retraction": "kill"}
FOLLOWING = frozenset({"previousVersion", "correctionOf", "updateOf", "evolvedFrom", "replaces"})
"""Relations (of the irel vocabulary and as agencies write them) by which an item names the one it takes further."""


def is_newsml(data: bytes) -> bool:
    """Tell whether XML is of the family, going by its beginning; one in UTF-16 too."""
    head = data[:6_000]
    return bool(_LOOKS.search(head) or _LOOKS.search(head.replace(b"\0", b"")))


def read_newsml(data: bytes) -> ReadDocument:
    """Read an item, a package or a message. Raises WireRefused; of a message, single items may be refused."""
    root = _parsed(data)
    name = _local(root)
    if name in NO_NEWS:
        raise WireRefused(str(NO_NEWS[name]))
    read = ReadDocument(format="NewsML-G2")
    if name in {"newsItem", "packageItem"}:
        read.items.append(_item(root))
        return read
    if name != "newsMessage":
        raise WireRefused(_("It is a part of NewsML-G2 (“%(name)s”), no whole item.") % {"name": name[:60]})
    for one in [inner for holder in root.iter(f"{_N}itemSet") for inner in holder]:
        try:
            if _local(one) in NO_NEWS:
                raise WireRefused(str(NO_NEWS[_local(one)]))
            read.items.append(_item(one))
        except WireRefused as refusal:
            read.refusals.append(Refusal(line(one.get("guid")) or _local(one), refusal.sentence))
    if not read.items and not read.refusals:
        raise WireRefused(_("The message holds no item."))
    return read


def _parsed(data: bytes) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise WireRefused(_("It is not valid XML: %(error)s.") % {"error": str(error)[:200]}) from error
    except DefusedXmlException as error:
        raise WireRefused(_("It declares a document type or entities, which are not read.")) from error
    except (ValueError, LookupError) as error:
        raise WireRefused(_("Its encoding cannot be read: %(error)s.") % {"error": str(error)[:200]}) from error
    return root


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _item(root: Element) -> ReadItem:
    kind = _kind(root)
    headline, subtitle = _headlines(root)
    html, found_in_text = body_of(root)
    summary = _description(root, "caption" if kind in {"picture", "graphic"} else "")
    meta = _find(root, "itemMeta")
    status = _status(meta)
    members, listed = _package(root)
    headline = (headline or summary or line_of_html(html) or next(iter(listed), ""))[:500]
    if not headline and status == "usable":
        raise WireRefused(_("It has neither a headline nor a text."))
    notes = [text_in(note) for note in _all(meta, "edNote") if _role(note) != "notepad"]
    pictured = _pictures(root, summary, headline) if kind in {"picture", "graphic"} else []
    return ReadItem(
        guid=_guid(root),
        headline=headline,
        kind=kind,
        version=number(root.get("version") or 0),
        sent_at=moment(_text(meta, "versionCreated")),
        status=status,
        signal=_signal(meta, status, notes),
        slugline=_text(root, "contentMeta/slugline"),
        summary=summary or subtitle,
        html=html or paragraphs(summary) + "".join(paragraphs(f"• {title}") for title in listed),
        dateline=_dateline(root),
        byline=_byline(root) or found_in_text.byline,
        credit=_credit(root),
        language=_language(root),
        urgency=urgency(_text(root, "contentMeta/urgency")),
        embargoed_until=_embargo(meta),
        note_to_editors="\n".join(dict.fromkeys(filter(None, notes)))[:4_000],
        copyright_notice=_text(root, "rightsInfo/copyrightNotice"),
        usage_terms=_text(root, "rightsInfo/usageTerms"),
        subjects=_named(root, is_place=False),
        places=_named(root, is_place=True),
        follows=_follows(meta),
        members=members,
        photos=(*pictured, *found_in_text.photos)[:20],
    )


def _guid(root: Element) -> str:
    guid = line(root.get("guid"), most=1_000)
    if not guid:
        raise WireRefused(_("It has no guid, by which its later versions could be known."))
    return guid


def _path(path: str) -> str:
    return "/".join(part if part.startswith("[") else f"{_N}{part}" for part in path.split("/"))


def _find(root: Element | None, path: str) -> Element | None:
    return None if root is None else root.find(_path(path))


def _all(root: Element | None, path: str) -> list[Element]:
    return [] if root is None else root.findall(_path(path))


def _text(root: Element | None, path: str) -> str:
    found = _find(root, path)
    return "" if found is None else line("".join(found.itertext()))


def _code(element: Element | None) -> str:
    """Return the last part of a QCode or of the URI that stands for it: `sig:update` and `…/signal/update` alike."""
    if element is None:
        return ""
    given = line(element.get("qcode") or element.get("uri") or "")
    return re.split(r"[:/#]", given)[-1]


def _role(element: Element) -> str:
    return re.split(r"[:/#]", element.get("role") or "")[-1]


def _kind(root: Element) -> ItemKind:
    if _local(root) == "packageItem":
        return "package"
    if _local(root) != "newsItem":
        raise WireRefused(_("It is a “%(name)s”, no news.") % {"name": _local(root)[:60]})
    item_class = _find(root, "itemMeta/itemClass")
    given = _code(item_class)
    kind = KINDS.get(given or "text")
    if kind is None:
        raise WireRefused(_("It is of the class “%(name)s”, no news.") % {"name": given[:60]})
    return kind


def _status(meta: Element | None) -> Status:
    given = _code(_find(meta, "pubStatus")) or "usable"
    status = STATUSES.get("canceled" if given == "cancelled" else given)
    if status is None:
        raise WireRefused(_("“%(status)s” is no status that NewsML-G2 knows.") % {"status": given[:60]})
    return status


def _signal(meta: Element | None, status: Status, notes: list[str]) -> Signal:
    if status == "canceled":
        return "kill"
    given = [SIGNALS[code] for code in map(_code, _all(meta, "signal")) if code in SIGNALS]
    order: list[Signal] = ["kill", "correction", "update"]
    by_code: Signal = next((one for one in order if one in given), "")
    return by_code or next((found for note in notes if (found := signal_of(note))), "")


def _embargo(meta: Element | None) -> Any:
    """Return the embargo; one without a moment, as the standard allows, holds until it is lifted."""
    found = _find(meta, "embargoed")
    return None if found is None else embargo("".join(found.itertext()))


def _headlines(root: Element) -> tuple[str, str]:
    """Return the headline and, where there is one, the line below it."""
    given = [(_role(one), one.get("rank") or "", text_in(one)) for one in _all(root, "contentMeta/headline")]
    written = [one for one in given if one[2]]
    mains = [words for role, rank, words in written if role not in {"subtitle", "subheadline"}]
    subtitles = [words for role, rank, words in written if role in {"subtitle", "subheadline"}]
    title = _text(root, "itemMeta/title")
    return line((mains or [title])[0]), line((subtitles or [""])[0])


def _description(root: Element, wanted: str) -> str:
    given = [(_role(one), text_in(one)) for one in _all(root, "contentMeta/description")]
    by_role = sorted(given, key=lambda one: one[0] != wanted if wanted else one[0] not in {"teaser", "summary", ""})
    return next((line(words, most=4_000) for _role_name, words in by_role if words), "")


def _dateline(root: Element) -> str:
    """Return the place of the dateline, without agency and dash: those follow from the credit and the design."""
    written = _text(root, "contentMeta/dateline")
    place = re.split(r"\s*[(\[–—]|\s+-", written)[0].strip(" ,.-") if written else ""
    located = _find(root, "contentMeta/located")
    return line(place or (_text(located, "name") if located is not None else ""), most=100)


def _byline(root: Element) -> str:
    written = _text(root, "contentMeta/by")
    creators = [_text(one, "name") for one in _all(root, "contentMeta/creator")]
    names = [name for name in creators if " " in name]
    return written or ", ".join(dict.fromkeys(names))[:300]


def _credit(root: Element) -> str:
    given = _text(root, "contentMeta/creditline") or _text(root, "contentMeta/infoSource/name")
    return given or _text(root, "itemMeta/provider/name")


def _language(root: Element) -> str:
    found = _find(root, "contentMeta/language")
    return line((found.get("tag") if found is not None else "") or root.get(_XML_LANGUAGE) or "", most=35)


def _named(root: Element, *, is_place: bool) -> tuple[str, ...]:
    places = ("geoArea", "poi")
    subjects = [one for one in _all(root, "contentMeta/subject") if (_type(one) in places) == is_place]
    names = [_text(one, "name") for one in subjects]
    names += [] if is_place else [text_in(one) for one in _all(root, "contentMeta/keyword")]
    return tuple(dict.fromkeys(line(name, most=100) for name in names if name))[:50]


def _type(subject: Element) -> str:
    return re.split(r"[:/#]", subject.get("type") or "")[-1]


def _follows(meta: Element | None) -> tuple[str, ...]:
    links = [one for one in _all(meta, "link") if re.split(r"[:/#]", one.get("rel") or "")[-1] in FOLLOWING]
    return tuple(filter(None, (line(one.get("residref") or one.get("href"), most=1_000) for one in links)))[:20]


def _pictures(root: Element, caption: str, headline: str) -> list[ReadPhoto]:
    """Return the largest rendition that browsers show of a picture's item."""
    given = [one for one in _all(root, "contentSet/remoteContent") if line(one.get("href"))]
    renditions = [one for one in given if (one.get("contenttype") or "image/").startswith("image/")]
    if not renditions:
        return []
    best = max(renditions, key=lambda one: number(one.get("width") or 0))
    makers = [one for one in _all(root, "contentMeta/creator") if _text(one, "name")]
    return [
        ReadPhoto(
            ref=line(best.get("href"), most=2_000),
            title=headline,
            caption=caption,
            credit=_credit(root),
            photographer=_text(makers[0], "name") if makers else "",
            copyright_notice=_text(root, "rightsInfo/copyrightNotice"),
            usage_terms=_text(root, "rightsInfo/usageTerms"),
            media_type=line(best.get("contenttype")),
            width=number(best.get("width") or 0),
        )
    ]


def _package(root: Element) -> tuple[tuple[str, ...], list[str]]:
    """Return the guids of a package's items, and their titles."""
    refs = list(_refs(root))
    guids = [line(one.get("residref") or one.get("href"), most=1_000) for one in refs]
    titles = [_text(one, "title") for one in refs]
    return tuple(dict.fromkeys(filter(None, guids)))[:100], list(filter(None, titles))[:100]


def _refs(root: Element) -> Iterator[Element]:
    for groups in _all(root, "groupSet"):
        yield from groups.iter(f"{_N}itemRef")
