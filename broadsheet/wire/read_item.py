"""What a reader of an agency's format hands over: plain values, before anything is written.

Readers know nothing of the database: bytes become items, or are refused with a sentence that says why.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Self

from broadsheet.kit.html import clean_prose, text_of

ItemKind = Literal["text", "picture", "graphic", "audio", "video", "package"]
Status = Literal["usable", "withheld", "canceled"]
Signal = Literal["", "update", "correction", "kill"]
UNTIL_FURTHER_NOTICE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
"""An embargo without an end, or one whose end cannot be read: it holds until the agency lifts it."""


class WireRefused(Exception):
    """A document that is not taken in. `sentence` tells an editor or the agency why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True, slots=True)
class ReadPhoto:
    """A picture that an item brings: `ref` is its address, or its file's name where the item came from a folder."""

    ref: str
    caption: str = ""
    alt: str = ""
    title: str = ""
    credit: str = ""
    photographer: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    media_type: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One item as an agency sent it, whole. Moments are aware; `html` is as sent and is cleaned where it is used.

    `guid` is the agency's own name of the item and the same for all its versions; `follows` names earlier items by
    another guid that this one updates or corrects, `members` the items of a package. `urgency` is 1 (flash) to 9, 0
    when nothing is said (IPTC NewsCodes; NewsML-G2 and ninjs mean the same). What is canceled or withheld may come
    without a headline: its guid is enough.
    """

    guid: str
    headline: str
    kind: ItemKind = "text"
    version: int = 0
    sent_at: dt.datetime | None = None
    status: Status = "usable"
    signal: Signal = ""
    slugline: str = ""
    summary: str = ""
    html: str = ""
    dateline: str = ""
    byline: str = ""
    credit: str = ""
    language: str = ""
    urgency: int = 0
    embargoed_until: dt.datetime | None = None
    note_to_editors: str = ""
    copyright_notice: str = ""
    usage_terms: str = ""
    link: str = ""
    subjects: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    photos: tuple[ReadPhoto, ...] = ()

    @property
    def text(self) -> str:
        """The words of the text as readers would see them, a line for each paragraph; else the summary."""
        return text_of(clean_prose(self.html)) or self.summary

    def as_json(self) -> dict[str, Any]:
        """Return what a version keeps."""
        values = asdict(self)
        for name in ("sent_at", "embargoed_until"):
            values[name] = values[name].isoformat() if values[name] else None
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return what a version kept; fields that it does not know have their defaults."""
        known = {one.name for one in fields(cls)}
        given = {name: value for name, value in values.items() if name in known}
        for name in ("sent_at", "embargoed_until"):
            given[name] = dt.datetime.fromisoformat(given[name]) if given.get(name) else None
        for name in ("subjects", "places", "follows", "members"):
            given[name] = tuple(given.get(name) or ())
        given["photos"] = tuple(ReadPhoto(**photo) for photo in given.get("photos") or ())
        return cls(**given)

    def digest(self) -> str:
        """Return what tells two versions apart: nothing but when they were sent may differ between equal ones."""
        values = self.as_json() | {"sent_at": None}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of a document that was not taken in: which, and why."""

    name: str
    sentence: str


@dataclass(slots=True)
class ReadDocument:
    """What was read from one document: its items in the order in which they stand, and what was refused of it."""

    format: str
    items: list[ReadItem] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
