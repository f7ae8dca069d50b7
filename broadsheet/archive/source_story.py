"""What a reader of an archive hands over: plain values, before anything is written.

Every importer (Markdown now, others later) produces these. They know nothing of the database, so the
parsing can be tested with text alone and a dry run needs no site.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from broadsheet.stories.brought_in.source_block import SourceBlock, SourceImage


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
