"""Which topics have the same stories, for the report of near-duplicates."""

from collections import Counter, defaultdict
from itertools import combinations

from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.selectors import published
from broadsheet.topics.near_duplicates import LEAST_STORIES, Pair

STORIES_LOOKED_AT = 5_000
"""The newest of the paper: two topics that are one and the same are used side by side now."""
MOST_TOPICS = 20
"""Topics of one story that are looked at."""


def topics_together() -> dict[Pair, float]:
    """Return, for pairs of topics with at least five stories each, which share of the rarer one's stories both have."""
    newest = published().values("pk")[:STORIES_LOOKED_AT]
    by_story: dict[int, set[int]] = defaultdict(set)
    for story, topic in StoryTopic.objects.filter(story__in=newest).order_by().values_list("story", "topic"):
        by_story[story].add(topic)
    alone: Counter[int] = Counter()
    together: Counter[Pair] = Counter()
    for topics in by_story.values():
        alone.update(topics)
        together.update(combinations(sorted(topics)[:MOST_TOPICS], 2))
    shares = {(one, other): (count, min(alone[one], alone[other])) for (one, other), count in together.items()}
    return {pair: count / rarer for pair, (count, rarer) in shares.items() if rarer >= LEAST_STORIES}
