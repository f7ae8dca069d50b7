"""What stands on a topic's page besides its latest stories: key facts, its stories by month, topics near it."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from broadsheet.kit import rendering
from broadsheet.kit.paging import Cursor, Slice
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.selectors import MonthOfStories, attached_slice, topics_by_id
from broadsheet.stories.so_far_selectors import ShownSoFar, so_far_of
from broadsheet.topics.cache_keys import company_key, topic_list_key, topic_page_key
from broadsheet.topics.models import Topic, TopicFact

STORIES_LOOKED_AT = 200
"""The newest stories of a topic, from whose other topics the related ones are chosen: what was written about with it
ten years ago says little of it now, and the cost stays the same for a topic with 100,000 stories."""
LEAST_TOGETHER = 2
"""Stories that two topics must share; a single one may be chance."""
RELATED_TOPICS = 8


@dataclass(frozen=True)
class YearOfTopic:
    """A year of a topic: its months that have stories, and how many stories these are."""

    year: int
    months: Sequence[MonthOfStories]

    @property
    def count(self) -> int:
        """How many stories the year has."""
        return sum(month.count for month in self.months)


@dataclass(frozen=True)
class TopicSurroundings:
    """What a topic's first page shows beside its latest stories."""

    facts: Sequence[TopicFact]
    subtopics: Sequence[Topic]
    related: Sequence[Topic]
    years: Sequence[YearOfTopic]
    so_far: ShownSoFar | None


def surroundings_of(topic: Topic) -> TopicSurroundings:
    """Return what stands around a topic's list. Surrogate keys: `tp:ID`, `l:topic:ID`, `l:company:ID`."""
    rendering.read_under([topic_page_key(topic.pk), topic_list_key(topic.pk), company_key(topic.pk)])
    subtopics = list(topic.children.filter(merged_into=None).order_by("name", "pk"))
    known = {topic.parent_id, *(one.pk for one in subtopics)}
    return TopicSurroundings(
        facts=list(topic.facts.all()),
        subtopics=subtopics,
        related=[one for one in _related_topics(topic) if one.pk not in known],
        years=years_of_topic(topic),
        so_far=so_far_of(topic_ids=[topic.pk]),
    )


def years_of_topic(topic: Topic) -> list[YearOfTopic]:
    """Return how many stories a topic has in each month, newest first. Surrogate key: `l:topic:ID`.

    Counted in one index (`story_topic_by_month`), which holds what readers see, each story once.
    """
    rendering.read_under([topic_list_key(topic.pk)])
    counted = (
        StoryTopic.objects.filter(topic=topic, month__isnull=False)
        .order_by("-month")
        .values_list("month")
        .annotate(stories=Count("*"))
    )
    months = [MonthOfStories(month, count) for month, count in counted]
    return [YearOfTopic(year, list(rows)) for year, rows in groupby(months, key=lambda month: month.first_day.year)]


def stories_on_topic_in_month(topic: Topic, first_day: dt.date, *, before: Cursor | None = None) -> Slice[StoryCard]:
    """Return the stories about a topic that were first published in the month that begins on `first_day`."""
    rendering.read_under([topic_list_key(topic.pk)])
    return attached_slice(StoryTopic.objects.filter(topic=topic, month=first_day), before=before)


def _related_topics(topic: Topic) -> list[Topic]:
    """Return the topics that stand most often beside this one in its newest stories; of equals the older one first.

    In two queries: of one with both SQLite reads every row of the table.
    """
    newest = StoryTopic.objects.filter(topic=topic, month__isnull=False).order_by("-month", "-published_at", "-story")
    stories = list(newest.values_list("story", flat=True)[:STORIES_LOOKED_AT])
    rows = StoryTopic.objects.filter(story__in=stories).order_by().values_list("topic", "story")
    together = Counter(pk for pk, _story in set(rows) if pk != topic.pk)
    ranked = sorted((-count, pk) for pk, count in together.items() if count >= LEAST_TOGETHER)
    ids = [pk for _count, pk in ranked[:RELATED_TOPICS]]
    topics = topics_by_id(ids)
    return [topics[pk] for pk in ids if not topics[pk].merged_into_id]
