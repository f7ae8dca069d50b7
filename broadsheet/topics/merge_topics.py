"""Makes one topic of two: what was filed under the one stands under the other, and old links go on working."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from broadsheet.changes.append_change import append_change
from broadsheet.kit.text import fold
from broadsheet.topics.cache_keys import topic_key, topic_names_key, topic_page_key
from broadsheet.topics.log_acts import MERGED
from broadsheet.topics.models import MoveKind, MoveState, Topic, TopicMove, TopicRedirect, TopicSynonym
from broadsheet.topics.move_stories import begin_move, end_move, move_batch, refuse_impossible
from broadsheet.topics.parts import stands_below
from broadsheet.topics.selection import also_under, count_stories, rows_under


@dataclass(frozen=True)
class MergePlan:
    """What a merge will change."""

    stories: int
    already_there: int
    """Stories that are filed under both; they keep one of the two rows."""
    synonyms: Sequence[str]
    """The names that become synonyms of the other."""
    children: Sequence[Topic]
    addresses: Sequence[str]
    """The slugs that lead to the other from then on."""


def plan_merge(*, merged: Topic, into: Topic) -> MergePlan:
    """Return what merging `merged` into `into` will change; raises CannotMoveError."""
    refuse_impossible(merged, into)
    rows = rows_under(merged)
    earlier = merged.merged_topics.values_list("slug", flat=True)
    return MergePlan(
        stories=count_stories(rows),
        already_there=count_stories(also_under(rows, into)),
        synonyms=_new_names(merged, into),
        children=list(merged.children.exclude(pk=into.pk)),
        addresses=[merged.slug, *sorted({*earlier, *merged.old_slugs.values_list("old_slug", flat=True)})],
    )


@transaction.atomic
def merge_topics(*, merged: Topic, into: Topic, by_id: int | None = None, by_name: str = "") -> MergePlan:
    """Move stories, synonyms and subtopics of `merged` to `into`, and lead readers from the one to the other.

    `merged` stays as a row that redirects; its name becomes a synonym, so that texts which use it are still found.
    Kept versions of stories that name `merged` follow when they are opened (`topics_of_now.py`). All in one
    transaction; `begin_move` and `go_on_moving` merge big topics in several. Raises CannotMoveError.
    """
    plan = plan_merge(merged=merged, into=into)
    move = begin_move(kind=MoveKind.MERGE, source=merged, target=into, by_id=by_id, by_name=by_name)
    while not move_batch(move):
        pass
    close_merged(move)
    return plan


def close_merged(move: TopicMove) -> None:
    """End a merge: give names, subtopics and addresses of the one to the other, and lead readers on."""
    merged, into = move.source, move.target
    names = _new_names(merged, into)
    move.details = details = _before(merged, into, names)
    TopicSynonym.objects.bulk_create([TopicSynonym(topic=into, name=name) for name in names])
    merged.synonyms.all().delete()
    append_change(keys={topic_names_key(merged.pk), topic_names_key(into.pk)})
    if details["other_parent"]:  # below itself otherwise, since what was below `merged` comes below `into`
        into.parent = merged.parent if merged.parent_id != into.pk else None
        into.save(update_fields=["parent"])
    merged.children.exclude(pk=into.pk).update(parent=into)
    merged.merged_topics.update(merged_into=into)
    TopicRedirect.objects.filter(topic=merged).update(topic=into)
    merged.merged_into = into
    merged.parent = None
    merged.save(update_fields=["merged_into", "parent"])
    end_move(move, MoveState.DONE)
    log(instance=merged, action=MERGED, data={"into": into.name, "stories": move.moved})
    append_change(
        keys={topic_key(pk) for pk in (merged.pk, *details["merged_before"])} | keys_of_parts(into, details["children"])
    )


def keys_of_parts(into: Topic, parts: Sequence[int]) -> set[str]:
    """Return the keys of topics that became part of another, or were, and of that one."""
    return {topic_page_key(pk) for pk in (into.pk, *parts)} if parts else set()


def _before(merged: Topic, into: Topic, names: Sequence[str]) -> dict[str, Any]:
    """Return what it takes to undo the merge."""
    return {
        "added_names": list(names),
        "own_names": list(merged.synonyms.values_list("name", flat=True)),
        "children": list(merged.children.exclude(pk=into.pk).values_list("pk", flat=True)),
        "parent": merged.parent_id,
        "other_parent": into.parent_id if stands_below(into, merged) else None,
        "old_slugs": list(merged.old_slugs.values_list("old_slug", flat=True)),
        "merged_before": list(merged.merged_topics.values_list("pk", flat=True)),
    }


def _new_names(merged: Topic, into: Topic) -> list[str]:
    known = {fold(name) for name in (into.name, *into.synonyms.values_list("name", flat=True))}
    names = []
    for name in (merged.name, *merged.synonyms.values_list("name", flat=True)):
        if fold(name) not in known:
            known.add(fold(name))
            names.append(name)
    return names
