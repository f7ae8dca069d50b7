"""Stories that are another's work, wholly or in part: the paper may show them to readers, and not hand them on.

A contract with an agency ends at the paper's own pages. A room above may know of more such stories than stand here; it
registers what it knows when it is installed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from broadsheet.bylines.models import Contributor, ContributorKind
from broadsheet.stories.attachments import Byline, BylineRole
from broadsheet.stories.models import Act, PublishedVersion, RecordedKind, Story

OthersWork = Callable[[Sequence[int]], set[int]]
"""Given numbers of stories, returns those of them that are another's work."""
OF_PICTURES = (BylineRole.PHOTOGRAPHS, BylineRole.DRAWINGS)
"""Whether a picture may be handed on is for its licence to say."""
_known_above: list[OthersWork] = []


def register_others_work(find: OthersWork) -> None:
    """Have stories counted as another's work for a reason that a room above knows, once."""
    if find not in _known_above:
        _known_above.append(find)


def others_work(story_ids: Sequence[int]) -> set[int]:
    """Return which of some stories are another's work now: taken over, by an agency, or as a room above says."""
    taken_over = Story.objects.filter(pk__in=story_ids).exclude(canonical_url="").order_by()
    by_agency = Byline.objects.filter(story__in=story_ids, contributor__kind=ContributorKind.AGENCY)
    found = {*taken_over.values_list("pk", flat=True)}
    found |= {*by_agency.exclude(role__in=OF_PICTURES).order_by().values_list("story_id", flat=True)}
    return found | _known_by_rooms_above(story_ids)


def ever_own(story_ids: Sequence[int]) -> set[int]:
    """Return which of some stories were the paper's own in any version that was published, as the record has them."""
    versions = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id__in=story_ids, act=Act.PUBLISHED)
    rows = list(versions.order_by().values("object_id", "content__canonical_url", "content__bylines"))
    writers = {pk for row in rows for pk in _writers(row)}
    known = Contributor.objects.filter(pk__in=writers, kind=ContributorKind.AGENCY)
    agencies = {*known.values_list("pk", flat=True)}
    own = {row["object_id"] for row in rows if not row["content__canonical_url"] and not _writers(row) & agencies}
    return own - _known_by_rooms_above(story_ids)


def _writers(row: Mapping[str, Any]) -> set[int]:
    bylines: Iterable[Sequence[Any]] = row["content__bylines"] or ()
    return {contributor_id for contributor_id, role, *_ in bylines if role not in OF_PICTURES}


def _known_by_rooms_above(story_ids: Sequence[int]) -> set[int]:
    return {pk for find in _known_above for pk in find(story_ids)}
