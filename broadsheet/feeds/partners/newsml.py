"""Stories as NewsML-G2 2.35, the IPTC's news in XML, at its Power conformance level."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings

from broadsheet.feeds.partners.handed_on import Gone, HandedOn, Item, item_uri
from broadsheet.kit.text import printable
from broadsheet.masthead.head_metadata import absolute, moment_text
from broadsheet.masthead.models import Masthead
from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import WHOLE, offered, rendition
from broadsheet.topics.models import TopicKind

NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
CATALOGUE = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_34.xml"
"""Where the short names of IPTC's vocabularies (medtop, stat, sig) are explained."""
NATURES = {
    TopicKind.SUBJECT: "cpnat:abstract",
    TopicKind.PERSON: "cpnat:person",
    TopicKind.PLACE: "cpnat:geoArea",
    TopicKind.ORGANISATION: "cpnat:organisation",
}
"""Kind of a topic -> IPTC's nature of a concept."""
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def news_message(items: Sequence[Item], paper: Masthead, *, sent_at: dt.datetime) -> bytes:
    """Return stories, and what has become of them, as one message."""
    message = ElementTree.Element("newsMessage", {"xmlns": NAMESPACE})
    header = _add(message, "header")
    _add(header, "sent", moment_text(sent_at))
    _add(header, "catalogRef", href=CATALOGUE)
    _add(header, "sender", urlsplit(settings.SITE_URL).hostname or "")
    item_set = _add(message, "itemSet")
    for item in items:
        item_set.append(_news_item(item, paper))
        if isinstance(item, HandedOn):
            item_set.extend(_picture_item(photo, paper, item) for photo in item.photos)
    return ElementTree.tostring(message, encoding="utf-8", xml_declaration=True)


def news_item(item: Item, paper: Masthead) -> bytes:
    """Return one story as a document of its own."""
    element = _news_item(item, paper)
    element.set("xmlns", NAMESPACE)
    return ElementTree.tostring(element, encoding="utf-8", xml_declaration=True)


def _news_item(item: Item, paper: Masthead) -> ElementTree.Element:
    language = item.language if isinstance(item, HandedOn) else settings.LANGUAGE_CODE
    element = _item(item_uri(item.story_id), item.version, language)
    _rights(element, printable(paper.name))
    meta = _item_meta(element, "ninat:text", paper, item.at)
    if isinstance(item, Gone):
        _add(meta, "pubStatus", qcode="stat:canceled" if item.is_killed else "stat:withheld")
        if item.sentence:
            _add(meta, "edNote", item.sentence)
        return element
    _add(meta, "firstCreated", moment_text(item.first_at))
    _add(meta, "pubStatus", qcode="stat:usable")
    for note in item.notes:
        _add(meta, "edNote", note)
    if item.version > 1:
        _add(meta, "signal", qcode="sig:correction" if item.is_correction else "sig:update")
    _add(meta, "link", rel="irel:seeAlso", href=item.url)
    for photo in item.photos:
        _add(meta, "link", rel="irel:associatedWith", residref=_picture_uri(photo, item))
    _content_meta(element, item)
    inline = _add(_add(element, "contentSet"), "inlineData", item.html, contenttype="text/html")
    inline.set(LANGUAGE, item.language)
    return element


def _content_meta(element: ElementTree.Element, item: HandedOn) -> None:
    meta = _add(element, "contentMeta")
    _add(meta, "contentCreated", moment_text(item.first_at))
    if item.version > 1:
        _add(meta, "contentModified", moment_text(item.at))
    if item.dateline:
        _add(_add(meta, "located", literal=item.dateline), "name", item.dateline)
    for author in item.authors:
        _named(_add(meta, "creator", uri=absolute(author.get_absolute_url())), author.name)
    _add(meta, "language", tag=item.language)
    _named(_add(meta, "genre", literal=item.work_type), item.work_type)
    name, code = item.section
    if name:
        known = {"qcode": code} if code else {"literal": name}
        _named(_add(meta, "subject", type="cpnat:abstract", **known), name)
    for topic in item.topics:
        known = {"qcode": topic.media_topic} if topic.media_topic else {"uri": absolute(topic.get_absolute_url())}
        _named(_add(meta, "subject", type=NATURES[TopicKind(topic.kind)], **known), topic.name)
    _add(meta, "headline", item.headline)
    if item.dateline:
        _add(meta, "dateline", item.dateline)
    if item.authors:
        _add(meta, "by", ", ".join(printable(author.name) for author in item.authors))
    if item.standfirst:
        _add(meta, "description", item.standfirst, role="drol:summary")


def _picture_item(photo: Photo, paper: Masthead, item: HandedOn) -> ElementTree.Element:
    element = _item(_picture_uri(photo, item), item.version, item.language)
    _rights(element, printable(photo.agency or photo.photographer or paper.name), photo)
    meta = _item_meta(element, "ninat:picture", paper, item.at)
    _add(meta, "pubStatus", qcode="stat:usable")
    content = _add(element, "contentMeta")
    if photo.photographer:
        _named(_add(content, "creator", literal=printable(photo.photographer)), photo.photographer)
    _add(content, "altId", absolute(f"/#photo-{photo.pk}"))
    if photo.credit:
        _add(content, "creditline", printable(photo.credit))
    if photo.caption:
        _add(content, "description", printable(photo.caption), role="drol:caption")
    if photo.default_alt_text:
        _add(content, "description", printable(photo.default_alt_text), role="drol:altText")
    shown = rendition(photo, offered(photo, WHOLE)[-1], "jpg")
    size = {"width": str(shown.width), "height": str(shown.height)}
    _add(
        _add(element, "contentSet"),
        "remoteContent",
        rendition="rnd:web",
        href=absolute(shown.url),
        contenttype="image/jpeg",
        **size,
    )
    return element


def _item(guid: str, version: int, language: str) -> ElementTree.Element:
    kept = {"standard": "NewsML-G2", "standardversion": "2.35", "conformance": "power", LANGUAGE: language}
    element = ElementTree.Element("newsItem", {"guid": guid, "version": str(version), **kept})
    _add(element, "catalogRef", href=CATALOGUE)
    return element


def _rights(element: ElementTree.Element, holder: str, photo: Photo | None = None) -> None:
    rights = _add(element, "rightsInfo")
    _named(_add(rights, "copyrightHolder", literal=holder), holder)
    if photo is not None and photo.copyright_notice:
        _add(rights, "copyrightNotice", printable(photo.copyright_notice))
    if photo is not None and photo.usage_terms:
        _add(rights, "usageTerms", printable(photo.usage_terms))


def _item_meta(element: ElementTree.Element, kind: str, paper: Masthead, at: dt.datetime) -> ElementTree.Element:
    meta = _add(element, "itemMeta")
    _add(meta, "itemClass", qcode=kind)
    _named(_add(meta, "provider", uri=absolute("/")), paper.name)
    _add(meta, "versionCreated", moment_text(at))
    return meta


def _picture_uri(photo: Photo, item: HandedOn) -> str:
    """Return what names a photo in a story. Photos have no versions of their own; when the words of one are changed,
    every story that shows it gets a new one."""
    return f"{item_uri(item.story_id)}-photo-{photo.pk}"


def _named(element: ElementTree.Element, name: str) -> None:
    _add(element, "name", printable(name))


def _add(parent: ElementTree.Element, name: str, text: str = "", /, **attributes: Any) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = text or None
    return element
