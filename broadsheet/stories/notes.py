"""Notes to readers about what was wrong, as the record keeps them, and what a story's page tells of its record."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from broadsheet.stories.record import NOTED_CLASSES, Act, ChangeClass, Source

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

QUIET_CLASSES = frozenset({"", ChangeClass.TYPO})
"""Changes that do not make a story "updated"."""


@dataclass(frozen=True)
class Note:
    """A note to readers. Of one that was withdrawn, `text` is empty and the reason stands in its place."""

    version_id: int
    story_id: int
    number: int
    change_class: str
    text: str
    at: dt.datetime
    is_serious: bool
    withdrawn_because: str = ""
    withdrawn_at: dt.datetime | None = None

    @property
    def label(self) -> "StrOrPromise":
        """The class of the change, as readers know it."""
        return ChangeClass(self.change_class).label

    @property
    def is_retraction(self) -> bool:
        """Whether the paper no longer stands by the story."""
        return self.change_class == ChangeClass.RETRACTION

    @property
    def changed_at(self) -> dt.datetime:
        """When the note last became other than it was."""
        return self.withdrawn_at or self.at

    @property
    def shown_text(self) -> str:
        """The note, or that it was withdrawn and why: for feeds and machines, which have no place of their own."""
        if self.withdrawn_at is None:
            return self.text
        return _("This note was withdrawn. %(reason)s") % {"reason": self.withdrawn_because}


@dataclass(frozen=True)
class RecordSummary:
    """What a story's page tells of its record: how often it changed, when it was last updated, and its notes."""

    changes: int = 0
    updated_at: dt.datetime | None = None
    notes: tuple[Note, ...] = ()
    is_taken_down: bool = False

    @property
    def head_notes(self) -> list[Note]:
        """Notes for the story's head: what misled readers, and that the paper no longer stands by the story."""
        return [note for note in self.notes if note.is_serious or note.is_retraction]

    @property
    def foot_notes(self) -> list[Note]:
        """Notes for the story's foot."""
        return [note for note in self.notes if not (note.is_serious or note.is_retraction)]


def note_from(row: Mapping[str, Any]) -> Note:
    """Return the note of a version that was read with its withdrawal (`record_selectors.with_withdrawals`)."""
    is_withdrawn = row["withdrawn_at"] is not None
    return Note(
        version_id=row["pk"],
        story_id=row["object_id"],
        number=row["number"],
        change_class=row["change_class"],
        text="" if is_withdrawn else row["note"],
        at=row["at"],
        is_serious=row["is_serious"],
        withdrawn_because=row["withdrawn_because"] if is_withdrawn else "",
        withdrawn_at=row["withdrawn_at"],
    )


def summarise(rows: Iterable[Mapping[str, Any]]) -> RecordSummary:
    """Return the summary of a story's versions, newest first; of what an import changed, the source knows the date."""
    acts = list(rows)
    published = [row for row in acts if row["act"] == Act.PUBLISHED]
    changes = published[:-1]
    updates = [row["at"] for row in changes if _is_update(row)]
    notes = tuple(note_from(row) for row in changes if row["change_class"] in NOTED_CLASSES)
    is_taken_down = bool(acts) and acts[0]["act"] == Act.TAKEN_DOWN
    return RecordSummary(len(changes), max(updates, default=None), notes, is_taken_down)


def _is_update(row: Mapping[str, Any]) -> bool:
    return row["change_class"] not in QUIET_CLASSES and row["source"] != Source.IMPORT
