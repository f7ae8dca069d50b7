"""The little language in which the demonstration paper's stories are written, turned into blocks of a story's body.

Paragraphs are separated by empty lines and hold Markdown's emphasis and links. `## ` begins a heading, lines with `- `
a list. Everything else stands between `:::name argument` and `:::`; `BLOCK_NAMES` lists the names. Links go to
`story:slug`, `page:slug`, `by:slug`, `topic:slug`, `section:slug` or `mailto:`. `[[weekday -1]]` is the name of the
day before the one on which the story was published, so that the paper is never out of date.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt

BLOCK_NAMES = frozenset({"photo", "gallery", "pullquote", "quote", "factbox", "table", "related"})
CHUNK = re.compile(r"^:::\w.*?(?:^:::$|\Z)|^\S.*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
"""A block up to its closing line, or lines up to an empty one."""
RELATIVE_DAY = re.compile(r"\[\[weekday ([+-]?\d+)\]\]")
LINK = re.compile(r'<a href="(story|page|by|topic|section):([^"]+)">')
BOLD = re.compile(r"\*\*(.+?)\*\*")
MARKDOWN = MarkdownIt("commonmark", {"html": False})

Block = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One part of a text: a paragraph, heading or list, or a block with its argument."""

    name: str
    text: str
    argument: str = ""


@dataclass(frozen=True)
class Places:
    """Where the things are that a text may name: keys of photos and pages, addresses of the rest."""

    photos: dict[str, int]
    pages: dict[str, int]
    keys: dict[tuple[str, str], int]
    addresses: dict[tuple[str, str], str]
    """Both by ("by", slug), ("topic", slug) and ("section", slug)."""


def parse_story_markup(text: str) -> Iterator[Part]:
    """Yield the parts of a text in order. Raises ValueError for a block that is unknown or never ends."""
    for chunk in CHUNK.findall(text.strip()):
        yield _block_part(chunk) if chunk.startswith(":::") else _plain_part(chunk)


def story_blocks(parts: Sequence[Part], *, places: Places, published_on: dt.date) -> list[Block]:
    """Return the raw value of a story's body. Raises KeyError when a text names something that is not there."""
    writer = _Writer(places, published_on)
    return [block(BLOCK_TYPES.get(part.name, part.name), writer.value(part)) for part in parts]


BLOCK_TYPES = {
    "pullquote": "pull_quote",
    "factbox": "fact_box",
    "related": "related_story",
}
"""Names of the blocks that are called otherwise in a story's body."""


def block(name: str, value: Any) -> Block:
    """Return the raw value of one block of a stream, or of one item of a list."""
    return {"type": name, "value": value, "id": str(uuid.uuid4())}


@dataclass(frozen=True)
class _Writer:
    places: Places
    published_on: dt.date

    def value(self, part: Part) -> Any:
        writers: dict[str, Callable[[Part], Any]] = {
            "paragraph": lambda part: f"<p>{self._inline(part.text)}</p>",
            "heading": lambda part: {"text": part.text, "level": "2"},
            "list": self._list,
            "photo": lambda part: self._photo(part.argument, part.text) | {"width": "text"},
            "gallery": self._gallery,
            "pullquote": self._pull_quote,
            "quote": self._quote,
            "factbox": lambda part: {"title": part.argument, "text": self._rich(MARKDOWN.render(part.text))},
            "table": self._table,
            "related": lambda part: self.places.pages[part.argument],
        }
        return writers[part.name](Part(part.name, self._dated(part.text), part.argument))

    def _dated(self, text: str) -> str:
        return RELATIVE_DAY.sub(lambda found: f"{self.published_on + dt.timedelta(days=int(found[1])):%A}", text)

    def _inline(self, text: str) -> str:
        return self._rich(MARKDOWN.renderInline(" ".join(text.split("\n"))))

    def _rich(self, markup: str) -> str:
        markup = markup.replace("<em>", "<i>").replace("</em>", "</i>")
        markup = markup.replace("<strong>", "<b>").replace("</strong>", "</b>").replace(" />", "/>")
        return LINK.sub(self._link, markup.strip())

    def _link(self, found: re.Match[str]) -> str:
        kind, slug = found[1], found[2]
        if kind in {"story", "page"}:
            return f'<a linktype="page" id="{self.places.pages[slug]}">'
        return f'<a href="{self.places.addresses[kind, slug]}">'

    def _list(self, part: Part) -> Block:
        items = [line.removeprefix("- ") for line in part.text.split("\n")]
        return {"items": [block("item", f"<p>{self._inline(item)}</p>") for item in items], "is_numbered": False}

    def _photo(self, photo_id: str, caption: str) -> Block:
        return {"photo": self.places.photos[photo_id], "caption": caption}

    def _gallery(self, part: Part) -> Block:
        lines = [line.partition(" | ") for line in part.text.split("\n")]
        photos = [block("item", self._photo(photo_id, caption)) for photo_id, _, caption in lines]
        return {"title": part.argument, "photos": photos}

    def _pull_quote(self, part: Part) -> Block:
        text, _, attribution = part.text.partition("\n-- ")
        return {"text": text, "attribution": attribution}

    def _quote(self, part: Part) -> Block:
        text, _, attribution = part.text.partition("\n-- ")
        return {"text": f"<p>{self._inline(text)}</p>", "attribution": attribution, "source_url": ""}

    def _table(self, part: Part) -> Block:
        rows = [BOLD.sub(r"\1", line).strip("|").split("|") for line in part.text.split("\n")]
        data = [[cell.strip() for cell in row] for number, row in enumerate(rows) if number != 1]
        return {
            "data": data,
            "cell": [],
            "mergeCells": [],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": part.argument,
        }


def _block_part(chunk: str) -> Part:
    opening, _, inside = chunk.partition("\n")
    name, _, argument = opening.removeprefix(":::").partition(" ")
    if name not in BLOCK_NAMES:
        raise ValueError(f"there is no block called {name!r}")
    if not chunk.endswith("\n:::"):
        raise ValueError(f"a block never ends: {chunk[:60]!r}")
    return Part(name, inside.removesuffix(":::").strip(), argument.strip())


def _plain_part(chunk: str) -> Part:
    if chunk.startswith("## "):
        return Part("heading", chunk.removeprefix("## "))
    if all(line.startswith("- ") for line in chunk.split("\n")):
        return Part("list", chunk)
    return Part("paragraph", chunk)
