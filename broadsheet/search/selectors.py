"""Reads of what readers looked for in vain."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Q, Sum

from broadsheet.kit import clock
from broadsheet.search.count_missed_searches import ALL_OTHERS
from broadsheet.search.models import BestBetPhrase, IgnoredSearch, MissedSearch

MOST_SHOWN = 200
FEWEST_OCCASIONS = 3
"""Hours in which something must have been looked for before it is shown: once may be one reader's own affair."""


@dataclass(frozen=True)
class Missed:
    """What readers looked for in vain: how often, and when last."""

    words: str
    count: int
    last_day: dt.date


def missed_searches(*, days: int, limit: int = MOST_SHOWN) -> list[Missed]:
    """Return what readers missed most in the last days, without what a best bet answers by now, or is ignored."""
    now = clock.now()
    in_force = Q(bet__until=None) | Q(bet__until__gt=now)
    rows = MissedSearch.objects.filter(day__gte=_first_day(now, days)).exclude(words=ALL_OTHERS)
    rows = rows.exclude(words__in=BestBetPhrase.objects.filter(in_force).values("words"))
    rows = rows.exclude(words__in=IgnoredSearch.objects.values("words"))
    totals = rows.values("words").annotate(met=Sum("count"), hours=Sum("occasions"), last=Max("day"))
    ordered = totals.filter(hours__gte=FEWEST_OCCASIONS).order_by("-met", "words")[:limit]
    return [Missed(row["words"], row["met"], row["last"]) for row in ordered]


def missed_besides(*, days: int) -> int:
    """Return how often readers looked in vain for what is not kept singly."""
    rows = MissedSearch.objects.filter(day__gte=_first_day(clock.now(), days), words=ALL_OTHERS)
    return rows.aggregate(total=Sum("count"))["total"] or 0


def _first_day(now: dt.datetime, days: int) -> dt.date:
    return clock.local_date(now) - dt.timedelta(days=days - 1)
