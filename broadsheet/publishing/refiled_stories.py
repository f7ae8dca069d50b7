"""Under which topics readers found a story until now, where it was moved since its last row of the record."""

from collections.abc import Iterator, Sequence
from copy import copy

from broadsheet.kit.statements import Row, Statement
from broadsheet.stories.models import PublishedVersion, RecordedKind
from broadsheet.topics.models import RefiledStory

TAKEN = f"""UPDATE {RefiledStory._meta.db_table} SET is_recorded = TRUE WHERE story_id = %s AND NOT is_recorded
    RETURNING id, left_id, joined_id"""  # noqa: S608  our own table


def taking_refiled(version: PublishedVersion) -> Iterator[Statement]:
    """Yield the statement that returns where a story was moved and notes it as told: the new row says it."""
    if version.kind == RecordedKind.STORY:
        yield TAKEN, [version.object_id]


def as_refiled(before: PublishedVersion | None, refiled: Sequence[Row]) -> PublishedVersion | None:
    """Return the last row of the record with the topics under which readers found the story in the end."""
    if before is None or not refiled or not before.content:
        return before
    topics = list(before.content["topics"])
    for _, left, joined in sorted(refiled):
        topics = [pk for pk in topics if pk not in {left, joined}] + [joined]
    moved = copy(before)
    moved.content = before.content | {"topics": topics}
    return moved
