"""The text inside an item of NewsML-G2: XHTML, NITF, plain text, or XML of a kind that we only read the words of."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.html import escape

from broadsheet.wire.read_item import ReadPhoto
from broadsheet.wire.readers.texts import line, number, paragraphs, text

NAR = "{http://iptc.org/std/nar/2006-10-01/}"
LEFT_OUT = frozenset({"head", "header", "footer", "nav", "script", "style", "body.head", "body.end", "hedline"})
"""What is told elsewhere of the item (headline, slugline, byline), or is no text."""
NOT_TEXT_CLASSES = frozenset({"teaser", "notepad", "credit", "closingline", "embargoed", "dateline"})
"""Classes of dpa's and others' XHTML for what stands in the item's own fields."""
NITF: Mapping[str, str] = {
    "p": "p",
    "hl2": "h2",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "bq": "blockquote",
    "block": "div",
    "table": "table",
    "tr": "tr",
    "td": "td",
    "th": "th",
    "em": "em",
    "strong": "strong",
    "br": "br",
    "hr": "hr",
    "pre": "pre",
}
"""Elements of NITF -> of HTML; of all others only the words are read. (https://www.iptc.org/std/NITF/3.6/)"""
KEPT = ("href", "src", "alt", "title", "colspan", "rowspan")
MOST_DEPTH = 100


@dataclass(frozen=True, slots=True)
class FoundInText:
    """What the text itself says of the item."""

    byline: str = ""
    photos: tuple[ReadPhoto, ...] = ()


def body_of(root: Element) -> tuple[str, FoundInText]:
    """Return an item's text as HTML, not yet cleaned, and what stands in it besides."""
    for content in root.findall(f"{NAR}contentSet/{NAR}inlineXML"):
        media_type = content.get("contenttype") or ""
        if "nitf" in media_type:
            return _nitf(content)
        if "xhtml" in media_type or "html" in media_type:
            return _xhtml(content), FoundInText()
        words = paragraphs(text_in(content, parted="\n"))
        if words:
            return words, FoundInText()
    for content in root.findall(f"{NAR}contentSet/{NAR}inlineData"):
        media_type = content.get("contenttype") or "text/plain"
        written = "".join(content.itertext())
        if "html" in media_type:
            return text(written), FoundInText()
        if media_type.startswith("text/") and not content.get("encoding"):
            return paragraphs(written), FoundInText()
    return "", FoundInText()


def text_in(element: Element, *, parted: str = " ") -> str:
    """Return the words of an element, those of each part kept apart."""
    parts = (" ".join(part.split()) for part in element.itertext())
    return text(parted.join(part for part in parts if part))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _xhtml(content: Element) -> str:
    body = next((one for one in content.iter() if _local(one) == "body"), content)
    headings = [one for one in body if _local(one) == "h1"]
    skipped = {id(one) for one in headings}
    return "".join(_html(child, lambda name: name, skipped) for child in body).strip()


def _nitf(content: Element) -> tuple[str, FoundInText]:
    bylines = [text_in(one) for one in content.iter() if _local(one) == "byline"]
    bodies = [one for one in content.iter() if _local(one) == "body.content"]
    photos = [photo for one in content.iter() if _local(one) == "media" and (photo := _nitf_photo(one)) is not None]
    html = "".join(_html(child, lambda name: NITF.get(name, ""), set()) for body in bodies for child in body)
    written = re.sub(r"(?i)^by\s+", "", line(bylines[0])) if bylines else ""
    return html.strip(), FoundInText(written, tuple(photos[:20]))


def _nitf_photo(media: Element) -> ReadPhoto | None:
    references = [one for one in media.iter() if _local(one) == "media-reference"]
    pictures = [one for one in references if (one.get("mime-type") or "image/").startswith("image/")]
    if media.get("media-type") not in {"image", None} or not pictures or not pictures[0].get("source"):
        return None
    captions = [text_in(one) for one in media if _local(one) == "media-caption"]
    producers = [text_in(one) for one in media if _local(one) == "media-producer"]
    return ReadPhoto(
        ref=line(pictures[0].get("source"), most=2_000),
        caption=line(" ".join(captions), most=4_000),
        credit=line(" ".join(producers)),
        alt=line(pictures[0].get("alternate-text")),
        media_type=line(pictures[0].get("mime-type")),
        width=number(pictures[0].get("width") or 0),
    )


def _html(element: Element, name_in_html: Callable[[str], str], skipped: set[int], depth: int = 0) -> str:
    """Return an element as HTML: names as `name_in_html` has them, and only the attributes that a text needs."""
    local = _local(element)
    tail = escape(element.tail or "")
    classes = set((element.get("class") or "").split())
    if not local or local in LEFT_OUT or local == "media" or id(element) in skipped or classes & NOT_TEXT_CLASSES:
        return tail
    if depth > MOST_DEPTH:
        return f"{escape(text_in(element))} {tail}"
    inner: str = escape(element.text or "")
    inner += "".join(_html(child, name_in_html, skipped, depth + 1) for child in element)
    name = name_in_html(local)
    if not name:
        return f"{inner}{tail}"
    attributes = "".join(f' {key}="{escape(element.get(key, ""))}"' for key in KEPT if element.get(key))
    if name in {"br", "hr", "img"}:
        return f"<{name}{attributes}>{tail}"
    return f"<{name}{attributes}>{inner}</{name}>{tail}"
