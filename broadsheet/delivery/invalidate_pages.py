"""Applies what the change log says to the stored pages."""

import time
from collections.abc import Sequence

from broadsheet.changes.models import Change
from broadsheet.changes.selectors import changes_after, newest_seq
from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.store_page import SHORT_LIVED
from broadsheet.kit.fail_points import reach

CHANGES_AT_ONCE = 200
CURSOR = "applied_seq"
OBJECT = "a:"
"""Beginning of the keys of pages that show something whole: they are rendered before those that list it."""


def invalidate_pages(*, store: PageStore) -> int:
    """Mark what the next changes of the log touch, and note how far that came; return how many changes there were.

    Pages that an older copy of the database was the source of (a restored backup: the log is shorter than the store
    remembers) are all forgotten.
    """
    applied = store.fact(CURSOR, -1)
    if applied < 0:
        _begin(store)
        return 0
    changes = changes_after(applied, limit=CHANGES_AT_ONCE)
    if not changes:
        if applied > newest_seq():
            with store.writing():
                store.forget("1")
                store.set_fact(CURSOR, newest_seq())
        return 0
    reach("delivery.log_read")
    with store.writing():
        if store.fact(CURSOR, -1) != applied:
            return len(changes)  # the store was made anew meanwhile: its log is followed from another position
        for change in changes:
            _apply(store, change)
        store.set_fact(CURSOR, changes[-1].seq)
        reach("delivery.invalidated")
    reach("delivery.cursor_committed")
    return len(changes)


def _begin(store: PageStore) -> None:
    """Begin to follow the log; what is stored already may show what was taken away since."""
    with store.writing():
        store.set_fact(CURSOR, newest_seq())
        store.forget("1")


def _apply(store: PageStore, change: Change) -> None:
    keys: Sequence[str] = change.keys
    touched = f"id IN (SELECT page FROM dep WHERE key IN ({', '.join('?' * len(keys))})) AND as_of < ?"
    store.add_to_fact("invalidated", store.mark_stale(f"{touched} AND status < {SHORT_LIVED}", (*keys, change.seq)))
    own = ", ".join("?" * len(itself := [key for key in keys if key.startswith(OBJECT)])) or "NULL"
    store.connection.execute(
        f"UPDATE page SET touched_at = ?, is_itself = is_itself OR id IN (SELECT page FROM dep WHERE key IN ({own}))"
        f" WHERE {touched} AND state = {State.STALE:d}",
        (time.time(), *itself, *keys, change.seq),
    )
    gone = touched if change.hard else f"{touched} AND status >= {SHORT_LIVED}"
    store.connection.execute(f"DELETE FROM body WHERE page IN (SELECT id FROM page WHERE {gone})", (*keys, change.seq))
    store.connection.execute(
        f"UPDATE page SET state = {State.GONE:d}, as_of = ?, stale_since = NULL, size = 0 WHERE {gone}",
        (change.seq, *keys, change.seq),
    )
