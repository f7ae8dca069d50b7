"""Appends to the change log, inside the transaction that changes what the row tells of."""

from collections.abc import Iterable

from django.db import connection, transaction

from broadsheet.changes.announce import CHANNEL, announce_at_commit
from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.kit.statements import PreparedInsert, Statement

APPENDING_LOCK = 0x6368_616E_6765
"""PostgreSQL's advisory lock under which rows get their numbers ("change" in ASCII)."""

_TAKE_LOCK: Statement = ("SELECT pg_advisory_xact_lock(%s), pg_notify(%s, '')", [APPENDING_LOCK, CHANNEL])
"""It also has the commit tell the followers of all nodes, which saves a round trip of its own."""


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
            cursor.execute(*_TAKE_LOCK)
    announce_at_commit()
    return Change.objects.create(keys=wanted, hard=hard, at=clock.now())


def appending(*, keys: Iterable[str]) -> list[Statement]:
    """Return the statements by which `append_change` logs a soft change, for an act that is one message of SQL.

    They go last in their transaction, as it does.
    """
    announce_at_commit()
    row = PreparedInsert.of(Change(keys=sorted(set(keys)), at=clock.now())).with_values()
    return [_TAKE_LOCK, row] if connection.vendor == "postgresql" else [row]
