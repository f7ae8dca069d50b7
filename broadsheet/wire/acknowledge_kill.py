"""Notes that somebody knows of a kill: the story that was made of the item may then go out, if they still want it."""

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.wire.models import WireVersion
from broadsheet.wire.selectors import kill_of_story


def acknowledge_kill(*, story_id: int, by: User) -> WireVersion | None:
    """Note that `by` knows of the newest kill of what a story was made of; return it, if there is one.

    A later kill has to be known anew. Whether `by` works on the story is for the caller to have asked.
    """
    kill = kill_of_story(story_id)
    if kill is not None and kill.seen_at is None:
        kill.seen_at, kill.seen_by_name = clock.now(), str(by)[:200]
        kill.save(update_fields=["seen_at", "seen_by_name"])
    return kill
