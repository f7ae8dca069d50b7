"""The topics of a story's kept versions: where a topic was merged or split since, a version follows.

Otherwise whoever opens a story after a split would put it back, with a version that was saved before.
"""

from itertools import zip_longest
from typing import Any

from broadsheet.topics.topics_of_now import last_refiling, topics_of_now

KNOWN_MOVES = "known_moves"
"""Of a version's content: the last move between topics that it knows of. Older versions know of none."""
ROWS = "story_topics"


def with_known_moves(content: dict[str, Any], story_id: int | None) -> dict[str, Any]:
    """Return what a version keeps, with which moves of its story it knows of."""
    return content | {KNOWN_MOVES: last_refiling(story_id) if story_id else 0}


def with_topics_of_now(content: dict[str, Any], story_id: int) -> dict[str, Any]:
    """Return a version's content with the topics under which it files the story now, each once."""
    rows = content.get(ROWS) or []
    if not rows:
        return content
    present = topics_of_now(story_id, [row["topic"] for row in rows], since=content.get(KNOWN_MOVES, 0))
    kept: dict[int, dict[str, Any]] = {}
    for row, topic in zip_longest(rows, present):
        if row is None:
            kept.setdefault(topic, {"pk": None, "story": story_id, "topic": topic, "sort_order": len(rows)})
        elif topic not in kept or row["topic"] == topic:
            kept[topic] = row | {"topic": topic}
    return content | {ROWS: list(kept.values())}
