"""Which stories stand below a story: "Read more" by topic, and related ones by what they share with it.

Related stories are chosen by shared topics, section and recency, never simply the newest; an editor's pins
come first.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.kit import rendering
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.cards import StoryCard
from broadsheet.topics.cache_keys import topic_list_key
from broadsheet.topics.models import Topic

TOPICS_FOLLOWED = 3
"""Topics of a story whose other stories are looked at: its main ones come first."""
CANDIDATES_PER_TOPIC = 15
STORIES_PER_TOPIC = 3
RELATED_STORIES = 4
HALF_LIFE_DAYS = 60
"""Distance in time at which a candidate counts half."""
WEIGHT_OF_SECTION = 0.4
"""A shared section against one shared topic."""


@dataclass(frozen=True)
class TopicWithStories:
    """A topic and its latest stories other than the one being read."""

    topic: Topic
    cards: Sequence[StoryCard]


@dataclass(frozen=True)
class FurtherReading:
    """What stands below a story."""

    related: Sequence[StoryCard]
    read_more: Sequence[TopicWithStories]


@dataclass(frozen=True)
class Candidate:
    """A published story that might be related, with what the choice needs to know of it."""

    pk: int
    section_id: int | None
    published_at: dt.datetime


@dataclass(frozen=True)
class Candidates:
    """The stories that may stand below a story: by topic, and all of them in the order of their worth."""

    by_topic: dict[Topic, list[Candidate]]
    ranked_ids: Sequence[int]


def find_candidates(
    *,
    story_id: int,
    section_id: int | None,
    published_at: dt.datetime,
    topics: Sequence[Topic],
    pinned_ids: Sequence[int],
) -> Candidates:
    """Return what might stand below a story: the editor's pins first, then by shared topics, section and recency."""
    rendering.read_under(topic_list_key(topic.pk) for topic in topics[:TOPICS_FOLLOWED])
    by_topic = {topic: _candidates(topic, story_id) for topic in topics[:TOPICS_FOLLOWED]}
    ranked = _ranked(by_topic, section_id=section_id, published_at=published_at)
    ranked_ids = [*pinned_ids, *(pk for pk in ranked if pk not in pinned_ids)]
    return Candidates(by_topic, [pk for pk in ranked_ids if pk != story_id])


def further_reading(candidates: Candidates, cards: dict[int, StoryCard]) -> FurtherReading:
    """Return related stories and "Read more" from the candidates' cards; no story stands in both."""
    related = [cards[pk] for pk in candidates.ranked_ids if pk in cards][:RELATED_STORIES]
    return FurtherReading(related, _read_more(candidates.by_topic, cards, shown={card.pk for card in related}))


def _candidates(topic: Topic, story_id: int) -> list[Candidate]:
    rows = (
        StoryTopic.objects.filter(topic=topic, story__live=True, published_at__isnull=False)
        .exclude(story_id=story_id)
        .order_by("-published_at", "-story_id")
        .values_list("story_id", "story__section_id", "published_at")[:CANDIDATES_PER_TOPIC]
    )
    return [Candidate(*row) for row in rows]


def _ranked(
    by_topic: dict[Topic, list[Candidate]],
    *,
    section_id: int | None,
    published_at: dt.datetime,
) -> list[int]:
    scores: dict[int, float] = defaultdict(float)
    for candidates in by_topic.values():
        weight = 1 / math.sqrt(len(candidates) or 1)
        for candidate in candidates:
            scores[candidate.pk] += (0.5 + weight) * _nearness(candidate, published_at)
    for candidate in {candidate for candidates in by_topic.values() for candidate in candidates}:
        if section_id is not None and candidate.section_id == section_id:
            scores[candidate.pk] += WEIGHT_OF_SECTION * _nearness(candidate, published_at)
    return sorted(scores, key=lambda pk: (-scores[pk], -pk))


def _nearness(candidate: Candidate, published_at: dt.datetime) -> float:
    days = abs((candidate.published_at - published_at).total_seconds()) / 86_400
    return float(0.5 ** (days / HALF_LIFE_DAYS))


def _read_more(
    by_topic: dict[Topic, list[Candidate]],
    cards: dict[int, StoryCard],
    *,
    shown: set[int],
) -> list[TopicWithStories]:
    groups = []
    shown = set(shown)
    for topic, candidates in by_topic.items():
        fresh = [cards[c.pk] for c in candidates if c.pk in cards and c.pk not in shown][:STORIES_PER_TOPIC]
        shown.update(card.pk for card in fresh)
        if fresh:
            groups.append(TopicWithStories(topic, fresh))
    return groups
