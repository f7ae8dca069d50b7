"""Moves stories from one topic to another, batch by batch, each batch in a transaction of its own with its keys.

A topic with 100,000 stories is moved while the newsroom publishes: no batch holds a lock for longer than a moment, and
between two of them every page is true. Stories that are filed under the first topic meanwhile go along.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from broadsheet.changes.append_change import append_change
from broadsheet.kit import clock
from broadsheet.topics.cache_keys import company_key, story_key, topic_list_key
from broadsheet.topics.models import MovedStory, MoveKind, MoveState, RefiledStory, Topic, TopicMove
from broadsheet.topics.selection import Selection, count_stories, rows_under

AT_ONCE = 2_000
"""Rows of one batch; what has no more is moved in one transaction."""


class CannotMoveError(ValueError):
    """Stories cannot be moved between these topics now; says why, to an editor."""


def refuse_impossible(source: Topic, target: Topic) -> None:
    """Raise CannotMoveError where nothing can be moved from the one to the other."""
    if source.pk == target.pk:
        raise CannotMoveError(_("A topic cannot be merged into itself."))
    if source.merged_into_id or target.merged_into_id:
        raise CannotMoveError(_("One of the topics has been merged already."))
    refuse_while_moving(source, target)


def refuse_while_moving(source: Topic, target: Topic) -> None:
    """Raise CannotMoveError where another move from or to one of the topics is under way."""
    topics = [source.pk, target.pk]
    running = TopicMove.objects.filter(state__in=[MoveState.RUNNING, MoveState.UNDOING])
    for other in (running.filter(source__in=topics) | running.filter(target__in=topics))[:1]:
        sentence = _("Stories are still being moved from “%(source)s” to “%(target)s”. Let that end first.")
        raise CannotMoveError(sentence % {"source": other.source, "target": other.target})


def locked_topics(source: Topic, target: Topic) -> tuple[Topic, Topic]:
    """Return two topics as they are now, between which nobody else begins a move before the transaction ends."""
    rows = Topic.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk")
    found = {topic.pk: topic for topic in rows}
    return found[source.pk], found[target.pk]


@transaction.atomic
def begin_move(
    *,
    kind: MoveKind,
    source: Topic,
    target: Topic,
    selection: Selection | None = None,
    total: int | None = None,
    by_id: int | None = None,
    by_name: str = "",
) -> TopicMove:
    """Write down what is to be moved, `total` stories, counted here where nobody did; nothing is moved yet.

    Raises CannotMoveError.
    """
    source, target = locked_topics(source, target)
    refuse_impossible(source, target)
    return TopicMove.objects.create(
        kind=kind,
        source=source,
        target=target,
        selection=(selection or Selection()).as_data(),
        total=count_stories(rows_under(source, selection)) if total is None else total,
        by_id=by_id,
        by_name=by_name,
        begun_at=clock.now(),
    )


def move_batch(move: TopicMove, *, at_once: int = AT_ONCE) -> bool:
    """Move the next stories, within a transaction; tell whether these were the last."""
    rows = rows_under(move.source, Selection.from_data(move.selection))
    found = list(rows.order_by("pk").values_list("pk", "story")[:at_once])
    stories = {story for _pk, story in found}
    if stories:
        here = rows.model._default_manager.filter(pk__in=[pk for pk, _story in found])
        both = rows.model._default_manager.filter(topic=move.target, story__in=sorted(stories))
        there = set(both.order_by().values_list("story", flat=True))
        refile(here, stories, there, left=move.source, joined=move.target)
        kept = [MovedStory(move=move, story_id=pk, was_there=pk in there) for pk in sorted(stories)]
        MovedStory.objects.bulk_create(kept, batch_size=500, ignore_conflicts=True)
    move.moved += len(stories)
    move.save(update_fields=["moved"])
    return len(found) < at_once


def refile(rows: "QuerySet[Model]", stories: set[int], there: set[int], *, left: Topic, joined: Topic) -> None:
    """Put rows of stories under another topic, where `there` stand already; the change log hears of it.

    The keys are those of both lists, of the stories, which show their topics, and of every topic beside which the one
    stood and now the other stands.
    """
    first = dict(rows.exclude(story__in=there).order_by("-pk").values_list("story", "pk"))
    rows.exclude(pk__in=first.values()).delete()
    rows.filter(pk__in=first.values()).update(topic=joined)
    note_refiled(stories, left=left.pk, joined=joined.pk)
    append_change(keys=keys_of_refiling(rows.model, stories, {left.pk, joined.pk}))


def note_refiled(stories: Iterable[int], *, left: int | None, joined: int) -> None:
    """Note where stories stand now, for whoever publishes them next."""
    notes = [RefiledStory(story_id=pk, left_id=left, joined_id=joined) for pk in sorted(stories)]
    RefiledStory.objects.bulk_create(notes, batch_size=500)


def keys_of_refiling(model: type[Model], stories: Iterable[int], topics: set[int]) -> set[str]:
    """Return the keys of stories that were moved between topics, and of what else shows under what they stand."""
    rows = model._default_manager.filter(story__in=sorted(stories)).order_by()
    beside = set(rows.values_list("topic", flat=True))
    keys = {topic_list_key(pk) for pk in topics} | {company_key(pk) for pk in topics.union(beside)}
    return keys | {story_key(pk) for pk in stories}


def end_move(move: TopicMove, state: MoveState) -> None:
    """Write down that a move has come to an end."""
    move.state, move.ended_at = state, clock.now()
    move.save(update_fields=["state", "ended_at", "details"])


def locked_move(pk: int) -> TopicMove:
    """Return a move as it is now, which nobody else goes on with before the transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A move is locked for a transaction.")
    found: TopicMove = TopicMove.objects.select_for_update().get(pk=pk)
    return found
