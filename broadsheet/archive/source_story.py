"""What a reader of an archive hands over: plain values, before anything is written.

Every importer (Markdown now, others later) produces these. They know nothing of the database, so the
parsing can be tested with text alone and a dry run needs no site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from pathlib import Path
from re import sub
from typing import Literal

BlockKind = Literal[
    "paragraph", "heading", "list", "quote", "table", "code", "image", "embed", "box", "html", "unknown"
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a source file that was not plainly understood, and what became of it.

    `line` counts from 1 in the source file (None: the file as a whole); `kept_as` says where the text is now,
    or repeats the text when the report is the only place that holds it.
    """

    line: int | None
    reason: str
    kept_as: str

    def as_json(self) -> dict[str, str | int | None]:
        return {"line": self.line, "reason": self.reason, "kept_as": self.kept_as}


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


@dataclass(frozen=True, slots=True)
class SourceContributor:
    """A person (or team) as the archive describes them; `slug` is the archive's own id."""

    slug: str
    name: str
    job_title: str = ""
    agency: str = ""
    location: str = ""
    biography: str = ""
    email: str = ""
    links: tuple[str, ...] = ()
    portrait: SourceImage | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceTopic:
    """A tag, category or topic; `slug` is the archive's own id."""

    slug: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class SourceStory:
    """One article of an archive, whole.

    Times are aware. `url` is the path the article had at its old home (no host); `aliases` are further old
    paths. `kept_fields` holds the front matter that has no place in a story, so that it is not lost.
    `canonical_url`: where another paper published it.
    """

    source_path: str
    checksum: str
    headline: str = ""
    kicker: str = ""
    standfirst: str = ""
    description: str = ""
    language: str = ""
    slug: str = ""
    section: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    draft: bool = False
    contributors: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    lead_image: SourceImage | None = None
    body: list[SourceBlock] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    url: str = ""
    canonical_url: str = ""
    kept_fields: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def images(self) -> Iterator[SourceImage]:
        """The lead picture, then those of the body in reading order."""
        if self.lead_image:
            yield self.lead_image
        yield from (block.image for block in self.body if block.image)

    def report(self, line: int | None, reason: str, kept_as: str) -> None:
        self.problems.append(Problem(line, reason, kept_as))


def _text_of(html: str) -> str:
    """The words of clean HTML and of the attributes that carry meaning (link targets, titles)."""
    attributes = sub(r'<[^>]*?\b(?:href|title)="([^"]*)"(?:[^>]*?\b(?:href|title)="([^"]*)")?[^>]*>', r" \1 \2 ", html)
    return unescape(sub(r"<[^>]+>", " ", attributes))
