"""Appends to the change log, inside the transaction that changes what the row tells of."""

from collections.abc import Iterable

from django.db import connection, transaction

from broadsheet.changes.models import Change
from broadsheet.kit import clock

APPENDING_LOCK = 0x6368_616E_6765
"""PostgreSQL's advisory lock under which rows get their numbers ("change" in ASCII)."""


class NotInTransactionError(Exception):
    """A change outside a transaction could be logged and then not happen, or happen and not be logged."""


def append_change(*, keys: Iterable[str], hard: bool = False) -> Change | None:
    """Log that everything with these surrogate keys has changed; return the row, or None when there are no keys.

    On PostgreSQL a lock is held from here to the commit, so that numbers follow commits: a follower that has seen a
    number will never meet a lower one later. On SQLite one transaction writes at a time anyway. Call it last, just
    before the commit. Raises NotInTransactionError.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError("append_change() belongs into the transaction that makes the change.")
    wanted = sorted(set(keys))
    if not wanted:
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPENDING_LOCK])
    return Change.objects.create(keys=wanted, hard=hard, at=clock.now())
