"""Undoes a merge or a split: stories that still stand where it put them go back.

A story that was filed otherwise since stays as its editor wants it.
"""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.changes.append_change import append_change
from broadsheet.topics.cache_keys import topic_key, topic_names_key
from broadsheet.topics.log_acts import MOVE_UNDONE
from broadsheet.topics.merge_topics import keys_of_parts
from broadsheet.topics.models import MoveKind, MoveState, Topic, TopicMove, TopicRedirect, TopicSynonym
from broadsheet.topics.move_stories import (
    AT_ONCE,
    CannotMoveError,
    end_move,
    keys_of_refiling,
    locked_move,
    locked_topics,
    note_refiled,
    refile,
    refuse_while_moving,
)
from broadsheet.topics.parts import stands_below
from broadsheet.topics.selection import rows_under


def refuse_to_undo(move: TopicMove) -> None:
    """Raise CannotMoveError where a move cannot be undone: not done, merged since, or another one is under way."""
    if move.state != MoveState.DONE:
        raise CannotMoveError(_("Only what is done can be undone."))
    if move.target.merged_into_id:
        raise CannotMoveError(_("“%(topic)s” was merged since. Undo that first.") % {"topic": move.target})
    if move.kind == MoveKind.SPLIT and move.source.merged_into_id:
        raise CannotMoveError(_("“%(topic)s” was merged since. Undo that first.") % {"topic": move.source})
    if move.kind == MoveKind.MERGE and move.source.merged_into_id != move.target_id:
        raise CannotMoveError(_("“%(topic)s” leads elsewhere since.") % {"topic": move.source})
    refuse_while_moving(move.source, move.target)


@transaction.atomic
def begin_to_undo(move: TopicMove) -> None:
    """Make a topic of a merged one again, and have the stories go back (`undo_batch`). Raises CannotMoveError."""
    locked_topics(move.source, move.target)
    locked_move(move.pk)
    move.refresh_from_db()
    refuse_to_undo(move)
    move.state, move.moved = MoveState.UNDOING, 0
    move.total = move.stories.count()
    move.save(update_fields=["state", "moved", "total"])
    if move.kind == MoveKind.MERGE:
        _reopen(move)


def undo_batch(move: TopicMove, *, at_once: int = AT_ONCE) -> bool:
    """Take the next stories back, within a transaction; tell whether these were the last."""
    found = list(move.stories.order_by("pk")[:at_once])
    rows = rows_under(move.target).filter(story__in=[one.story_id for one in found])
    still_there = set(rows.values_list("story", flat=True))
    back = {one.story_id for one in found if not one.was_there} & still_there
    both = {one.story_id for one in found if one.was_there} & still_there
    under_source = set(rows_under(move.source).filter(story__in=still_there).values_list("story", flat=True))
    if back:
        refile(rows.filter(story__in=back), back, under_source & back, left=move.target, joined=move.source)
    if both - under_source:
        _file_again(move, both - under_source)
    move.stories.filter(pk__in=[one.pk for one in found]).delete()
    move.moved += len(found)
    move.save(update_fields=["moved"])
    return len(found) < at_once


def close_undone(move: TopicMove) -> None:
    """End an undoing."""
    end_move(move, MoveState.UNDONE)
    log(instance=move.source, action=MOVE_UNDONE, data={"with": move.target.name, "stories": move.moved})


@transaction.atomic
def undo_move(*, move: TopicMove) -> None:
    """Undo a move in one transaction. Raises CannotMoveError."""
    begin_to_undo(move)
    while not undo_batch(move):
        pass
    close_undone(move)


def _file_again(move: TopicMove, stories: set[int]) -> None:
    """File stories, which stay under the other topic, under the first again; last among their topics."""
    under = rows_under(move.target).filter(story__in=stories)
    model = under.model
    last = model._default_manager.filter(story__in=stories).order_by().values("story").annotate(last=Max("sort_order"))
    places = {row["story"]: (row["last"] or 0) + 1 for row in last}
    again = {
        story: model(
            story_id=story, topic_id=move.source_id, published_at=at, month=month, sort_order=places.get(story, 0)
        )
        for story, at, month in under.order_by("-pk").values_list("story", "published_at", "month")
    }
    model._default_manager.bulk_create(again.values(), batch_size=500)
    note_refiled(stories, left=None, joined=move.source_id)
    append_change(keys=keys_of_refiling(model, stories, {move.source_id}))


def _parent(pk: int | None, *, of: Topic) -> Topic | None:
    """Return what a topic was part of, unless that was merged since, or is part of the topic itself now."""
    parent = Topic.objects.filter(pk=pk, merged_into=None).first() if pk else None
    return None if parent is None or parent.pk == of.pk or stands_below(parent, of) else parent


def _reopen(move: TopicMove) -> None:
    """Give a merged topic its page, names, subtopics and old addresses back, where nobody gave them to others since."""
    merged, into, details = move.source, move.target, move.details
    into.synonyms.filter(name__in=details["added_names"]).delete()
    TopicSynonym.objects.bulk_create([TopicSynonym(topic=merged, name=name) for name in details["own_names"]])
    append_change(keys={topic_names_key(merged.pk), topic_names_key(into.pk)})
    children = Topic.objects.filter(pk__in=details["children"], parent=into)
    parts = list(children.values_list("pk", flat=True))
    children.update(parent=merged)
    Topic.objects.filter(pk__in=details["merged_before"], merged_into=into).update(merged_into=merged)
    TopicRedirect.objects.filter(old_slug__in=details["old_slugs"], topic=into).update(topic=merged)
    merged.merged_into = None
    merged.parent = _parent(details["parent"], of=merged)
    merged.save(update_fields=["merged_into", "parent"])
    if details["other_parent"]:
        into.parent = _parent(details["other_parent"], of=into)
        into.save(update_fields=["parent"])
    append_change(keys={topic_key(pk) for pk in (merged.pk, *details["merged_before"])} | keys_of_parts(into, parts))
