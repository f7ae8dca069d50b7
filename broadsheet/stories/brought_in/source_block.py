"""The blocks of a text as it came from elsewhere: plain values, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from pathlib import Path
from re import sub
from typing import Literal

BlockKind = Literal[
    "paragraph", "heading", "list", "quote", "table", "code", "image", "embed", "box", "html", "unknown"
]


@dataclass(frozen=True, slots=True)
class SourceImage:
    """A picture as the source names it; `path` is None when the archive does not hold the file."""

    ref: str
    path: Path | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """One block of a body. Which fields hold something depends on `kind`; HTML fields are already clean."""

    kind: BlockKind
    html: str = ""
    text: str = ""
    title: str = ""
    url: str = ""
    level: int = 2
    attribution: str = ""
    language: str = ""
    image: SourceImage | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    header_row: bool = False

    def plain_text(self) -> str:
        """Every word of the block a reader can come upon, attributes included, for searching and checking."""
        parts = [self.title, self.text, _text_of(self.html), self.attribution, self.url, self.language]
        parts += [_text_of(cell) for row in self.rows for cell in row]
        if self.image:
            parts += [self.image.ref, self.image.alt, self.image.caption, self.image.credit, self.image.link]
        return " ".join(part for part in parts if part)


def _text_of(html: str) -> str:
    """The words of clean HTML and of the attributes that carry meaning (link targets, titles)."""
    attributes = sub(r'<[^>]*?\b(?:href|title)="([^"]*)"(?:[^>]*?\b(?:href|title)="([^"]*)")?[^>]*>', r" \1 \2 ", html)
    return unescape(sub(r"<[^>]+>", " ", attributes))
