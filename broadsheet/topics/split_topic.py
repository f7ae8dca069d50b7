"""Moves some stories of a topic to another one, new or old: "Transport" becomes "Trams" and "Buses"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from broadsheet.topics.log_acts import SPLIT
from broadsheet.topics.models import MoveKind, MoveState, Topic, TopicMove
from broadsheet.topics.move_stories import CannotMoveError, begin_move, end_move, move_batch, refuse_impossible
from broadsheet.topics.selection import Selection, also_under, rows_under

SHOWN_STORIES = 50


@dataclass(frozen=True)
class SplitPlan:
    """What a split will change. `newest` are rows of the first stories to go, with `story` selected."""

    stories: int
    already_there: int
    staying: int
    newest: Sequence[Any]


def plan_split(*, source: Topic, target: Topic | None, selection: Selection) -> SplitPlan:
    """Return what moving the selected stories will change; no `target` stands for one that is still to be made.

    Raises CannotMoveError, also when every story is meant: that is a merge, or a new name.
    """
    if selection.asks_nothing:
        raise CannotMoveError(_("Say which stories are to go: tick them, or give words, a section or dates."))
    if target is not None:
        refuse_impossible(source, target)
    rows = rows_under(source, selection)
    count = rows.count()
    if not count:
        raise CannotMoveError(_("No story of this topic is meant by that."))
    return SplitPlan(
        stories=count,
        already_there=also_under(rows, target).count() if target else 0,
        staying=rows_under(source).count() - count,
        newest=list(rows.select_related("story").order_by("-published_at", "-story")[:SHOWN_STORIES]),
    )


@transaction.atomic
def split_topic(
    *, source: Topic, target: Topic, selection: Selection, by_id: int | None = None, by_name: str = ""
) -> TopicMove:
    """Move the selected stories from `source` to `target`, in one transaction. Raises CannotMoveError."""
    plan_split(source=source, target=target, selection=selection)
    move = begin_move(
        kind=MoveKind.SPLIT, source=source, target=target, selection=selection, by_id=by_id, by_name=by_name
    )
    while not move_batch(move):
        pass
    close_split(move)
    return move


def close_split(move: TopicMove) -> None:
    """End a split."""
    end_move(move, MoveState.DONE)
    log(instance=move.source, action=SPLIT, data={"to": move.target.name, "stories": move.moved})
