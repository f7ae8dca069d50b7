"""Remembers that two topics which look alike are not the same, or forgets it again."""

from broadsheet.kit import clock
from broadsheet.topics.models import DistinctTopics, Topic


def keep_apart(*, one: Topic, other: Topic, by_name: str = "") -> None:
    """Leave the two out of the report of near-duplicates from now on. Raises ValueError for a topic and itself."""
    if one.pk == other.pk:
        raise ValueError("A topic is the same as itself.")
    first, second = sorted((one, other), key=lambda topic: topic.pk)
    DistinctTopics.objects.get_or_create(one=first, other=second, defaults={"by_name": by_name, "at": clock.now()})


def compare_again(*, one: Topic, other: Topic) -> None:
    """Let the report name the two again."""
    first, second = sorted((one, other), key=lambda topic: topic.pk)
    DistinctTopics.objects.filter(one=first, other=second).delete()
