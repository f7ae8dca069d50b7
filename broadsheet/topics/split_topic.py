"""Moves some stories of a topic to another one, new or old: "Transport" becomes "Trams" and "Buses"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.topics.log_acts import SPLIT
from broadsheet.topics.models import MoveKind, MoveState, Topic, TopicMove
from broadsheet.topics.move_stories import CannotMoveError, begin_move, end_move, move_batch, refuse_impossible
from broadsheet.topics.selection import Selection, count_stories, rows_under

SHOWN_STORIES = 50


@dataclass(frozen=True)
class SplitPlan:
    """What a split will change. `newest` are rows of the first stories to go, with `story` selected."""

    story_ids: Sequence[int]
    already_there: int
    staying: int
    newest: Sequence[Any]

    @property
    def stories(self) -> int:
        """How many go."""
        return len(self.story_ids)


def plan_split(*, source: Topic, target: Topic | None, selection: Selection) -> SplitPlan:
    """Return what moving the selected stories will change; no `target` stands for one that is still to be made.

    Raises CannotMoveError, also when every story is meant: that is a merge, or a new name.
    """
    if selection.asks_nothing:
        raise CannotMoveError(_("Say which stories are to go: tick them, or give words, a section or dates."))
    if target is not None:
        refuse_impossible(source, target)
    rows = rows_under(source, selection)
    found = sorted(rows.order_by().values_list("published_at", "story", "pk"), key=_by_age, reverse=True)  # looks once
    if not found:
        raise CannotMoveError(_("No story of this topic is meant by that."))
    stories = {story for _at, story, _pk in found}
    there = set(rows_under(target).order_by().values_list("story", flat=True)) if target else set()
    newest = [pk for _at, _story, pk in found[:SHOWN_STORIES]]
    shown = rows.model._default_manager.select_related("story").in_bulk(newest)
    return SplitPlan(
        story_ids=sorted(stories),
        already_there=len(stories & there),
        staying=count_stories(rows_under(source)) - len(stories),
        newest=[shown[pk] for pk in newest],
    )


def _by_age(row: tuple[dt.datetime | None, int, int]) -> tuple[bool, float, int]:
    """Return by what rows are sorted: drafts before everything that was published."""
    published_at, story, _pk = row
    return published_at is not None, published_at.timestamp() if published_at else 0.0, story


@transaction.atomic
def split_topic(
    *, source: Topic, target: Topic, selection: Selection, by_id: int | None = None, by_name: str = ""
) -> TopicMove:
    """Move the selected stories from `source` to `target`, in one transaction. Raises CannotMoveError."""
    plan = plan_split(source=source, target=target, selection=selection)
    move = begin_move(
        kind=MoveKind.SPLIT,
        source=source,
        target=target,
        selection=selection,
        total=plan.stories,
        by_id=by_id,
        by_name=by_name,
    )
    while not move_batch(move):
        pass
    close_split(move)
    return move


def close_split(move: TopicMove) -> None:
    """End a split."""
    end_move(move, MoveState.DONE)
    log(instance=move.source, action=SPLIT, data={"to": move.target.name, "stories": move.moved})
