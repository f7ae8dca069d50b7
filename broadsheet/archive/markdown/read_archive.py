"""Reading an archive of Markdown: each file in turn becomes a source story, with what was not understood listed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path

from broadsheet.archive.markdown.archive_folder import ArchiveFolder, UnreadableFile, humanise
from broadsheet.archive.markdown.body import BodyReader
from broadsheet.archive.markdown.dialects import Dialect, detect_dialect
from broadsheet.archive.markdown.fields import moment
from broadsheet.archive.markdown.front_matter import split_file
from broadsheet.archive.markdown.story_fields import fill_fields, slug_of
from broadsheet.archive.markdown.story_index import LINK_SAMPLE, IndexedStory, StoryIndex, filled
from broadsheet.archive.source_story import SourceStory
from broadsheet.kit.html import text_of

SAMPLE_FILES = 300
NEAR_THE_TOP = 3
"""Blocks; a picture among them is what the article opens with."""
_LINKS = re.compile(r"(?:(https?://[\w.-]+)|(?<![\w./:]))(/(?!/)[\w./%-]{6,200})")
_DAY_IN_NAME = re.compile(r"^(\d{4}-\d{1,2}-\d{1,2})[-_](.+)$")


@dataclass(slots=True)
class MarkdownArchive:
    """An archive of Markdown files.

    `zone` is the time zone of dates that name none; `old_site` the address of the old site ("https://…"), which
    links to pages that are not brought along lead to; `permalinks` the form of old addresses by section.
    """

    folder: ArchiveFolder
    zone: tzinfo
    dialect: Dialect
    old_site: str = ""
    permalinks: dict[str, list[str]] = field(default_factory=dict)
    index: StoryIndex = field(init=False)

    def __post_init__(self) -> None:
        self.index = StoryIndex(self._indexed())
        if not self.permalinks:
            self.permalinks = self.index.old_addresses(self._sampled_links())

    @classmethod
    def open(cls, root: Path, *, zone: tzinfo, dialect: Dialect | None = None, old_site: str = "") -> MarkdownArchive:
        """Open a folder; the dialect is detected when none is given. Raises FileNotFoundError."""
        folder = ArchiveFolder(root)
        samples = (_text_of(folder, path) for path in islice(_spread(folder), SAMPLE_FILES))
        return cls(folder, zone, dialect or detect_dialect(folder.root, samples), old_site.rstrip("/"))

    def relative(self, path: Path) -> str:
        """The path as reports and records name it."""
        return self.folder.relative(path)

    def story_paths(self) -> Iterator[Path]:
        """The files that are articles, in a stable order."""
        return (path for path in self.folder.paths() if self.folder.kind_of(path) == "story")

    def other_paths(self) -> Iterator[tuple[Path, str]]:
        """Markdown files that are no articles, and why they are not."""
        reasons = {
            "section": "an index page of a folder, not an article",
            "document": "a document about the archive, not an article",
            "source": "describes an outside source; its name is used where articles cite it",
        }
        for path in self.folder.paths():
            kind = self.folder.kind_of(path)
            if kind in reasons:
                yield path, reasons[kind]

    def checksum(self, path: Path) -> str:
        """SHA-256 of the file. Raises UnreadableFile."""
        return hashlib.sha256(self.folder.read_bytes(path)).hexdigest()

    def read(self, path: Path) -> SourceStory:
        """Read one article. Raises UnreadableFile; everything else that is wrong is in its problems."""
        data = self.folder.read_bytes(path)
        story = SourceStory(self.folder.relative(path), hashlib.sha256(data).hexdigest())
        text = _decoded(data, story)
        split = split_file(text)
        story.problems += split.problems
        story.section = self.folder.section_of(path)
        added = fill_fields(story, split.fields, path, self.folder, self.zone)
        body = BodyReader(
            folder=self.folder,
            dialect=self.dialect,
            path=path,
            story=story,
            resolve_link=self.new_link,
            old_site=self.old_site,
        )
        story.body = [*added.before, *body.read(split.body, split.body_line), *added.after]
        _settle_headline(story, path)
        _settle_standfirst(story)
        _settle_lead_picture(story)
        self._settle_addresses(story, path)
        _report_missing_media(story)
        return story

    def new_link(self, href: str) -> str | None:
        """Where a link of an article should lead here; None when nowhere (its words stay).

        Web addresses of other sites stay. Paths of the old site become the stories' new addresses, or addresses
        on the old site when that is known.
        """
        if not href.startswith("//") and re.match(r"^[a-z][a-z0-9+.-]*:", href, re.IGNORECASE):
            if not self.old_site or not href.startswith(self.old_site):
                return href
            return self.index.new_address(href) or href
        if href.startswith(("#", "?", "//")):
            return href if href.startswith("//") else None
        if found := self.index.new_address(href):
            return found
        return f"{self.old_site}/{href.lstrip('/')}" if self.old_site and href.startswith("/") else None

    def _settle_addresses(self, story: SourceStory, path: Path) -> None:
        forms = self.permalinks.get(story.section) or list(self.dialect.permalinks)
        days: list[datetime | None] = [day for day in (story.published_at, _day_in_name(path, self.zone)) if day]
        found = [
            filled(form, section=story.section, slug=story.slug, day=day) for form in forms for day in (days or [None])
        ]
        addresses = [address for address in dict.fromkeys([story.url, *found, *story.aliases]) if address]
        story.url = story.url or (addresses[0] if addresses else "")
        story.aliases = [address for address in addresses if address != story.url]

    def _indexed(self) -> Iterator[IndexedStory]:
        for path in self.story_paths():
            try:
                fields = split_file(self.folder.read_bytes(path).decode("utf-8", "replace")).fields
            except (UnreadableFile, OSError):
                continue
            story = SourceStory("", "")
            fill_fields(story, fields, path, self.folder, self.zone)
            day = story.published_at.astimezone(self.zone) if story.published_at else None
            yield IndexedStory(self.folder.relative(path), self.folder.section_of(path), story.slug, day)

    def _sampled_links(self) -> Iterator[str]:
        texts = (_text_of(self.folder, path) for path in self.story_paths())
        links = (match for text in texts for match in _LINKS.finditer(text))
        own = (match[2] for match in links if not match[1] or not self.old_site or match[1] == self.old_site)
        return islice(own, LINK_SAMPLE)


def _spread(folder: ArchiveFolder) -> Iterator[Path]:
    """Articles from all over the archive's first thousands, not only its oldest."""
    return islice((path for path in folder.paths() if folder.kind_of(path) == "story"), 0, SAMPLE_FILES * 7, 7)


def _text_of(folder: ArchiveFolder, path: Path) -> str:
    try:
        return folder.read_bytes(path).decode("utf-8", "replace")
    except (UnreadableFile, OSError):
        return ""


def _decoded(data: bytes, story: SourceStory) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        story.report(None, "not UTF-8", "read as Windows-1252, every byte kept")
        return data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1")


def _settle_headline(story: SourceStory, path: Path) -> None:
    """An article without a title takes its first heading, else its file's name; a repeated title goes."""
    first = story.body[0] if story.body else None
    if not story.headline and first and first.kind == "heading":
        story.headline = first.text
        story.report(None, "no title in the front matter", f"the first heading is the headline: {first.text}")
        story.body = story.body[1:]
    elif not story.headline:
        story.headline = humanise(slug_of(path).replace("_", "-")) or path.stem
        story.report(None, "no title", f"the headline is made from the file's name: {story.headline}")
    elif first and first.kind == "heading" and first.text.casefold() == story.headline.casefold():
        story.body = story.body[1:]


def _settle_standfirst(story: SourceStory) -> None:
    """A standfirst that only repeats how the text begins would be read twice; it stays the description."""
    first = next((block for block in story.body if block.kind == "paragraph"), None)
    opening = story.standfirst.rstrip("…. ").casefold()
    if first and opening and _words(first.html).startswith(" ".join(opening.split())):
        story.description = story.description or story.standfirst
        story.standfirst = ""


def _settle_lead_picture(story: SourceStory) -> None:
    """A lead picture that the text shows too is shown once: at the top when the text begins with it."""
    lead = story.lead_image
    if lead is None or lead.path is None:
        return
    for index, block in enumerate(story.body):
        if block.image and block.image.path == lead.path:
            if index < NEAR_THE_TOP:
                story.lead_image, story.body = block.image, [*story.body[:index], *story.body[index + 1 :]]
            else:
                story.lead_image = None
            return


def _words(html: str) -> str:
    return " ".join(text_of(html).casefold().split())


def _report_missing_media(story: SourceStory) -> None:
    for block in story.body:
        if block.kind == "embed" and not block.url.startswith(("http://", "https://")):
            story.report(None, f"the embed “{block.url}” has no web address", "a visible block")
    for image in (block.image for block in story.body):
        if image and image.path is None:
            story.report(
                None,
                f"the picture “{image.ref}” is not in the archive",
                f"its description stays: {image.alt or image.caption}",
            )
    lead = story.lead_image
    if lead and lead.path is None:
        story.report(
            None, f"the lead picture “{lead.ref}” is not in the archive", f"its description: {lead.alt or lead.caption}"
        )


def _day_in_name(path: Path, zone: tzinfo) -> datetime | None:
    match = _DAY_IN_NAME.match(path.stem)
    return moment(match[1], zone) if match else None
