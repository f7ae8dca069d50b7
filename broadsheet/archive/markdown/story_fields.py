"""Front matter to the fields of a story. Generators and themes name the same thing differently; all names are here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from broadsheet.archive.markdown.archive_folder import ArchiveFolder
from broadsheet.archive.markdown.fields import first_text, moment, texts, truth
from broadsheet.archive.markdown.front_matter import Fields
from broadsheet.archive.source_story import SourceStory
from broadsheet.stories.brought_in.source_block import SourceBlock

HEADLINE = ("title", "headline", "name")
STANDFIRST = ("standfirst", "deck", "dek", "excerpt", "summary", "lead", "subtitle", "description", "abstract")
PUBLISHED = ("date", "publishdate", "published_at", "published_on", "pubdate", "created_at", "created")
UPDATED = ("lastmod", "updated", "updated_at", "last_modified_at", "last_modified", "modified")
EXPIRES = ("expirydate", "expiry", "expires", "expires_at", "unpublish", "unpublishdate")
AUTHORS = ("authors", "author", "by", "byline", "bylines", "writers")
TOPICS = ("topics", "topic", "tags", "tag", "categories", "category", "keywords")
OLD_ADDRESSES = ("aliases", "alias", "redirect_from", "redirects")
PICTURE = (
    "primary_image",
    "featured_image",
    "featuredimage",
    "image",
    "cover",
    "thumbnail",
    "hero_image",
    "header",
    "images",
    "banner",
    "og_image",
)
PLACE_PARTS = ("venue_name", "room", "address", "city", "state", "zip", "country")
FACTS = {
    "end_date": "Ends",
    "host": "Host",
    "event_organizer": "Organiser",
    "event_platform": "Platform",
    "event_type": "Kind of event",
    "registration_url": "Registration",
    "captions": "Captions",
    "map": "Map",
}
"""Fields of events that readers want to see; they become a fact box, in this order."""
SETTINGS = frozenset(
    {
        "layout",
        "type",
        "weight",
        "menu",
        "toc",
        "pager",
        "widgets",
        "comments",
        "sitemap",
        "hero",
        "mathjax",
        "math",
        "draft",
    }
)
"""Switches of a theme: they say nothing about the article and are kept in the import's record only."""


@dataclass(frozen=True, slots=True)
class AddedBlocks:
    """Blocks made from fields: to stand before the text and after it."""

    before: list[SourceBlock] = field(default_factory=list)
    after: list[SourceBlock] = field(default_factory=list)


def fill_fields(story: SourceStory, given: Fields, path: Path, folder: ArchiveFolder, zone: tzinfo) -> AddedBlocks:
    """Fill a story from its front matter and its file's name; what has no place in a story is kept and reported."""
    fields: Fields = {key.strip().lower(): value for key, value in given.items()}
    used = {*HEADLINE[:2], "slug", "url", "permalink", "kicker", "lang", "language", "locale", "published"}
    story.headline = unescape(first_text(fields, *HEADLINE))
    story.kicker = unescape(first_text(fields, "kicker"))
    used |= _standfirst(story, fields)
    used |= _moments(story, fields, path, zone)
    story.draft = truth(fields, "draft") or not truth(fields, "published", True) or "_drafts" in path.parts
    story.contributors, story.topics = texts(fields, *AUTHORS), texts(fields, *TOPICS)
    story.language = first_text(fields, "lang", "language", "locale") or _language_in_name(path)
    story.slug = _slug(fields, path)
    _addresses(story, fields)
    used |= {*AUTHORS, *TOPICS, *OLD_ADDRESSES}
    used |= _lead_picture(story, fields, path, folder)
    elsewhere = first_text(fields, "source_url", "canonical", "canonical_url")
    story.canonical_url = elsewhere if elsewhere.startswith(("http://", "https://")) else ""
    added, told = _fact_blocks(fields, folder)
    _keep_the_rest(story, fields, used | told)
    return added


def slug_of(path: Path) -> str:
    """The slug a file's name gives: without date, language and suffix; a bundle's is its folder's."""
    stem = path.parent.name if path.stem.split(".")[0] == "index" else path.stem
    stem = re.sub(r"\.[a-z]{2}(?:-[A-Za-z]{2})?$", "", stem)
    return re.sub(r"^\d{4}-\d{1,2}-\d{1,2}[-_]", "", stem)


def _standfirst(story: SourceStory, fields: Fields) -> set[str]:
    """The first field there is becomes the standfirst; another text among them the description for searchers."""
    found = list(dict.fromkeys(text for name in STANDFIRST if (text := _plain(first_text(fields, name)))))
    story.standfirst = found[0] if found else ""
    story.description = found[1] if len(found) > 1 else ""
    shown = set(found[:2])
    return {name for name in STANDFIRST if (text := _plain(first_text(fields, name))) in shown or not text}


def _moments(story: SourceStory, fields: Fields, path: Path, zone: tzinfo) -> set[str]:
    day = re.match(r"\d{4}-\d{1,2}-\d{1,2}(?=[-_.])", path.name)
    story.published_at = _moment(story, fields, PUBLISHED, zone) or (moment(day[0], zone) if day else None)
    if story.published_at is None:
        story.report(None, "no date", "a draft, until someone gives it a date")
    story.updated_at = _moment(story, fields, UPDATED, zone)
    story.expires_at = _moment(story, fields, EXPIRES, zone)
    return {*PUBLISHED, *UPDATED, *EXPIRES}


def _moment(story: SourceStory, fields: Fields, names: tuple[str, ...], zone: tzinfo) -> datetime | None:
    for name in names:
        text = first_text(fields, name)
        found = moment(text, zone) if text else None
        if found:
            return found
        if text:
            story.report(None, f"the field “{name}” is no date", text)
    return None


def _language_in_name(path: Path) -> str:
    match = re.search(r"\.([a-z]{2}(?:-[A-Za-z]{2})?)\.\w+$", path.name)
    return match[1].lower() if match else ""


def _slug(fields: Fields, path: Path) -> str:
    given = first_text(fields, "slug")
    permalink = first_text(fields, "permalink", "url")
    if not given and permalink.startswith("/") and ":" not in permalink and "{" not in permalink:
        given = urlsplit(permalink).path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html")
    return given.strip("/").rsplit("/", 1)[-1] or slug_of(path)


def _addresses(story: SourceStory, fields: Fields) -> None:
    permalink = first_text(fields, "permalink", "url")
    if permalink.startswith("/") and ":" not in permalink and "{" not in permalink:
        story.url = permalink
    for alias in texts(fields, *OLD_ADDRESSES):
        address = urlsplit(alias).path
        if address.strip("/"):
            story.aliases.append("/" + address.lstrip("/"))
        else:
            story.report(None, "an alias that is no path", alias)


def _lead_picture(story: SourceStory, fields: Fields, path: Path, folder: ArchiveFolder) -> set[str]:
    used = {
        name for name in fields if re.match(r"(?:image|cover|hero|featured_image|primary_image|thumbnail)_\w+$", name)
    }
    for name in PICTURE:
        value = fields.get(name)
        value = value[0] if isinstance(value, list) and value else value
        own: Fields = value if isinstance(value, dict) else {}
        ref = (
            first_text(own, "src", "url", "image", "uid", "path", "file")
            if own
            else (value if isinstance(value, str) else "")
        )
        if not ref.strip():
            continue
        found = folder.image(ref.strip(), path)
        alt = first_text(own, "alt", "alt_text") or first_text(fields, "image_alt", f"{name}_alt", "cover_alt")
        caption = first_text(own, "caption", "title") or first_text(
            fields, "image_caption", "image_figcaption", f"{name}_caption"
        )
        credit = first_text(own, "credit", "attribution") or first_text(fields, "image_credit", f"{name}_credit")
        story.lead_image = replace(
            found,
            alt=unescape(alt) or found.alt,
            caption=unescape(caption) or found.caption,
            credit=unescape(credit) or found.credit,
        )
        return used | {name}
    return used | set(PICTURE)


def _fact_blocks(fields: Fields, folder: ArchiveFolder) -> tuple[AddedBlocks, set[str]]:
    told = {
        "youtube_id",
        "youtube_title",
        "venue",
        "source",
        "source_url",
        "canonical",
        "redirectto",
        *FACTS,
        *PLACE_PARTS,
    }
    before: list[SourceBlock] = []
    if video := first_text(fields, "youtube_id"):
        url = video if "//" in video else f"https://www.youtube.com/watch?v={video}"
        before.append(SourceBlock("embed", url=url, title=first_text(fields, "youtube_title")))
    if facts := _event_facts(fields):
        items = "".join(f"<li><b>{escape(name)}:</b> {value}</li>" for name, value in facts)
        before.append(SourceBlock("box", title="Event details", html=f"<ul>{items}</ul>"))
    after = [_elsewhere(fields, folder), _moved(fields)]
    return AddedBlocks(before, [block for block in after if block]), told


def _event_facts(fields: Fields) -> list[tuple[str, str]]:
    if not first_text(
        fields, "end_date", "event_organizer", "registration_url", "venue_name", "host"
    ) and not fields.get("venue"):
        return []
    facts = [("Starts", _when(first_text(fields, "date")))]
    facts += [
        (label, _when(value) if key == "end_date" else _linked(value))
        for key, label in FACTS.items()
        if (value := ", ".join(texts(fields, key)) if key == "event_type" else first_text(fields, key))
    ]
    venue: Any = fields.get("venue")
    place: Fields = venue if isinstance(venue, dict) else fields
    parts = [first_text(place, part) for part in PLACE_PARTS]
    where = ", ".join(part for part in ([venue] if isinstance(venue, str) else []) + parts if part)
    facts += [("Venue", escape(where))] if where else []
    facts += (
        [("Map", _linked(first_text(place, "map")))] if isinstance(venue, dict) and first_text(place, "map") else []
    )
    return [(label, value) for label, value in facts if value]


def _elsewhere(fields: Fields, folder: ArchiveFolder) -> SourceBlock | None:
    """Where the article first appeared, as a line with a link."""
    url, source = first_text(fields, "source_url", "canonical", "canonical_url"), first_text(fields, "source")
    name = folder.source_name(source) if source else ""
    if not url.startswith(("http://", "https://")):
        return SourceBlock("paragraph", html=f"<i>Originally published by {escape(name)}.</i>") if name else None
    label = name or urlsplit(url).netloc
    return SourceBlock("paragraph", html=f'<i>Originally published by <a href="{escape(url)}">{escape(label)}</a>.</i>')


def _moved(fields: Fields) -> SourceBlock | None:
    url = first_text(fields, "redirectto")
    if not url.startswith(("http://", "https://", "/")):
        return None
    return SourceBlock(
        "paragraph", html=f'<i>A newer page took this one’s place: <a href="{escape(url)}">{escape(url)}</a>.</i>'
    )


def _keep_the_rest(story: SourceStory, fields: Fields, used: set[str]) -> None:
    for name, value in fields.items():
        if name in used or value in (None, "", [], {}):
            continue
        story.kept_fields[name] = value
        if name not in SETTINGS:
            story.report(
                None, f"the field “{name}” has no place in a story", f"in the import's record: {str(value)[:300]}"
            )


def _when(text: str) -> str:
    """A moment as readers write it, in the zone it was given in; what is no moment stays as it was."""
    found = moment(text, UTC)
    if found is None:
        return escape(text)
    zone = f" (UTC{found:%z})" if ":" in text else ""
    return f"{found:%-d %B %Y}" + (f", {found:%H:%M}{zone}" if ":" in text else "")


def _linked(value: str) -> str:
    if value.startswith(("http://", "https://")):
        return f'<a href="{escape(value)}">{escape(value)}</a>'
    return escape(value)


def _plain(text: str) -> str:
    """A line without Markdown's marks: standfirsts are plain text."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)(.+?)(?<=\S)\1(?!\w)", r"\2", text)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())
