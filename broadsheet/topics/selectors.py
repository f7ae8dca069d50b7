"""Reads of topics."""

from collections.abc import Iterator

from broadsheet.topics.find_topics import FoundTopic, TopicFinder
from broadsheet.topics.models import Topic, TopicSynonym


def topic_names() -> Iterator[tuple[str, int]]:
    """Yield every name and synonym under which a topic that still stands may be mentioned, with the topic's id."""
    yield from Topic.objects.filter(merged_into=None).order_by().values_list("name", "pk")
    yield from TopicSynonym.objects.filter(topic__merged_into=None).order_by().values_list("name", "topic_id")


def topics_in(text: str, *, limit: int) -> list[tuple[Topic, FoundTopic]]:
    """Return the topics that a text names, the most often named first."""
    found = TopicFinder(topic_names()).find(text)[:limit]
    topics = Topic.objects.in_bulk([one.topic_id for one in found])
    return [(topics[one.topic_id], one) for one in found]
