"""Reads of the change log."""

from django.db.models import Max

from broadsheet.changes.models import Change


def changes_after(seq: int, *, limit: int) -> list[Change]:
    """Return up to `limit` changes with a higher number than `seq`, in order."""
    return list(Change.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def newest_seq() -> int:
    """Return the number of the last change, 0 when nothing has changed yet.

    Whoever renders a page to keep it reads this before anything else: what is logged later may not be in the page.
    """
    newest: int | None = Change.objects.aggregate(newest=Max("seq"))["newest"]
    return newest or 0
