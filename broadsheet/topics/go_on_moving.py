"""Goes on with a move that is under way, one batch at a time, whoever began it and whatever ended in between."""

from django.db import transaction

from broadsheet.topics.merge_topics import close_merged
from broadsheet.topics.models import MoveKind, MoveState, TopicMove
from broadsheet.topics.move_stories import AT_ONCE, locked_move, move_batch
from broadsheet.topics.split_topic import close_split
from broadsheet.topics.undo_move import close_undone, undo_batch


@transaction.atomic
def go_on_moving(*, move_id: int, at_once: int = AT_ONCE) -> TopicMove:
    """Do the next batch of a move, or of its undoing, and end it after the last; return it as it is then."""
    move = locked_move(move_id)
    if move.state == MoveState.RUNNING and move_batch(move, at_once=at_once):
        close_merged(move) if move.kind == MoveKind.MERGE else close_split(move)
    elif move.state == MoveState.UNDOING and undo_batch(move, at_once=at_once):
        close_undone(move)
    return move
