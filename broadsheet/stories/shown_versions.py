"""Recorded versions as readers are shown them: what happened, why, and what changed, without what was withheld.

Who pressed the button stays on the record and is shown to nobody here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from broadsheet.stories.as_recorded import contents_of
from broadsheet.stories.compare_versions import FieldChanges, as_published, changed_besides_words, compare_fields
from broadsheet.stories.notes import Note
from broadsheet.stories.record import (
    NOTED_CLASSES,
    Act,
    AmendmentKind,
    ChangeClass,
    PublishedVersion,
    RecordAmendment,
    Source,
)
from broadsheet.stories.recorded_content import Content, recorded_names
from broadsheet.stories.recorded_text import Fields, recorded_fields

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AWAY_HEADINGS: dict[str, "StrOrPromise"] = {
    Act.UNPUBLISHED: _("Taken off the site"),
    Act.TAKEN_DOWN: _("Taken down"),
    Act.DELETED: _("Deleted"),
}
WITHOUT_REASON = frozenset({Source.OUTSIDE, Source.PROGRAM, Source.IMPORT})
"""Ways by which a change may come without anyone having said why."""


@dataclass(frozen=True)
class ShownVersion:
    """One version as readers are shown it.

    `is_first` is the story's first publication, `is_away` an act after which readers saw nothing. `fields` are the
    passages of the version with what became of them; none where the words are withheld, and without marks where there
    is nothing to compare with (`is_compared`). `besides` names what else changed.
    """

    number: int
    at: dt.datetime
    act: str
    change_class: str
    heading: "StrOrPromise"
    note: Note | None
    is_first: bool
    is_away: bool
    is_unexplained: bool
    is_compared: bool
    withheld: RecordAmendment | None
    neighbour_withheld: int | None
    fields: Sequence[FieldChanges]
    besides: Sequence[str]

    @property
    def amended_at(self) -> list[dt.datetime]:
        """When its note was withdrawn and its words were withheld, as far as they were."""
        withdrawn_at = self.note.withdrawn_at if self.note else None
        return [at for at in (withdrawn_at, self.withheld.at if self.withheld else None) if at]

    @property
    def changed_fields(self) -> list[FieldChanges]:
        """The fields of which something changed."""
        return [field for field in self.fields if field.changed] if self.is_compared else []


@dataclass(frozen=True)
class Told:
    """What versions say, by their primary keys: with the names and the words of photos that older rows do not hold."""

    names: Mapping[int, Mapping[str, str]]
    contents: Mapping[int, Content]

    def fields_of(self, version: PublishedVersion) -> Fields:
        """Return the passages of a version by field."""
        return recorded_fields(self.contents[version.pk], self.names[version.pk])


def shown_versions(
    rows: Sequence[PublishedVersion], before: Sequence[PublishedVersion], *, whole: bool = False
) -> list[ShownVersion]:
    """Return versions, newest first, each compared with the text that stood before it.

    `before` are older versions that serve for comparison only. All come with their amendments. Unless they are shown
    `whole`, one that stands alone shows none of its fields: then nobody asks what those are called today whom it names.
    """
    known = [*rows, *before]
    is_compared = len([row for row in known if row.content]) > 1
    names = _names(known) if whole or is_compared else {row.pk: dict[str, str]() for row in known}
    told = Told(names, contents_of(known))
    shown = []
    for place, version in enumerate(rows):
        older = known[place + 1 :]
        shown.append(_shown(version, older[:1], next((row for row in older if row.content), None), told))
    return shown


def note_of(version: PublishedVersion) -> Note | None:
    """Return the note of a version that came with its amendments; None where there never was one."""
    withdrawal = _amendment(version, AmendmentKind.NOTE_WITHDRAWN)
    if not version.note and withdrawal is None:
        return None
    return Note(
        version_id=version.pk,
        story_id=version.object_id,
        number=version.number,
        change_class=version.change_class or ChangeClass.UPDATE,
        text="" if withdrawal else version.note,
        at=version.at,
        is_serious=version.is_serious,
        withdrawn_because=withdrawal.reason if withdrawal else "",
        withdrawn_at=withdrawal.at if withdrawal else None,
    )


def _shown(
    version: PublishedVersion,
    preceding: Sequence[PublishedVersion],
    base: PublishedVersion | None,
    told: Told,
) -> ShownVersion:
    withheld = _amendment(version, AmendmentKind.WORDS_WITHHELD)
    base_is_withheld = base is not None and _amendment(base, AmendmentKind.WORDS_WITHHELD) is not None
    may_compare = base is not None and bool(version.content) and withheld is None and not base_is_withheld
    fields: list[FieldChanges] = []
    besides: list[str] = []
    if base and may_compare:
        fields = compare_fields(told.fields_of(base), told.fields_of(version))
        besides = changed_besides_words(base.content, version.content)
    elif version.content and withheld is None:
        fields = as_published(told.fields_of(version))
    return ShownVersion(
        number=version.number,
        at=version.at,
        act=version.act,
        change_class=version.change_class,
        heading=_heading(version, is_first=base is None, is_back=any(row.act in AWAY_HEADINGS for row in preceding)),
        note=note_of(version),
        is_first=base is None and version.act == Act.PUBLISHED,
        is_away=version.act in AWAY_HEADINGS,
        is_unexplained=base is not None and _is_unexplained(version),
        is_compared=may_compare,
        withheld=withheld,
        neighbour_withheld=base.number if base and base_is_withheld and version.content and withheld is None else None,
        fields=fields,
        besides=besides,
    )


def _heading(version: PublishedVersion, *, is_first: bool, is_back: bool) -> "StrOrPromise":
    if version.act in AWAY_HEADINGS:
        return AWAY_HEADINGS[version.act]
    if is_first:
        return _("First published")
    if version.change_class in NOTED_CLASSES:
        return ChangeClass(version.change_class).label
    if is_back:
        return _("Back on the site")
    if _is_unexplained(version) or not version.change_class:
        return _("Changed")
    return ChangeClass(version.change_class).label


def _is_unexplained(version: PublishedVersion) -> bool:
    """Tell whether nobody said why: "update" is what the record puts down when nothing was said."""
    said_nothing = version.change_class in {"", ChangeClass.UPDATE} and not version.note
    return version.act == Act.PUBLISHED and version.source in WITHOUT_REASON and said_nothing


def _amendment(version: PublishedVersion, kind: AmendmentKind) -> RecordAmendment | None:
    return next((amendment for amendment in version.amendments.all() if amendment.kind == kind), None)


def _names(versions: Iterable[PublishedVersion]) -> dict[int, Mapping[str, str]]:
    """Return each version's names. A bulk import records none with a story's first version: for that, today's."""
    rows = list(versions)
    nameless = [row.content for row in rows if row.content and not row.names]
    today = recorded_names(
        {
            "bylines": [byline for content in nameless for byline in content.get("bylines", ())],
            "topics": [topic for content in nameless for topic in content.get("topics", ())],
            "section_id": next((content.get("section_id") for content in nameless), None),
            "dateline_place_id": next((content.get("dateline_place_id") for content in nameless), None),
        }
    )
    return {row.pk: row.names or today for row in rows}
