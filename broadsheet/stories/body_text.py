"""The words of a body: for counting, for search, for structured data, and to prove that nothing was lost."""

from collections.abc import Callable, Iterator
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from broadsheet.kit.html import text_of


def body_text(body: StreamValue) -> str:
    """Return the text of all blocks as a reader would read it aloud, one line a block or item."""
    return "\n".join(line for block in body for line in _lines(block.block_type, block.value) if line)


def _lines(kind: str, value: Any) -> Iterator[str]:
    reader = READERS.get(kind, _struct_lines)
    return reader(value)


def _photo_lines(value: Any) -> Iterator[str]:
    yield value["caption"] or (value["photo"].caption if value["photo"] else "")


def _gallery_lines(value: Any) -> Iterator[str]:
    yield value["title"]
    for item in value["photos"]:
        yield from _photo_lines(item)


def _list_lines(value: Any) -> Iterator[str]:
    return (text_of(item.source) for item in value["items"])


def _table_lines(value: Any) -> Iterator[str]:
    return (" ".join(str(cell) for cell in row if cell) for row in (value or {}).get("data") or [])


def _struct_lines(value: Any) -> Iterator[str]:
    for field in ("title", "text", "attribution", "caption", "source"):
        part = value.get(field)
        if part:
            yield text_of(part.source) if isinstance(part, RichText) else str(part)


READERS: dict[str, Callable[[Any], Iterator[str]]] = {
    "paragraph": lambda value: iter([text_of(value.source)]),
    "heading": lambda value: iter([value["text"]]),
    "photo": _photo_lines,
    "gallery": _gallery_lines,
    "list": _list_lines,
    "table": _table_lines,
    "html": lambda value: iter([text_of(value)]),
    "related_story": lambda value: iter([]),
}
"""Block type -> its lines; the others are read field by field."""
