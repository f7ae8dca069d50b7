"""Bring an imported story up to date with its changed source, unless someone has edited it here."""

from __future__ import annotations

import json

from django.db import transaction

from broadsheet.publishing.occasion import Occasion, on_occasion
from broadsheet.publishing.record_act import last_version, record_act
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.bulk_load import StoryRecord
from broadsheet.stories.models import Act, RecordedKind, Source, Story
from broadsheet.stories.shelves import place_story

COPIED = (
    "standfirst", "language", "section_id", "lead_photo_id", "lead_photo_caption", "updated_at", "live", "expired",
)  # fmt: skip


class UpdateRefused(Exception):
    """The story was edited here since the import; the editor's text stays."""


@transaction.atomic
def update_story(*, story_id: int, record: StoryRecord) -> Story:
    """Write a changed source into its story and put it on the shelf of its date; no revision is made.

    An imported story has no revision until someone edits it, so a revision tells of an edit. Its slug stays: addresses
    do not change because a source did. Raises UpdateRefused and Story.DoesNotExist.
    """
    story = Story.objects.select_for_update(of=("self",)).get(pk=story_id)
    if story.latest_revision_id is not None:
        raise UpdateRefused("the story stays as it was edited here; compare it with the source by hand")
    was_public = story.live or story.first_published_at is not None
    for name in COPIED:
        setattr(story, name, getattr(record, name))
    story.title = story.draft_title = record.headline[:255]
    story.kicker = record.kicker[:60]
    story.search_description = record.description
    story.expire_at = record.expires_at
    story.canonical_url = record.canonical_url[:200]
    story.first_published_at = record.published_at
    story.last_published_at = record.updated_at or record.published_at
    story.has_unpublished_changes = not record.live and not record.expired
    story.body = json.dumps(list(record.body), ensure_ascii=False)
    story.bylines = [
        Byline(contributor_id=contributor, role=role, sort_order=place)
        for place, (contributor, role) in enumerate(record.bylines)
    ]
    story.story_topics = [StoryTopic(topic_id=topic, sort_order=place) for place, topic in enumerate(record.topics)]
    story.save(clean=False)
    place_story(story, was_public=was_public)
    with on_occasion(Occasion(source=Source.IMPORT)):
        _record(story)
    return story


def _record(story: Story) -> None:
    """Put on the record what readers now see, unless they saw nothing before and see nothing now."""
    if story.live:
        record_act(instance=story)
    elif (last := last_version(RecordedKind.STORY, story.pk)) and last.act == Act.PUBLISHED:
        record_act(instance=story, act=Act.UNPUBLISHED)
