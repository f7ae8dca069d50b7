"""What came lately, with which every new item is compared: the first of those that say the same heads their group."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from broadsheet.kit import clock
from broadsheet.wire.likeness import say_the_same, telling_words
from broadsheet.wire.models import WireItem

SAME_WITHIN = dt.timedelta(hours=48)
"""Later, two agencies hardly report the same: a new report of an old matter is news."""
MOST_REMEMBERED = 3_000
MOST_COMPARED = 100
KEYS = 20
"""Only items that share one of so many smallest numbers of their sketches are compared: of two that are alike by 0.3,
one pair in a thousand shares none (0.7 ** 20)."""


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    head: int | None
    kind: str
    headline: str
    sketch: list[int]


@dataclass(slots=True)
class RecentItems:
    """The items of the last two days, as far as they were read. Killed ones are no company for anything."""

    rows: list[_Row] = field(default_factory=list)
    by_key: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_headline: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))

    def catch_up(self) -> None:
        """Read what has come since the last look; the first look is the long one, and belongs into no transaction."""
        lately = WireItem.objects.filter(arrived_at__gte=clock.now() - SAME_WITHIN, is_killed=False)
        newer = lately.filter(pk__gt=self.rows[-1].pk if self.rows else 0).order_by("-pk")
        columns = newer.values_list("pk", "same_as", "kind", "headline", "sketch")
        for row in reversed(columns[:MOST_REMEMBERED]):
            self._add(_Row(*row))

    def add(self, item: WireItem) -> None:
        """Have later items compared with this one too."""
        if not item.is_killed:
            self._add(_Row(item.pk, item.same_as_id, item.kind, item.headline, item.sketch))

    def head_of_group(self, item: WireItem) -> int | None:
        """Return the first of the items that say what this one says, if there are any."""
        near = set(self.by_headline.get(telling_words(item.headline), ()))
        for key in item.sketch[:KEYS]:
            near.update(self.by_key.get(key, ()))
        for at in sorted(near, reverse=True)[:MOST_COMPARED]:
            row = self.rows[at]
            same = say_the_same(item.sketch, row.sketch, headlines=(item.headline, row.headline))
            if row.kind == item.kind and same:
                return row.head or row.pk
        return None

    def _add(self, row: _Row) -> None:
        at = len(self.rows)
        self.rows.append(row)
        for key in row.sketch[:KEYS]:
            self.by_key[key].append(at)
        if words := telling_words(row.headline):
            self.by_headline[words].append(at)
