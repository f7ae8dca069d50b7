"""Writes down how often readers looked for something in vain, within bounds that no flood can break."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Case, F, Value, When

from broadsheet.kit.write_transaction import write_transaction
from broadsheet.search.models import MissedSearch

ALL_OTHERS = ""
"""The words under which all searches are counted that are too many, too long, or might tell of somebody."""
MOST_A_DAY = 1_000
"""Different searches that are kept of one day."""
DAYS_KEPT = 365
DAYS_RARE_ONES_KEPT = 30
RARE = 3
"""A search made less often in a day is a rare one."""


@dataclass(frozen=True, slots=True)
class SearchInVain:
    """Folded words that were looked for, and the day and the hour of it by the paper's clock."""

    day: dt.date
    hour: int
    words: str


def count_missed_searches(*, counts: Mapping[SearchInVain, int]) -> None:
    """Add counts. The first count of a day also thins what is old."""
    by_day: dict[dt.date, list[SearchInVain]] = defaultdict(list)
    for search in counts:
        by_day[search.day].append(search)
    with write_transaction():
        for day, searches in by_day.items():
            _count_day(day, {search: counts[search] for search in searches})


def thin_missed_searches(*, today: dt.date) -> int:
    """Remove counts of long ago, rare ones sooner; return how many rows went."""
    rare = MissedSearch.objects.filter(day__lt=today - dt.timedelta(days=DAYS_RARE_ONES_KEPT), count__lt=RARE)
    old = MissedSearch.objects.filter(day__lt=today - dt.timedelta(days=DAYS_KEPT))
    return rare.delete()[0] + old.delete()[0]


def _count_day(day: dt.date, counts: Mapping[SearchInVain, int]) -> None:
    of_day = MissedSearch.objects.filter(day=day)
    wanted = list(dict.fromkeys(search.words for search in counts))
    known = set(of_day.filter(words__in=wanted).values_list("words", flat=True))
    kept = of_day.count()
    if not kept:
        thin_missed_searches(today=day)
    new = [words for words in wanted if words not in known and words != ALL_OTHERS][: max(0, MOST_A_DAY - kept)]
    MissedSearch.objects.bulk_create(
        [MissedSearch(day=day, words=words) for words in {*new, ALL_OTHERS}], ignore_conflicts=True
    )
    places = known | set(new)
    totals: Counter[tuple[str, int]] = Counter()
    for search, number in counts.items():
        totals[search.words if search.words in places else ALL_OTHERS, search.hour] += number
    for (words, hour), number in sorted(totals.items()):
        is_same_hour = When(last_hour=hour, then=Value(0))
        of_day.filter(words=words).update(
            count=F("count") + number,
            occasions=F("occasions") + Case(is_same_hour, default=Value(1)),
            last_hour=hour,
        )
