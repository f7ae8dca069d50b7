"""Notes with each row of the record in which month readers find a story under its topics; in none while it is away."""

import datetime as dt
from collections.abc import Iterator

from broadsheet.kit.statements import Statement
from broadsheet.stories.attachments import StoryTopic, month_of
from broadsheet.stories.models import PublishedVersion, RecordedKind

TABLE = StoryTopic._meta.db_table
DATED = f"UPDATE {TABLE} SET month = %s WHERE story_id = %s AND (month IS NULL OR month <> %s)"  # noqa: S608  our own table
ONCE = f"""UPDATE {TABLE} SET month = NULL WHERE story_id = %s AND month IS NOT NULL
    AND id NOT IN (SELECT MIN(id) FROM {TABLE} WHERE story_id = %s GROUP BY topic_id)"""  # noqa: S608  our own table
"""A topic that was chosen twice counts once."""
UNDATED = f"UPDATE {TABLE} SET month = NULL WHERE story_id = %s AND month IS NOT NULL"  # noqa: S608  our own table


def dating_topics(version: PublishedVersion) -> Iterator[Statement]:
    """Yield the statements to run with a version's row; none for what is no story."""
    if version.kind != RecordedKind.STORY:
        return
    published = version.content.get("first_published_at")
    if not published:
        yield UNDATED, [version.object_id]
        return
    month = month_of(dt.datetime.fromisoformat(published))
    yield DATED, [month, version.object_id, month]
    yield ONCE, [version.object_id, version.object_id]
