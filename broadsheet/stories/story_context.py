"""What a story's template is given, beyond the story itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.kit import clock
from broadsheet.masthead.models import Masthead
from broadsheet.stories.attachments import Byline, BylineRole
from broadsheet.stories.related import Below
from broadsheet.stories.selectors import attached_to, bylines_of
from broadsheet.stories.series_selectors import place_in_series
from broadsheet.stories.so_far_selectors import ShownSoFar, so_far_of
from broadsheet.stories.story_metadata import story_metadata
from broadsheet.topics.models import Topic

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from broadsheet.stories.models.story import Story
    from broadsheet.stories.notes import RecordSummary


@dataclass(frozen=True)
class Credit:
    """A contributor in a byline: who, and where they wrote from."""

    contributor: Contributor
    place: str


@dataclass(frozen=True)
class BylineGroup:
    """Everyone with the same role in a story, with the words that lead up to their names."""

    role: str
    lead_in: "StrOrPromise"
    credits: Sequence[Credit]


LEAD_INS = {
    BylineRole.BY: _("By"),
    BylineRole.WITH: _("with"),
    BylineRole.PHOTOGRAPHS: _("Photographs by"),
    BylineRole.DRAWINGS: _("Drawings by"),
    BylineRole.REPORTING: _("Additional reporting by"),
    BylineRole.TRANSLATION: _("Translated by"),
    BylineRole.EDITING: _("Edited by"),
}


AGENCY_ROLE = "agency"
"""Agencies stand after the people: "By A and B, with C in Jerusalem; AFP"."""


def group_bylines(bylines: Iterable[Byline]) -> list[BylineGroup]:
    """Return the bylines by role, roles in the order in which they are printed, names in the editor's order.

    Agencies that wrote with the paper's own people make a group of their own after these; alone they are its authors.
    """
    rows = list(bylines)
    by_people = any(_is_author(row) and not _is_agency(row) for row in rows)
    agencies = [row for row in rows if _is_author(row) and _is_agency(row)] if by_people else []
    groups = []
    for role, lead_in in LEAD_INS.items():
        groups.append(_group(role, lead_in, [row for row in rows if row.role == role and row not in agencies]))
        if role == BylineRole.WITH:
            groups.append(_group(AGENCY_ROLE, "", agencies))
    return [group for group in groups if group.credits]


def _group(role: str, lead_in: "StrOrPromise", rows: Iterable[Byline]) -> BylineGroup:
    return BylineGroup(role, lead_in, [Credit(row.contributor, row.place) for row in rows])


def _is_author(row: Byline) -> bool:
    return row.role == BylineRole.BY


def _is_agency(row: Byline) -> bool:
    return row.contributor.kind == ContributorKind.AGENCY


def story_context(story: "Story", request: HttpRequest, record: "RecordSummary") -> dict[str, Any]:
    """Return bylines, topics and further reading of a story, as published or as previewed.

    `record` is what the public record says of it.
    """
    is_preview = getattr(request, "is_preview", False)
    attached = attached_to(story.pk or 0)
    topics, pinned_ids = list(attached.topics), list(attached.pinned_ids)
    if is_preview:
        topics = [row.topic for row in story.story_topics.all()]
        pinned_ids = [row.related_id for row in story.pinned_related.all()]
    place = place_in_series(story.pk, attached.series_id, is_preview=is_preview) if attached.series_id else None
    bylines = list(story.bylines.all()) if is_preview else bylines_of(story.pk)
    updated_at = record.updated_at or story.updated_at
    return {
        "metadata": story_metadata(
            story,
            Masthead.load(request),
            bylines=bylines,
            topics=topics,
            place=place,
            updated_at=updated_at,
            notes=record.notes,
        ),
        "record": record,
        "changes_url": f"{story.url}changes/",
        "updated_at": updated_at,
        "bylines": group_bylines(bylines),
        "topics": topics,
        "below": _below(story, topics, pinned_ids, attached.similar_ids),
        "place": place,
        "so_far": _so_far(story, attached.series_id, topics),
    }


def _below(story: "Story", topics: Sequence[Topic], pinned_ids: Sequence[int], similar_ids: Sequence[int]) -> Below:
    return Below(
        story_id=story.pk or 0,
        section_id=story.section_id,
        published_at=story.first_published_at or clock.now(),
        topics=topics,
        pinned_ids=pinned_ids,
        similar_ids=similar_ids,
        language=story.language or settings.LANGUAGE_CODE,
    )


def _so_far(story: "Story", series_id: int | None, topics: Sequence[Topic]) -> ShownSoFar | None:
    """Return the story so far, where an editor wants it in the story."""
    if not story.shows_so_far:
        return None
    return so_far_of(series_id=series_id, topic_ids=[topic.pk for topic in topics])
