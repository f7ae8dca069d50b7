"""The words of a body: for counting, for search, for structured data, and to prove that nothing was lost."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from broadsheet.kit.html import text_of


def body_text(body: StreamValue) -> str:
    """Return the text of all blocks as a reader would read it aloud, one line a block or item."""
    return "\n".join(line for block in body for line in _lines(block.block_type, block.value) if line)


def _lines(kind: str, value: Any) -> Iterator[str]:
    match kind:
        case "paragraph":
            yield text_of(value.source)
        case "heading":
            yield value["text"]
        case "photo":
            yield value["caption"] or (value["photo"].caption if value["photo"] else "")
        case "gallery":
            yield value["title"]
            for item in value["photos"]:
                yield from _lines("photo", item)
        case "list":
            for item in value["items"]:
                yield text_of(item.source)
        case "table":
            for row in (value or {}).get("data") or []:
                yield " ".join(cell for cell in row if cell)
        case "html":
            yield text_of(value)
        case "related_story":
            return
        case _:
            yield from _struct_lines(value)


def _struct_lines(value: Any) -> Iterator[str]:
    for field in ("title", "text", "attribution", "caption", "source"):
        part = value.get(field)
        if part:
            yield text_of(part.source) if isinstance(part, RichText) else str(part)
