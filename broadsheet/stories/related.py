"""Which stories stand below a story: "Read more" by topic, and related ones by what they share with it.

Related stories are chosen by shared topics, section and recency, never simply the newest, and by how much they read
like the story (`note_similar.py`); an editor's pins come first.
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadsheet.kit import rendering
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.cards import StoryCard
from broadsheet.stories.read_together import Row, moment_from, read_together
from broadsheet.stories.selectors import cards_by_id
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
WEIGHT_OF_LIKENESS = 0.8
"""Of the story that reads most like this one, however old it is: as much as one on a shared topic of the same weeks."""
LIKENESS_FADES = 0.85
"""What each further place counts against the one before it."""


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
    similar_ids: Sequence[int] = (),
) -> Candidates:
    """Return what might stand below a story, by shared topics, section, recency and likeness."""
    followed = topics[:TOPICS_FOLLOWED]
    found = _on_topics([topic.pk for topic in followed])
    by_topic = {topic: _others(found[topic.pk].stories, story_id) for topic in followed}
    ranked = _ranked(by_topic, similar_ids, section_id=section_id, published_at=published_at)
    return Candidates(by_topic, ranked)


def further_reading(candidates: Candidates, *, pinned_ids: Sequence[int]) -> FurtherReading:
    """Return related stories, the editor's pins first, and "Read more"; no story stands in both.

    Only the cards of what is shown are read, so that no page hears of stories that it might have shown.
    """
    pinned = list(cards_by_id(pinned_ids)) if pinned_ids else []
    in_order = [pk for pk in pinned_ids if pk in pinned] + [pk for pk in candidates.ranked_ids if pk not in pinned]
    related_ids = in_order[:RELATED_STORIES]
    groups = _read_more(candidates.by_topic, shown=set(related_ids))
    cards = cards_by_id([*related_ids, *(pk for ids in groups.values() for pk in ids)])
    return FurtherReading(
        [cards[pk] for pk in related_ids if pk in cards],
        [TopicWithStories(topic, [cards[pk] for pk in ids if pk in cards]) for topic, ids in groups.items()],
    )


@dataclass(frozen=True)
class Below:
    """All of a story on which it depends what stands below it."""

    story_id: int
    section_id: int | None
    published_at: dt.datetime
    topics: Sequence[Topic]
    pinned_ids: Sequence[int]
    similar_ids: Sequence[int]
    language: str

    def reading(self) -> FurtherReading:
        """Return what stands below the story now."""
        candidates = find_candidates(
            story_id=self.story_id,
            section_id=self.section_id,
            published_at=self.published_at,
            topics=self.topics,
            similar_ids=self.similar_ids,
        )
        return further_reading(candidates, pinned_ids=[pk for pk in self.pinned_ids if pk != self.story_id])


@dataclass(frozen=True)
class OnTopic:
    """The newest published stories on a topic: one more than are looked at, for the story below which they stand."""

    topic_id: int
    stories: tuple[Candidate, ...]


def _on_topics(topic_ids: Iterable[int]) -> dict[int, OnTopic]:
    return rendering.remembered_each("stories on topic", topic_ids, _read_topics, _on_topic)


def _read_topics(topic_ids: Iterable[int]) -> dict[int, OnTopic]:
    rows = read_together(
        {
            pk: StoryTopic.objects.filter(topic=pk, story__live=True, published_at__isnull=False)
            .order_by("-published_at", "-story_id")
            .values_list("story_id", "story__section_id", "published_at")[: CANDIDATES_PER_TOPIC + 1]
            for pk in topic_ids
        }
    )
    return {pk: OnTopic(pk, tuple(_newest_first(found))) for pk, found in rows.items()}


def _newest_first(rows: Iterable[Row]) -> list[Candidate]:
    found = [Candidate(pk, section_id, moment_from(moment)) for pk, section_id, moment in rows]
    return sorted(found, key=lambda one: (one.published_at, one.pk), reverse=True)


def _on_topic(found: OnTopic) -> OnTopic:
    rendering.read_under([topic_list_key(found.topic_id)])
    return found


def _others(found: Sequence[Candidate], story_id: int) -> list[Candidate]:
    return [one for one in found if one.pk != story_id][:CANDIDATES_PER_TOPIC]


def _ranked(
    by_topic: dict[Topic, list[Candidate]],
    similar_ids: Sequence[int],
    *,
    section_id: int | None,
    published_at: dt.datetime,
) -> list[int]:
    scores: dict[int, float] = defaultdict(float)
    for place, pk in enumerate(similar_ids):
        scores[pk] += WEIGHT_OF_LIKENESS * LIKENESS_FADES**place
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


def _read_more(by_topic: dict[Topic, list[Candidate]], *, shown: set[int]) -> dict[Topic, list[int]]:
    """Return for each topic the stories that stand under it; none stands under two, and no topic without one."""
    groups = {}
    for topic, candidates in by_topic.items():
        fresh = [one.pk for one in candidates if one.pk not in shown][:STORIES_PER_TOPIC]
        shown.update(fresh)
        if fresh:
            groups[topic] = fresh
    return groups
