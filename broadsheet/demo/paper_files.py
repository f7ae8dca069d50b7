"""The texts of the demonstration paper, read from their files; docs for writers stand in paper/README.md.

Pure: knows nothing of the database.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from broadsheet.demo.story_markup import Part, parse_story_markup

PAPER_FOLDER = Path(__file__).resolve().parent / "paper"
PHOTO_SUFFIXES = (".jpg", ".webp", ".png")


class PaperFileError(Exception):
    """A file of the paper cannot be read; says which one and why."""


@dataclass(frozen=True)
class TextFile:
    """One story or standing page: what stands between its two lines of dashes, and the parts of its text."""

    slug: str
    head: Mapping[str, Any]
    parts: tuple[Part, ...]

    @property
    def state(self) -> str:
        """`published` (the default), `scheduled` or `draft`."""
        return str(self.head.get("state", "published"))


@dataclass(frozen=True)
class Paper:
    """Everything that is written down of the demonstration paper."""

    folder: Path = field(default=PAPER_FOLDER)

    @cached_property
    def stories(self) -> tuple[TextFile, ...]:
        """All stories: published, scheduled and drafts."""
        return self._texts("stories")

    @cached_property
    def pages(self) -> tuple[TextFile, ...]:
        """The standing pages: about us, ethics and so on."""
        return self._texts("pages")

    @cached_property
    def people(self) -> list[dict[str, Any]]:
        """Everyone who signs something."""
        return self._listing("people.yaml", "people")

    @cached_property
    def staff(self) -> list[dict[str, Any]]:
        """Those who sign in and write nothing."""
        return self._listing("people.yaml", "staff")

    @cached_property
    def sections(self) -> list[dict[str, Any]]:
        """The parts of the paper, in order."""
        return self._listing("sections.yaml", "sections")

    @cached_property
    def topics(self) -> list[dict[str, Any]]:
        """Topics; a parent stands before its children."""
        return self._listing("topics.yaml", "topics")

    @cached_property
    def series(self) -> list[dict[str, Any]]:
        """Series, with the slugs of their parts in order."""
        return self._listing("series.yaml", "series")

    @cached_property
    def so_far(self) -> list[dict[str, Any]]:
        """The stories so far: a topic, and a sentence for each story that took it further."""
        return self._listing("series.yaml", "so_far")

    @cached_property
    def photos(self) -> list[dict[str, Any]]:
        """Pictures with their words, the defaults filled in."""
        content = self._yaml("photos.yaml")
        return [{**content["defaults"], **photo} for photo in content["photos"]]

    @cached_property
    def site(self) -> dict[str, Any]:
        """Name and look of the paper, its menus and its front page."""
        return self._yaml("site.yaml")

    def photo_file(self, photo_id: str) -> Path:
        """Return the file of a picture. Raises PaperFileError when there is none."""
        for suffix in PHOTO_SUFFIXES:
            path = self.folder / "photos" / f"{photo_id}{suffix}"
            if path.is_file():
                return path
        raise PaperFileError(f"There is no picture called {photo_id}.")

    def _texts(self, folder: str) -> tuple[TextFile, ...]:
        return tuple(read_text_file(path) for path in sorted((self.folder / folder).glob("*.md")))

    def _listing(self, name: str, key: str) -> list[dict[str, Any]]:
        return list(self._yaml(name)[key])

    def _yaml(self, name: str) -> dict[str, Any]:
        content: dict[str, Any] = yaml.safe_load((self.folder / name).read_text(encoding="utf-8"))
        return content


def read_text_file(path: Path) -> TextFile:
    """Read one story or page. Raises PaperFileError when its head is not YAML or its text not our markup."""
    try:
        _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
        return TextFile(path.stem, yaml.safe_load(head), tuple(parse_story_markup(text)))
    except (ValueError, yaml.YAMLError) as error:
        raise PaperFileError(f"{path.name}: {error}") from error


def moment_of(told: Mapping[str, Any], *, now: dt.datetime) -> dt.datetime:
    """Return the moment told as `hours_ago: 3` or as `days_ago: 5, time: "06:30"` (or `days_ahead`) in now's zone."""
    if "hours_ago" in told:
        return now - dt.timedelta(hours=told["hours_ago"])
    days = told["days_ahead"] if "days_ahead" in told else -told["days_ago"]
    time = dt.time.fromisoformat(told.get("time", "06:00"))
    return dt.datetime.combine(now.date() + dt.timedelta(days=days), time, tzinfo=now.tzinfo)
