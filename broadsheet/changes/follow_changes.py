"""Following the change log: each follower reads what came after its own position and brings its state up to date."""

from collections.abc import Callable, Sequence

from django.db import transaction

from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.changes.selectors import changes_after

CHANGES_AT_ONCE = 200

Follow = Callable[[Sequence[Change]], None]
"""What a follower does with some changes, in order. It reads the state of what they name from the database, so that
dealing with a change twice, or with several at once, ends in the same state."""


def follow_changes(*, follower: str, follow: Follow, at_once: int = CHANGES_AT_ONCE) -> int:
    """Let a follower deal with the next changes, and note how far it came; return how many there were.

    Its state and its position are written in one transaction, so a follower that dies begins again where its state
    stands. For followers whose state is in this database; others keep their position beside their state and use
    `changes_after`.
    """
    with transaction.atomic():
        FollowerPosition.objects.get_or_create(follower=follower)
        position = FollowerPosition.objects.select_for_update().get(follower=follower)
        changes = changes_after(position.seq, limit=at_once)
        if changes:
            follow(changes)
            position.seq = changes[-1].seq
            position.save(update_fields=["seq"])
    return len(changes)
