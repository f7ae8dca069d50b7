"""Under which topics a kept version of a story files it now: topics are merged and split after it was saved."""

from collections.abc import Sequence

from broadsheet.topics.models import RefiledStory, Topic


def last_refiling(story_id: int) -> int:
    """Return the number of the last move of a story between topics that is known now, 0 where there was none."""
    moves = RefiledStory.objects.filter(story_id=story_id).order_by("-pk")
    return moves.values_list("pk", flat=True).first() or 0


def topics_of_now(story_id: int, topics: Sequence[int], *, since: int) -> list[int]:
    """Return what has become of each of a version's topics, in their order; after them those that joined since.

    `since` is the last move that whoever saved the version knew of. A topic may come twice. What was merged is
    followed in every version, moved or not.
    """
    present = list(topics)
    moves = RefiledStory.objects.filter(story_id=story_id, pk__gt=since).order_by("pk")
    for left, joined in moves.values_list("left_id", "joined_id"):
        if left is None and joined not in present:
            present.append(joined)
        present = [joined if pk == left else pk for pk in present]
    named = Topic.objects.filter(pk__in=present).values_list("pk", "merged_into")
    merged = {pk: into for pk, into in named if into}
    return [merged.get(pk, pk) for pk in present]
