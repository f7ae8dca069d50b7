"""Which of the newsroom's changes are still to be looked at.

PostgreSQL gives out numbers before it commits: a change may appear whose number is lower than one that was seen. So a
number that was passed over is waited for, and given up only after a while: its transaction failed.
"""

import datetime as dt
import time
from collections.abc import Sequence

from django.db.models import Max, Q

from broadsheet.kit import clock
from broadsheet.search.newsroom.models import NewsroomChange

GIVEN_UP_AFTER_SECONDS = 120.0
"""Longer than a request of the newsroom may last."""
MOST_AWAITED = 1_000
AT_ONCE = 500
KEPT_DAYS = 7
"""How long changes are kept for indexes that are not followed: those of nodes that are switched off."""


class Unread:
    """The changes after those that an index has dealt with."""

    def __init__(self, position: int) -> None:
        self._newest = position
        self._awaited: dict[int, float] = {}

    @property
    def position(self) -> int:
        """The number up to which nothing can come any more."""
        return min(self._awaited, default=self._newest + 1) - 1

    def next(self) -> Sequence[NewsroomChange]:
        """Return the next changes, and take them for read."""
        now = time.monotonic()
        late = now - GIVEN_UP_AFTER_SECONDS
        self._awaited = {number: since for number, since in self._awaited.items() if since > late}
        is_unread = Q(pk__gt=self._newest)
        if self._awaited:
            is_unread |= Q(pk__in=list(self._awaited))
        rows = list(NewsroomChange.objects.filter(is_unread).order_by("pk")[:AT_ONCE])
        for row in rows:
            if row.pk > self._newest:
                passed_over = range(max(self._newest + 1, row.pk - MOST_AWAITED), row.pk)
                self._awaited |= dict.fromkeys(passed_over, now)
                self._newest = row.pk
            self._awaited.pop(row.pk, None)
        return rows


def newest_number() -> int:
    """Return the number of the last change; 0 when there was none."""
    return NewsroomChange.objects.aggregate(newest=Max("pk"))["newest"] or 0


def waiting_after(number: int) -> int:
    """Return how many changes came after the one with this number."""
    return NewsroomChange.objects.filter(pk__gt=number).count()


def removed_up_to() -> int:
    """Return the number up to which changes may have been removed; 0 when none can have been."""
    first = NewsroomChange.objects.order_by("pk").first()
    return first.pk - 1 if first is not None and first.at < _kept_since() else 0


def forget_old_changes() -> None:
    """Remove what every node has dealt with long ago, but for the last: there the rest begins."""
    old = NewsroomChange.objects.filter(at__lt=_kept_since()).order_by("-pk")
    pks = list(old.values_list("pk", flat=True)[:2])
    if len(pks) > 1:
        NewsroomChange.objects.filter(pk__lt=pks[0]).delete()


def _kept_since() -> dt.datetime:
    return clock.now() - dt.timedelta(days=KEPT_DAYS)
