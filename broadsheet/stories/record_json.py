"""A story's changes as data, for whoever studies or archives the paper (docs/explanation/the-public-record.md)."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from broadsheet.masthead.head_metadata import absolute, moment_text
from broadsheet.stories.compare_versions import FieldChanges
from broadsheet.stories.notes import Note
from broadsheet.stories.shown_versions import ShownVersion

if TYPE_CHECKING:
    from broadsheet.stories.models.story import Story


def changes_json(story: "Story", versions: Sequence[ShownVersion], *, older: int | None) -> dict[str, Any]:
    """Return a page of a story's versions; `older` is the number before which the next page begins."""
    changes = absolute(f"{story.url}changes")
    return {
        "story": absolute(story.url or ""),
        "headline": story.title,
        "language": story.language,
        "versions": [_version(version, address=f"{changes}/{version.number}/") for version in versions],
        "older": f"{changes}.json?before={older}" if older else None,
    }


def _version(version: ShownVersion, *, address: str) -> dict[str, Any]:
    return {
        "number": version.number,
        "url": address,
        "at": moment_text(version.at),
        "act": version.act,
        "class": version.change_class or None,
        "reason_given": not version.is_unexplained,
        "note": _note(version.note),
        "words_withheld": _tombstone(version.withheld.reason, version.withheld.at) if version.withheld else None,
        "compared": version.is_compared,
        "changes": [_field(field) for field in version.changed_fields],
        "also_changed": list(version.besides),
        "text": {field.field: _text(field) for field in version.fields if _text(field)},
    }


def _note(note: Note | None) -> dict[str, Any] | None:
    if note is None:
        return None
    if note.withdrawn_at is not None:
        return {"text": None, "withdrawn": _tombstone(note.withdrawn_because, note.withdrawn_at)}
    return {"text": note.text, "at_the_head": note.is_serious}


def _tombstone(reason: str, at: dt.datetime) -> dict[str, str]:
    return {"reason": reason, "at": moment_text(at)}


def _field(field: FieldChanges) -> dict[str, Any]:
    return {
        "field": field.field,
        "passages": [
            {
                "kind": passage.kind,
                "change": passage.change.value,
                "runs": [{"fate": run.fate.value, "text": run.text} for run in passage.runs],
            }
            for passage in field.changed
        ],
    }


def _text(field: FieldChanges) -> list[str]:
    """Return the words of a field as they stood from this version on."""
    return [text for passage in field.passages if (text := passage.new_text)]
