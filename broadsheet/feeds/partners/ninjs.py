"""Stories as ninjs 3.1, the IPTC's news in JSON (https://iptc.org/standards/ninjs/)."""

from typing import Any

from broadsheet.bylines.models import ContributorKind
from broadsheet.feeds.partners.handed_on import Gone, HandedOn, Item, item_uri
from broadsheet.kit.html import text_of
from broadsheet.kit.media_topics import media_topic_address
from broadsheet.kit.text import count_words, printable
from broadsheet.masthead.head_metadata import absolute, moment_text
from broadsheet.masthead.models import Masthead
from broadsheet.photos.models import Photo
from broadsheet.photos.renditions import WHOLE, offered, rendition
from broadsheet.topics.models import Topic, TopicKind

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
PLACES = {TopicKind.PERSON: "people", TopicKind.PLACE: "places", TopicKind.ORGANISATION: "organisations"}
"""Kind of a topic -> where ninjs wants it, if not among the subjects."""


def ninjs(item: Item, paper: Masthead) -> dict[str, Any]:
    """Return a story as a ninjs object; of one that is gone nothing but that."""
    known = {
        "uri": item_uri(item.story_id),
        "standard": STANDARD,
        "type": "text",
        "version": str(item.version),
        "versionCreated": moment_text(item.at),
    }
    if isinstance(item, Gone):
        status = "canceled" if item.is_killed else "withheld"
        return known | {"pubStatus": status} | ({"edNote": item.sentence} if item.sentence else {})
    told = known | _content(item, paper) | _about(item)
    return {name: value for name, value in told.items() if value}


def _content(item: HandedOn, paper: Masthead) -> dict[str, Any]:
    text = text_of(item.html)
    body = {
        "role": "main",
        "contentType": "text/html",
        "charCount": len(text),
        "wordCount": count_words(text),
        "value": item.html,
    }
    return {
        "representationType": "full",
        "firstCreated": moment_text(item.first_at),
        "contentCreated": moment_text(item.first_at),
        "pubStatus": "usable",
        "language": item.language,
        "copyrightHolder": printable(paper.name),
        "headlines": [{"role": "main", "contentType": "text/plain", "value": item.headline}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": item.standfirst}]
        if item.standfirst
        else [],
        "bodies": [body],
        "by": ", ".join(printable(author.name) for author in item.authors),
        "located": item.dateline,
        "edNote": "\n".join(item.notes),
        "altIds": [{"role": "url", "value": item.url}],
        "genres": [{"name": item.work_type}],
        "associations": [_picture(photo, number) for number, photo in enumerate(item.photos, start=1)],
    }


def _about(item: HandedOn) -> dict[str, list[dict[str, str]]]:
    """Return whom and what the story is by and about, each in its place."""
    found: dict[str, list[dict[str, str]]] = {"people": [], "organisations": [], "places": [], "subjects": []}
    for author in item.authors:
        kind = "people" if author.kind == ContributorKind.PERSON else "organisations"
        address = absolute(author.get_absolute_url())
        found[kind].append({"name": printable(author.name), "rel": "author", "uri": address})
    name, code = item.section
    if name:
        found["subjects"].append({"name": name, "rel": "section"} | _known_as(code))
    for topic in item.topics:
        kind = PLACES.get(TopicKind(topic.kind), "subjects")
        found[kind].append({"name": printable(topic.name), "rel": "about"} | _topic_address(topic))
    return found


def _topic_address(topic: Topic) -> dict[str, str]:
    return _known_as(topic.media_topic) or {"uri": absolute(topic.get_absolute_url())}


def _known_as(code: str) -> dict[str, str]:
    return {"uri": media_topic_address(code), "literal": code} if code else {}


def _picture(photo: Photo, number: int) -> dict[str, Any]:
    shown = rendition(photo, offered(photo, WHOLE)[-1], "jpg")
    file = {
        "name": "main",
        "href": absolute(shown.url),
        "contentType": "image/jpeg",
        "width": shown.width,
        "height": shown.height,
    }
    told = {
        "name": f"picture{number}",
        "uri": absolute(f"/#photo-{photo.pk}"),
        "type": "picture",
        "by": printable(photo.photographer),
        "copyrightNotice": printable(photo.copyright_notice),
        "usageTerms": printable(photo.usage_terms),
        "infoSources": [{"name": printable(photo.credit), "role": "credit"}] if photo.credit else [],
        "descriptions": [
            {"role": role, "contentType": "text/plain", "value": printable(text)}
            for role, text in (("caption", photo.caption), ("alt", photo.default_alt_text))
            if text
        ],
        "renditions": [file],
    }
    return {name: value for name, value in told.items() if value}
