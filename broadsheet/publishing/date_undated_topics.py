"""Writes the month of stories under their topics where a process of an older version, which knew of none, left it out.

While nodes are upgraded one after the other, such processes go on publishing for a while.
"""

from django.db.models import Exists, OuterRef

from broadsheet.changes.append_change import append_change
from broadsheet.kit.statements import run_together
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.dating_topics import dating_topics
from broadsheet.publishing.record_act import last_version
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.models import Act, PublishedVersion, RecordedKind
from broadsheet.topics.cache_keys import company_key, topic_list_key

ROWS_LOOKED_AT = 5_000
"""The newest of the record: what was published in the last hours, on a busy day."""


def date_undated_topics() -> int:
    """Repair what was published lately and stands in no month; return how many stories that were."""
    newest = PublishedVersion.objects.filter(kind=RecordedKind.STORY).order_by("-pk")
    lately = set(newest.values_list("object_id", flat=True)[:ROWS_LOOKED_AT])
    dated = StoryTopic.objects.filter(story=OuterRef("story"), topic=OuterRef("topic"), month__isnull=False)
    undated = StoryTopic.objects.filter(story__in=lately, story__live=True, month=None).exclude(Exists(dated))
    stories = set(undated.order_by().values_list("story", flat=True))
    return sum(_date(story_id) for story_id in sorted(stories))


def _date(story_id: int) -> bool:
    with write_transaction():
        version = last_version(RecordedKind.STORY, story_id)
        if version is None or version.act != Act.PUBLISHED or not version.content.get("first_published_at"):
            return False
        run_together(dating_topics(version))
        topics = StoryTopic.objects.filter(story=story_id).values_list("topic", flat=True)
        append_change(keys={key(pk) for pk in topics for key in (topic_list_key, company_key)})
    return True
