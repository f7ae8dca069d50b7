"""Telling followers that the change log has grown: this machine's by a word of memory, all by PostgreSQL's NOTIFY.

A hint, so that they need not ask the database a hundred times a second; whoever misses it looks by himself soon after.
"""

from functools import cache

from django.conf import settings
from django.db import transaction

from broadsheet.kit.shared_counter import SharedCounter

CHANNEL = "broadsheet_changes"
"""PostgreSQL's channel, each database's own. `append_change` speaks there as it takes its lock; the commit sends it."""


@cache
def changes_counter() -> SharedCounter:
    """Return the word of memory that is touched after every commit that appended to the log."""
    return SharedCounter(settings.BROADSHEET_DATA / "changes.counter")


def announce_at_commit() -> None:
    """Have followers on this machine told once what was appended is committed."""
    transaction.on_commit(_announce)


def _announce() -> None:
    changes_counter().touch()
