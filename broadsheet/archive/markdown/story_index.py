"""Where each article of an archive lived and will live: for links between articles and for redirects.

Kept in a temporary SQLite file, not in memory, since an archive may hold a million articles.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

LINK_SAMPLE = 3_000
"""So many links are looked at to learn the old site's form of addresses."""
_DATED = re.compile(
    r"^(?P<before>.*?)/(?P<year>\d{4})(?:/(?P<month>\d{2}))?(?:/(?P<day>\d{2}))?/(?P<slug>[^/]+?)(?:\.html)?/?$"
)


@dataclass(frozen=True, slots=True)
class IndexedStory:
    """The little that links and addresses need of an article; `day` is its date at the old home."""

    source_path: str
    section: str
    slug: str
    day: datetime | None


class StoryIndex:
    """Articles by file, by slug and by date."""

    def __init__(self, stories: Iterable[IndexedStory]) -> None:
        self._db = sqlite3.connect("")
        self._db.execute("CREATE TABLE story (path TEXT, name TEXT, section TEXT, slug TEXT, day TEXT)")
        self._db.executemany("INSERT INTO story VALUES (?, ?, ?, ?, ?)", (_row(story) for story in stories))
        self._db.execute("CREATE INDEX by_name ON story (name)")
        self._db.execute("CREATE INDEX by_slug ON story (slug)")

    def new_address(self, ref: str) -> str | None:
        """The path a story has here, found by its file or its old address; None when it is not in the archive."""
        path = unquote(urlsplit(ref).path).rstrip("/")
        name = PurePosixPath(path).name.casefold()
        if not name:
            return None
        stem = name.removesuffix(".html").removesuffix(".md").removesuffix(".markdown")
        by_name = "SELECT slug, day FROM story WHERE name IN (?, ?) LIMIT 20"
        by_slug = "SELECT slug, day FROM story WHERE slug = ? LIMIT 20"
        return self._only(by_name, (name, stem), path) or self._only(by_slug, (stem,), path)

    def sections_of_slug(self, slug: str) -> list[str]:
        """The sections that hold an article of this slug."""
        return [row[0] for row in self._db.execute("SELECT section FROM story WHERE slug = ?", (slug.casefold(),))]

    def _only(self, query: str, values: tuple[str, ...], path: str) -> str | None:
        rows = self._db.execute(query, values).fetchall()
        if len(rows) > 1:
            rows = [row for row in rows if row[1] and row[1] in path]
        if len(rows) != 1 or not rows[0][1]:
            return None
        return f"/{rows[0][1]}/{rows[0][0]}/"

    def old_addresses(self, links: Iterable[str]) -> dict[str, list[str]]:
        """For each section the forms of its old addresses, as the links in the archive write them, commonest first.

        A form is like "/event/:year/:month/:day/:slug/". One link is no habit: two of a form are asked for.
        """
        votes: dict[str, Counter[str]] = {}
        for link in links:
            match = _DATED.match(urlsplit(link).path)
            if match is None:
                continue
            dated = "".join(f"/:{part}" for part in ("year", "month", "day") if match[part])
            for section in set(self.sections_of_slug(match["slug"])):
                votes.setdefault(section, Counter())[f"{match['before']}{dated}/:slug/"] += 1
        return {section: forms for section, counter in votes.items() if (forms := _habits(counter))}


def _habits(votes: Counter[str]) -> list[str]:
    """The forms that are no accident: more than one link, and a fifth as many as the commonest form has."""
    commonest = max(votes.values())
    return [form for form, count in votes.most_common(3) if count > 1 and count * 5 >= commonest]


def filled(form: str, *, section: str, slug: str, day: datetime | None) -> str:
    """An address of the given form; "" when it needs a date and there is none."""
    if ":year" in form and day is None:
        return ""
    values = {":section": section, ":sections": section, ":slug": slug, ":title": slug, ":filename": slug}
    if day is not None:
        values |= {":year": f"{day:%Y}", ":month": f"{day:%m}", ":day": f"{day:%d}"}
    found = re.sub(r":[a-z]+", lambda match: values.get(match[0], ""), form)
    return re.sub(r"//+", "/", found)


def _row(story: IndexedStory) -> tuple[str, str, str, str, str]:
    name = PurePosixPath(story.source_path).name.casefold()
    day = f"{story.day:%Y/%m/%d}" if story.day else ""
    return story.source_path, name, story.section, story.slug.casefold(), day
