"""What is part of what: topics stand below topics, to any depth, and never below themselves."""

from broadsheet.topics.models import Topic


def stands_below(topic: Topic, other: Topic) -> bool:
    """Tell whether a topic is part of another, or of a part of it. Follows no circle for ever, should there be one."""
    seen: set[int] = set()
    above = topic.parent_id
    while above is not None and above not in seen:
        if above == other.pk:
            return True
        seen.add(above)
        above = Topic.objects.filter(pk=above).values_list("parent", flat=True).first()
    return False
