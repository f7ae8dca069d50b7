"""Writes down how often readers found nothing at an address, within bounds that no flood can break."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import F

from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.models import MissedAddress

ALL_OTHERS = ""
"""The address under which all are counted that are too many, too long or unprintable."""
MOST_A_DAY = 1_000
"""Different addresses that are kept of one day."""
DAYS_KEPT = 365
DAYS_RARE_ONES_KEPT = 30
RARE = 3
"""An address met less often in a day is a rare one."""


def count_missed_addresses(*, counts: Mapping[tuple[dt.date, str], tuple[int, int]]) -> None:
    """Add counts, for each day and address: how often it was met, and how often by a link of the paper's own.

    The first count of a day also thins what is old.
    """
    by_day: dict[dt.date, dict[str, tuple[int, int]]] = defaultdict(dict)
    for (day, address), numbers in counts.items():
        by_day[day][address] = numbers
    with write_transaction():
        for day, numbers_of_day in by_day.items():
            _count_day(day, numbers_of_day)


def thin_missed_addresses(*, today: dt.date) -> int:
    """Remove counts of long ago, rare ones sooner; return how many rows went."""
    rare = MissedAddress.objects.filter(day__lt=today - dt.timedelta(days=DAYS_RARE_ONES_KEPT), count__lt=RARE)
    old = MissedAddress.objects.filter(day__lt=today - dt.timedelta(days=DAYS_KEPT))
    return rare.delete()[0] + old.delete()[0]


def _count_day(day: dt.date, numbers: dict[str, tuple[int, int]]) -> None:
    of_day = MissedAddress.objects.filter(day=day)
    known = set(of_day.filter(address__in=list(numbers)).values_list("address", flat=True))
    kept = of_day.count()
    if not kept:
        thin_missed_addresses(today=day)
    room = max(0, MOST_A_DAY - kept)
    new = [address for address in numbers if address not in known and address != ALL_OTHERS][:room]
    MissedAddress.objects.bulk_create(
        [MissedAddress(day=day, address=address) for address in {*new, ALL_OTHERS}], ignore_conflicts=True
    )
    places = known | set(new)
    totals: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for address, (met, own) in numbers.items():
        place = address if address in places else ALL_OTHERS
        totals[place] = (totals[place][0] + met, totals[place][1] + own)
    for address, (met, own) in totals.items():
        of_day.filter(address=address).update(count=F("count") + met, own_links=F("own_links") + own)
