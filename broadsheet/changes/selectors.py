"""Reads of the change log."""

from django.db import connection
from django.utils import timezone

from broadsheet.changes.models import Change


def changes_after(seq: int, *, limit: int) -> list[Change]:
    """Return up to `limit` changes with a higher number than `seq`, in order."""
    if newest_seq() <= seq:
        return []  # as it is nearly always when a follower asks
    return list(Change.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def changes_from(seq: int, *, limit: int) -> list[tuple[int, list[str]]]:
    """Return up to `limit` changes with their keys, from the one with this number on; that is missing from the answer
    where there is none such, as in a database that was put back to an earlier day."""
    return list(Change.objects.filter(seq__gte=seq).order_by("seq").values_list("seq", "keys")[:limit])


def changes_since(seq: int) -> int:
    """Return how many changes have a higher number than `seq`: their numbers have gaps, and do not tell."""
    return Change.objects.filter(seq__gt=seq).count()


def waiting_seconds(seq: int) -> float:
    """Return for how long the oldest change with a higher number than `seq` has stood in the log; 0 without one."""
    waiting = changes_after(seq, limit=1)
    return (timezone.now() - waiting[0].at).total_seconds() if waiting else 0.0


def newest_seq() -> int:
    """Return the number of the last change, 0 when nothing has changed yet.

    Whoever renders a page to keep it reads this before anything else: what is logged later may not be in the page.
    """
    with connection.cursor() as cursor:  # as SQL: it is asked for each page, and making it of objects takes longer
        cursor.execute(f'SELECT MAX("seq") FROM "{Change._meta.db_table}"')  # noqa: S608 - our own table
        (newest,) = cursor.fetchone()
    return newest or 0
