"""Reads of topics."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from broadsheet.topics.find_topics import FoundTopic, TopicFinder
from broadsheet.topics.models import DistinctTopics, Topic, TopicSynonym
from broadsheet.topics.near_duplicates import NamedTopic, NearDuplicate, Pair, near_duplicates


def topic_names() -> Iterator[tuple[str, int]]:
    """Yield every name and synonym under which a topic that still stands may be mentioned, with the topic's id."""
    yield from Topic.objects.filter(merged_into=None).order_by().values_list("name", "pk")
    yield from TopicSynonym.objects.filter(topic__merged_into=None).order_by().values_list("name", "topic_id")


def topics_in(text: str, *, limit: int) -> list[tuple[Topic, FoundTopic]]:
    """Return the topics that a text names, the most often named first."""
    found = TopicFinder(topic_names()).find(text)[:limit]
    topics = Topic.objects.in_bulk([one.topic_id for one in found])
    return [(topics[one.topic_id], one) for one in found]


def named_topics() -> list[NamedTopic]:
    """Return every topic that still stands with its names, in two queries."""
    synonyms: dict[int, list[str]] = defaultdict(list)
    for pk, name in TopicSynonym.objects.order_by("pk").values_list("topic_id", "name"):
        synonyms[pk].append(name)
    rows = Topic.objects.filter(merged_into=None).order_by("pk").values_list("pk", "name")
    return [NamedTopic(pk, name, tuple(synonyms[pk])) for pk, name in rows]


def topics_that_look_alike(*, together: Mapping[Pair, float]) -> list[NearDuplicate]:
    """Return the near-duplicates of which nobody has said that they are not the same."""
    distinct = set(DistinctTopics.objects.values_list("one_id", "other_id"))
    pairs = near_duplicates(named_topics(), together=together)
    return [pair for pair in pairs if (pair.one, pair.other) not in distinct]
