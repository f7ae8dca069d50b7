"""Every read of the public record of stories. Apart from `selectors.py`, on which the models of pages stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KT

from broadsheet.kit import rendering
from broadsheet.kit.paging import Cursor, Slice, older_than
from broadsheet.pages.cache_keys import card_key
from broadsheet.pages.models import BasePage, default_language
from broadsheet.stories.cache_keys import CORRECTIONS
from broadsheet.stories.notes import Note, RecordSummary, note_from, summarise
from broadsheet.stories.record import (
    NOTED_CLASSES,
    Act,
    AmendmentKind,
    PublishedVersion,
    RecordedKind,
    Takedown,
)

VERSIONS_LENGTH = 20
"""Versions on one page of a story's changes."""
NOTES_LENGTH = 30
"""Notes on one page of the paper's corrections."""
NOTE_COLUMNS = (
    "pk",
    "object_id",
    "number",
    "change_class",
    "note",
    "at",
    "is_serious",
    "withdrawn_at",
    "withdrawn_because",
)

IS_NOTED = RawSQL(  # noqa: S611 (our own constants; nothing of a request)
    f'"{PublishedVersion._meta.db_table}"."change_class" IN ({", ".join(repr(str(name)) for name in NOTED_CLASSES)})',
    (),
    BooleanField(),
)
"""Word for word the condition of the index `published_version_noted`: SQLite does not find the index for one whose
values come as parameters, and would read the whole record of the paper."""


@dataclass(frozen=True)
class VersionsSlice:
    """Some versions of a story, newest first, and what is needed to say what changed with each.

    `before` are versions older than these: the next one, and the newest of them that holds a text.
    """

    rows: Sequence[PublishedVersion]
    before: Sequence[PublishedVersion]
    older: int | None


def record_of(story_id: int) -> RecordSummary:
    """Return what a story's page tells of its record. Surrogate key of the answer: `a:ID`.

    In one query; in two when there are notes, which may have been withdrawn.
    """
    versions = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story_id).order_by("-number")
    rows = list(versions.values("at", "change_class", "act", "source"))
    if any(row["change_class"] in NOTED_CLASSES for row in rows):
        rows = list(with_withdrawals(versions).values(*NOTE_COLUMNS, "act", "source"))
    return summarise(rows)


def records_of(story_ids: Sequence[int]) -> dict[int, RecordSummary]:
    """Return what the record says of each of some stories, in one query. Surrogate keys of the answer: their `a:ID`."""
    versions = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id__in=story_ids)
    rows: dict[int, list[dict[str, Any]]] = {pk: [] for pk in story_ids}
    for row in with_withdrawals(versions).order_by("-number").values(*NOTE_COLUMNS, "act", "source"):
        rows[row["object_id"]].append(row)
    return {pk: summarise(found) for pk, found in rows.items()}


def versions_of(story_id: int, *, before: int | None = None, limit: int = VERSIONS_LENGTH) -> VersionsSlice:
    """Return a story's versions with a lower number than `before` (all when not given), as many as make a page.

    Surrogate key of the answer: `a:ID`.
    """
    versions = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story_id)
    if before is not None:
        versions = versions.filter(number__lt=before)
    found = list(versions.order_by("-number").prefetch_related("amendments")[: limit + 1])
    shown, rest = found[:limit], found[limit:]
    if rest and rest[0].act != Act.PUBLISHED:
        texts = versions.filter(number__lt=rest[0].number, act=Act.PUBLISHED)
        rest += texts.order_by("-number").prefetch_related("amendments")[:1]
    return VersionsSlice(shown, rest, shown[-1].number if rest else None)


def newest_version_number(story_id: int) -> int:
    """Return the number of a story's newest version, 0 for one without a record."""
    versions = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story_id)
    return versions.aggregate(newest=Max("number"))["newest"] or 0


@dataclass(frozen=True)
class ListedNote:
    """A note on the page of corrections. `url` is empty when readers cannot read the story now."""

    note: Note
    headline: str
    url: str
    language: str
    text_direction: str
    has_changes_page: bool
    """Stories have a page that shows what changed; other pages have none."""


def latest_notes(*, limit: int = NOTES_LENGTH, before: Cursor | None = None) -> Slice[ListedNote]:
    """Return the newest notes of the paper, without those of stories that were taken down.

    Surrogate keys of the answer: `l:corrections:0`, and `c:ID` of each of their stories.
    """
    found = list(noted_versions().filter(older_than(before, moment_field="at"))[: limit + 1])
    shown = found[:limit]
    rendering.read_under([CORRECTIONS, *(card_key(row["object_id"]) for row in shown)])
    pages = BasePage.objects.live().in_bulk({row["object_id"] for row in shown})
    older = Cursor(shown[-1]["at"], shown[-1]["pk"]) if len(found) > limit else None
    return Slice([_listed_note(row, pages.get(row["object_id"])) for row in shown], older)


def noted_versions() -> "QuerySet[PublishedVersion, dict[str, Any]]":
    """Return all versions with a note for the page of corrections, newest first, as `latest_notes` reads them."""
    taken_down = Takedown.objects.filter(page_id=OuterRef("object_id"), lifted_at__isnull=True)
    noted = PublishedVersion.objects.filter(IS_NOTED, ~Exists(taken_down))
    withholding = FilteredRelation("amendments", condition=Q(amendments__kind=AmendmentKind.WORDS_WITHHELD))
    told = with_withdrawals(noted).annotate(
        withholding=withholding, title=KT("content__title"), language=KT("content__language")
    )
    columns = (*NOTE_COLUMNS, "kind", "title", "language")
    return told.order_by("-at", "-pk").values(*columns, withheld_at=F("withholding__at"))


def with_withdrawals(versions: "QuerySet[PublishedVersion]") -> "QuerySet[PublishedVersion]":
    """Add to versions whether, when and why their notes were withdrawn, for `note_from`."""
    withdrawal = FilteredRelation("amendments", condition=Q(amendments__kind=AmendmentKind.NOTE_WITHDRAWN))
    return versions.annotate(withdrawal=withdrawal).annotate(
        withdrawn_at=F("withdrawal__at"), withdrawn_because=F("withdrawal__reason")
    )


def _listed_note(row: dict[str, Any], page: BasePage | None) -> ListedNote:
    headline = page.title if page else "" if row["withheld_at"] else row["title"] or ""
    language = page.language if page else row["language"] or default_language()
    return ListedNote(
        note=note_from(row),
        headline=headline,
        url=(page.url or "") if page else "",
        language=language,
        text_direction=BasePage(language=language).text_direction,
        has_changes_page=row["kind"] == RecordedKind.STORY,
    )
