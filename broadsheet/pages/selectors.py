"""Reads of addresses that readers missed."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Sum
from wagtail.contrib.redirects.models import Redirect

from broadsheet.kit import clock
from broadsheet.pages.count_missed_addresses import ALL_OTHERS
from broadsheet.pages.models import IgnoredAddress, MissedAddress

MOST_SHOWN = 200


@dataclass(frozen=True)
class Missed:
    """An address that led nowhere: how often, how often by the paper's own links, and when last."""

    address: str
    count: int
    own_links: int
    last_day: dt.date


def missed_addresses(*, days: int, limit: int = MOST_SHOWN) -> list[Missed]:
    """Return what readers missed most in the last days, without what leads somewhere by now or is ignored."""
    since = clock.local_date(clock.now()) - dt.timedelta(days=days - 1)
    mended = Redirect.objects.values("old_path")
    ignored = IgnoredAddress.objects.values("address")
    rows = MissedAddress.objects.filter(day__gte=since).exclude(address=ALL_OTHERS)
    rows = rows.exclude(address__in=mended).exclude(address__in=ignored)
    totals = rows.values("address").annotate(met=Sum("count"), own=Sum("own_links"), last=Max("day"))
    ordered = totals.order_by("-own", "-met", "address")[:limit]
    return [Missed(row["address"], row["met"], row["own"], row["last"]) for row in ordered]


def missed_besides(*, days: int) -> int:
    """Return how often readers missed addresses that are not kept singly, because there were too many."""
    since = clock.local_date(clock.now()) - dt.timedelta(days=days - 1)
    total = MissedAddress.objects.filter(day__gte=since, address=ALL_OTHERS).aggregate(total=Sum("count"))["total"]
    return total or 0
