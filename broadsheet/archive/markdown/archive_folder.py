"""A folder of Markdown as an archive: which files are articles, where pictures and people's pages are.

Everything is looked up when needed, so that an archive of a million files costs no more memory than one of ten.
Nothing outside the folder is ever read: paths are resolved, links that leave the folder are refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from broadsheet.archive.markdown.fields import first_text, texts
from broadsheet.archive.markdown.front_matter import Fields, FrontMatterError, parse_fields, split_file
from broadsheet.archive.source_story import SourceContributor, SourceTopic
from broadsheet.stories.brought_in.source_block import SourceImage

MAX_FILE_BYTES = 2_000_000
"""An article of 300,000 words; what is larger is listed, not read."""
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx"})
SKIPPED_FOLDERS = frozenset(
    {"node_modules", "_site", "public", "themes", "layouts", "_includes", "_layouts", "vendor", "archetypes"}
)
NOT_ARTICLES = frozenset({"readme", "license", "licence", "contributing", "changelog", "code_of_conduct", "security"})
CONTRIBUTOR_FOLDERS = ("authors", "author", "_authors", "people", "contributors", "team")
TOPIC_FOLDERS = ("topics", "tags", "topic", "tag", "categories", "_tags")
SOURCE_FOLDERS = ("sources",)
PICTURE_FOLDERS = (
    "", "static", "assets", "content", "src", "static/img", "static/images", "assets/img", "assets/images",
    "images", "img", "media", "uploads", "static/uploads",
)  # fmt: skip
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg")
DATA_SUFFIXES = (".yml", ".yaml", ".json", ".toml")

FileKind = Literal["story", "contributor", "topic", "source", "section", "document"]


class UnreadableFile(ValueError):
    """A file that is not read: too large, not a regular file, or leading out of the archive."""


class ArchiveFolder:
    """One archive on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve(strict=True)
        content = self.root / "content"
        self.content = content if content.is_dir() else self.root
        self._data = lru_cache(maxsize=64)(self._load_data)
        self._record = lru_cache(maxsize=2_000)(self._load_record)

    def paths(self, folder: Path | None = None) -> Iterator[Path]:
        """Every Markdown file of the archive (or of a folder in it), in a stable order."""
        for here, folders, names in os.walk(folder or self.root):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in SKIPPED_FOLDERS)
            for name in sorted(names):
                if Path(name).suffix.lower() in MARKDOWN:
                    yield Path(here) / name

    def relative(self, path: Path) -> str:
        """The path as reports and records name it."""
        return path.relative_to(self.root).as_posix()

    def section_of(self, path: Path) -> str:
        """The first folder below the content, which generators call section or type; "" at the top."""
        parts = (
            path.relative_to(self.content).parts
            if path.is_relative_to(self.content)
            else path.relative_to(self.root).parts
        )
        return parts[0].lstrip("_") if len(parts) > 1 else ""

    def kind_of(self, path: Path) -> FileKind:
        """What a Markdown file is, by its place and name."""
        folders = {part.lower() for part in path.relative_to(self.root).parts[:-1]}
        if path.stem.lower() in NOT_ARTICLES and path.parent == self.root:
            return "document"
        listing = path.stem == "_index" and path.parent.name.lower()
        for names, kind in ((CONTRIBUTOR_FOLDERS, "contributor"), (TOPIC_FOLDERS, "topic"), (SOURCE_FOLDERS, "source")):
            if folders & set(names):
                return "section" if listing in names else kind  # type: ignore[return-value]
        return "section" if path.stem == "_index" else "story"

    def read_bytes(self, path: Path) -> bytes:
        """A file's bytes. Raises UnreadableFile for what must not be read."""
        if path.is_symlink() and not path.resolve().is_relative_to(self.root):
            raise UnreadableFile("a link that leads out of the archive")
        if not path.is_file():
            raise UnreadableFile("not a regular file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableFile(f"larger than {MAX_FILE_BYTES // 1_000_000} MB")
        return path.read_bytes()

    def image(self, ref: str, beside: Path | None = None) -> SourceImage:
        """A picture by the reference an article gives, with what the archive's data say of it."""
        wanted = unquote(urlsplit(ref.strip()).path) if not ref.startswith("data:") else ""
        if not wanted or re.match(r"^(?:[a-z][a-z0-9+.-]*:)?//", ref.strip(), re.IGNORECASE) or len(wanted) > 500:
            return SourceImage(ref[:2000])
        name = wanted.replace("\\", "").lstrip("/")
        image = SourceImage(ref, self._picture_file(name, beside))
        record = self._image_record(Path(name).stem)
        alt, caption, credit = (unescape(first_text(record, name)) for name in ("alt", "caption", "credit"))
        return replace(image, alt=alt, caption=caption, credit=credit)

    def contributors(self) -> Iterator[SourceContributor]:
        """Everyone the archive has a page or a data record for."""
        for path in self._pages(CONTRIBUTOR_FOLDERS):
            yield _contributor(self._record(path), self._slug_of(path))
        for name in CONTRIBUTOR_FOLDERS:
            for slug, record in self._data(name).items():
                yield _contributor(record if isinstance(record, dict) else {"name": str(record)}, slug)

    def topics(self) -> Iterator[SourceTopic]:
        """Every topic the archive has a page for."""
        for path in self._pages(TOPIC_FOLDERS):
            record, slug = self._record(path), self._slug_of(path)
            described = first_text(record, "deck", "description", "summary")
            yield SourceTopic(
                first_text(record, "slug") or slug,
                first_text(record, "title", "name") or humanise(slug),
                described,
                tuple(texts(record, "aliases")),
            )

    def contributor_name(self, slug: str) -> str:
        """The name behind an author's id; "" when the archive does not say."""
        for folder in CONTRIBUTOR_FOLDERS:
            for path in (self.content / folder / slug / "_index.md", self.content / folder / f"{slug}.md"):
                if _plain_name(slug) and path.is_file():
                    return _contributor(self._record(path), slug).name
            record = self._data(folder).get(slug)
            if record:
                return _contributor(record if isinstance(record, dict) else {"name": str(record)}, slug).name
        return ""

    def source_name(self, slug: str) -> str:
        """The name of an outside source an article was taken from; its id when the archive does not say."""
        path = self.content / "sources" / f"source_{slug}.md"
        return (first_text(self._record(path), "name", "title") if _plain_name(slug) and path.is_file() else "") or slug

    def _pages(self, folders: tuple[str, ...]) -> Iterator[Path]:
        for name in folders:
            for base in {self.content / name, self.root / name}:
                if base.is_dir():
                    yield from (
                        path for path in self.paths(base) if not (path.stem == "_index" and path.parent == base)
                    )

    @staticmethod
    def _slug_of(path: Path) -> str:
        return path.parent.name if path.stem in {"_index", "index"} else path.stem

    def _picture_file(self, name: str, beside: Path | None) -> Path | None:
        bases = [beside.parent] if beside else []
        bases += [self.root / folder for folder in PICTURE_FOLDERS]
        suffixes = ("",) if Path(name).suffix.lower() in PICTURE_SUFFIXES else ("", *PICTURE_SUFFIXES)
        for base in bases:
            for suffix in suffixes:
                found = Path(os.path.normpath(f"{base}/{name}{suffix}"))
                if found.suffix.lower() in PICTURE_SUFFIXES and found.is_file() and self._inside(found):
                    return found
        return None

    def _inside(self, path: Path) -> bool:
        try:
            return path.is_relative_to(self.root) and path.resolve().is_relative_to(self.root)
        except (OSError, ValueError):
            return False

    def _image_record(self, stem: str) -> Fields:
        for folder in ("data/images", "_data/images"):
            for suffix in DATA_SUFFIXES:
                path = self.root / folder / f"{stem}{suffix}"
                if _plain_name(stem) and path.is_file() and self._inside(path):
                    return self._record(path)
        return {}

    def _load_record(self, path: Path) -> Fields:
        """The fields of a page with front matter, or of a data file; {} when it cannot be read."""
        try:
            text = self.read_bytes(path).decode("utf-8", "replace")
            if path.suffix.lower() in MARKDOWN:
                split = split_file(text)
                return {**split.fields, "biography": split.body.strip()} if split.body.strip() else split.fields
            return parse_fields(
                text.replace("\r\n", "\n"), {".json": "json", ".toml": "toml"}.get(path.suffix, "yaml"), []
            )
        except (UnreadableFile, FrontMatterError, OSError):
            return {}

    def _load_data(self, name: str) -> Fields:
        for folder in ("_data", "data"):
            for suffix in DATA_SUFFIXES:
                path = self.root / folder / f"{name}{suffix}"
                if path.is_file() and self._inside(path):
                    return self._record(path)
        return {}


def humanise(slug: str) -> str:
    """A readable name from an id: "nicole-fenton" becomes "Nicole Fenton"; what has capitals or spaces stays."""
    if slug != slug.lower() or " " in slug:
        return slug
    return " ".join(part[:1].upper() + part[1:] for part in re.split(r"[-_]+", slug) if part)


def _plain_name(name: str) -> bool:
    return bool(re.fullmatch(r"[\w.-]{1,200}", name)) and ".." not in name


def _contributor(record: Fields, slug: str) -> SourceContributor:
    first_last = " ".join(part for part in (first_text(record, "first_name"), first_text(record, "last_name")) if part)
    name = first_text(record, "display_name", "name", "full_name", "title") or first_last or humanise(slug)
    portrait = first_text(record, "portrait", "avatar", "photo", "image", "picture")
    links = [f"https://github.com/{first_text(record, 'github')}"] if first_text(record, "github") else []
    links += [
        value
        for key in ("url", "website", "twitter", "linkedin", "mastodon")
        if (value := first_text(record, key)).startswith("http")
    ]
    return SourceContributor(
        slug=first_text(record, "slug") or slug,
        name=name.strip(),
        job_title=first_text(record, "job_title", "role", "position"),
        agency=first_text(record, "agency_full_name", "agency", "organisation", "organization", "company"),
        location=first_text(record, "location"),
        biography=first_text(record, "bio", "biography", "about"),
        email=first_text(record, "email"),
        links=tuple(links),
        portrait=SourceImage(portrait) if portrait else None,
        aliases=tuple(texts(record, "aliases")),
    )
