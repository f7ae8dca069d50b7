"""The words of a recorded version, field by field and block by block, as readers saw them.

Reads the plain data of `recorded_content`; touches neither the models nor the database, so that a version can be shown
and compared long after what it names is gone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from broadsheet.kit.html import text_of
from broadsheet.stories.attachments import BylineRole
from broadsheet.stories.recorded_content import Content
from broadsheet.stories.recorded_photos import PHOTOS, places_in_block

FIELDS: tuple[str, ...] = (
    "kicker",
    "headline",
    "short_headline",
    "standfirst",
    "byline",
    "dateline",
    "caption",
    "credit",
    "alt_text",
    "body",
    "topics",
)
FIELDS += ("section",)
"""Fields of a version whose words readers see, in the order of the page."""
TABLE_CELLS_BETWEEN = " | "


@dataclass(frozen=True)
class TextBlock:
    """A passage of a version: a field, a block of the body, a topic.

    `key` says which passage of another version it was; `shape` is everything of it that is not words: its links,
    emphasis, picture.
    """

    key: str
    kind: str
    text: str
    shape: Any = None


Fields = dict[str, list[TextBlock]]
Photos = Mapping[str, Mapping[str, str]]
"""The words of photos by their numbers, as recorded content holds them."""


def recorded_fields(content: Content, names: Mapping[str, str]) -> Fields:
    """Return the passages of a recorded story by field; `names` as the record keeps them."""
    photos: Photos = content.get(PHOTOS, {})
    lead = photos.get(str(content.get("lead_photo_id")), {})
    single = {
        "kicker": content.get("kicker"),
        "headline": content.get("title"),
        "short_headline": content.get("short_headline"),
        "standfirst": content.get("standfirst"),
        "dateline": content.get("dateline_text") or _name(names, "topic", content.get("dateline_place_id")).upper(),
        "caption": content.get("lead_photo_caption") or lead.get("caption"),
        "credit": lead.get("credit"),
        "alt_text": lead.get("alt_text"),
        "section": _name(names, "section", content.get("section_id")),
    }
    fields: Fields = {name: [TextBlock(name, name, text)] if text else [] for name, text in single.items()}
    fields["byline"] = list(_byline(content.get("bylines", ()), names))
    fields["body"] = list(_body(content.get("body", ()), photos))
    fields["topics"] = [
        TextBlock(f"topic:{pk}", "topic", _name(names, "topic", pk) or "—") for pk in content.get("topics", ())
    ]
    return fields


def _byline(rows: Iterable[Any], names: Mapping[str, str]) -> Iterator[TextBlock]:
    """Yield everyone who signed, each with what they did: "By A. Name", "Photographs by B. Name in Cairo"."""
    roles = {str(role): label for role, label in BylineRole.choices}
    for contributor, role, place in rows:
        parts = (str(roles.get(role, "")), _name(names, "contributor", contributor) or "—", place)
        yield TextBlock(f"{role}:{contributor}", "byline", " ".join(part for part in parts if part))


def _name(names: Mapping[str, str], kind: str, pk: int | None) -> str:
    return names.get(f"{kind}:{pk}", "") if pk else ""


def _body(blocks: Iterable[Any], photos: Photos) -> Iterator[TextBlock]:
    for place, block in enumerate(blocks):
        kind, value = block["type"], block["value"]
        key = block.get("id") or f"block:{place}"
        captioned = _captioned(value, photos) if kind in WITH_PHOTOS else value
        lines = (line.strip() for line in READERS.get(kind, _struct_lines)(captioned))
        yield TextBlock(key, kind, "\n".join(line for line in lines if line), value)
        if kind in WITH_PHOTOS:
            yield from _about_photos(key, value, photos)


def _captioned(value: Any, photos: Photos) -> Any:
    """Return the stored value of a block with photos' own captions where it has none for them."""
    if isinstance(value, dict):
        inner = {name: _captioned(part, photos) for name, part in value.items()}
        own = photos.get(str(value.get("photo")), {})
        return inner | {"caption": value.get("caption") or own["caption"]} if own else inner
    return [_captioned(part, photos) for part in value] if isinstance(value, list) else value


def _about_photos(key: str, value: Any, photos: Photos) -> Iterator[TextBlock]:
    """Yield the credit and the alternative text of each photo in a block, as passages that follow it."""
    for photo_id in dict.fromkeys(str(place.photo_id) for place in places_in_block(value)):
        words = photos.get(photo_id, {})
        for name, kind in (("credit", "photo_credit"), ("alt_text", "photo_alt_text")):
            if words.get(name):
                yield TextBlock(f"{key}:{photo_id}:{name}", kind, words[name])


def _struct_lines(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for field in ("title", "attribution", "text", "caption", "source", "url", "source_url"):
        if part := value.get(field):
            yield text_of(part) if field == "text" else str(part)


def _quote_lines(value: Any) -> Iterator[str]:
    yield text_of(value.get("text") or "")
    yield value.get("attribution") or ""


def _plain_lines(value: Any) -> Iterator[str]:
    yield value.get("text") or ""
    yield value.get("attribution") or ""


def _gallery_lines(value: Any) -> Iterator[str]:
    yield value.get("title") or ""
    for item in items_of(value.get("photos")):
        yield item.get("caption") or ""


def _table_lines(value: Any) -> Iterator[str]:
    yield (value or {}).get("table_caption") or ""
    for row in (value or {}).get("data") or ():
        yield TABLE_CELLS_BETWEEN.join(str(cell) for cell in row if cell)


def items_of(listed: Any) -> Iterator[Any]:
    """Yield the values of a list block, which older versions keep bare and newer ones with their ids."""
    for item in listed or ():
        yield item["value"] if isinstance(item, dict) and item.get("type") == "item" else item


WITH_PHOTOS = frozenset({"photo", "gallery"})
READERS: dict[str, Callable[[Any], Iterator[str]]] = {
    "paragraph": lambda value: iter([text_of(value or "")]),
    "html": lambda value: iter([text_of(value or "")]),
    "heading": _plain_lines,
    "preformatted": _plain_lines,
    "pull_quote": _plain_lines,
    "quote": _quote_lines,
    "photo": lambda value: iter([value.get("caption") or ""]),
    "gallery": _gallery_lines,
    "list": lambda value: (text_of(item) for item in items_of(value.get("items"))),
    "table": _table_lines,
    "related_story": lambda value: iter([]),
}
"""Block type -> the lines of its stored value; the others are read field by field."""
