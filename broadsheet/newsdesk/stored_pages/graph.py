"""The graph of requests: which bars stand where. It is drawn by the template, without a script."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from broadsheet.delivery.store_status import Minute

WIDTH, HEIGHT = 720, 160
"""Of the drawing, in its own units; the page stretches it."""
GAP = 0.15
"""The share of a bar's place that is left free."""


@dataclass(frozen=True)
class Part:
    """A piece of a bar: requests that were answered in one way."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """The requests a minute of one span of time, and how they are drawn."""

    at: dt.datetime
    hits: float
    stale: float
    misses: float
    parts: tuple[Part, ...] = ()

    @property
    def total(self) -> float:
        """All requests a minute."""
        return self.hits + self.stale + self.misses


@dataclass(frozen=True)
class Graph:
    """Spans of time that had requests, oldest first, each `span_minutes` long."""

    since: dt.datetime
    until: dt.datetime
    span_minutes: int
    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def most(self) -> float:
        """The most requests a minute of any span."""
        return max((bar.total for bar in self.bars), default=0.0)


def make_graph(
    minutes: Iterable[Minute], *, now: dt.datetime, spans: int, span_minutes: int, from_the_right: bool = False
) -> Graph:
    """Return the graph of the last spans of time; the newest, which is not over, counts the minutes it has had.

    `from_the_right` lets time run as those read who read from the right.
    """
    this_minute = int(now.timestamp() // 60)
    last = this_minute // span_minutes
    first = last - spans + 1
    sums: dict[int, list[int]] = {}
    for one in minutes:
        span = one.minute // span_minutes
        if first <= span <= last:
            counts = sums.setdefault(span, [0, 0, 0])
            for place, number in enumerate((one.hits, one.stale, one.misses)):
                counts[place] += number
    rates: dict[int, list[float]] = {}
    for span, counts in sorted(sums.items()):
        length = min(span_minutes, this_minute - span * span_minutes + 1)
        rates[span] = [number / length for number in counts]
    most = max(map(sum, rates.values()), default=0.0)
    bars = []
    for span, rate in rates.items():
        place = last - span if from_the_right else span - first
        hits, stale, misses = rate
        parts = _parts(rate, place / spans, 1 / spans, most)
        bars.append(Bar(_moment(span * span_minutes), hits, stale, misses, parts))
    return Graph(_moment(first * span_minutes), now, span_minutes, tuple(bars))


def _parts(rate: list[float], left: float, width: float, most: float) -> tuple[Part, ...]:
    """Return the pieces of a bar, one upon the other; `left` and `width` are shares of the drawing."""
    parts, bottom = [], float(HEIGHT)
    for kind, number in zip(("hits", "stale", "misses"), rate, strict=True):
        height = HEIGHT * number / most if most else 0.0
        bottom -= height
        if height:
            x = round(WIDTH * (left + width * GAP / 2), 2)
            parts.append(Part(kind, x, round(bottom, 2), round(WIDTH * width * (1 - GAP), 2), round(height, 2)))
    return tuple(parts)


def _moment(minute: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(minute * 60, dt.UTC)
