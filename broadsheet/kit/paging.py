"""Keyset paging: the next page begins after the last row seen, so its cost does not grow with its number.

Rows are ordered newest first by (`first_published_at`, `id`); a cursor is that pair, written into the URL.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

Row = TypeVar("Row")
SEPARATOR = "~"


class BadCursor(ValueError):
    """The cursor in the URL was not made by us."""


@dataclass(frozen=True)
class Cursor:
    """The last row a reader has seen."""

    moment: dt.datetime
    pk: int

    def __str__(self) -> str:
        moment = self.moment.astimezone(dt.UTC)
        return f"{moment.year:04d}{moment.strftime('%m%dT%H%M%S.%f')}{SEPARATOR}{self.pk}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read a cursor from a URL; raises BadCursor on anything else."""
        moment_text, _, pk_text = text.partition(SEPARATOR)
        try:
            moment = dt.datetime.strptime(moment_text, "%Y%m%dT%H%M%S.%f").replace(tzinfo=dt.UTC)
            return cls(moment, int(pk_text, 10))
        except ValueError as error:
            raise BadCursor(text[:80]) from error


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """Some rows in order, and where the older ones begin."""

    rows: Sequence[Row]
    older: Cursor | None


def older_than(
    cursor: Cursor | None,
    *,
    moment_field: str = "first_published_at",
    pk_field: str = "pk",
) -> Q:
    """Return the condition "after the cursor" for rows ordered newest first; no condition without a cursor."""
    if cursor is None:
        return Q()
    return Q(**{f"{moment_field}__lte": cursor.moment}) & (
        Q(**{f"{moment_field}__lt": cursor.moment}) | Q(**{f"{pk_field}__lt": cursor.pk})
    )


def take(
    queryset: "QuerySet[Any]",
    *,
    limit: int,
    before: Cursor | None = None,
    moment_field: str = "first_published_at",
) -> Slice[Any]:
    """Return up to `limit` rows of a queryset that is ordered newest first, beginning after `before`."""
    found = list(queryset.filter(older_than(before, moment_field=moment_field))[: limit + 1])
    rows = found[:limit]
    older = Cursor(getattr(rows[-1], moment_field), rows[-1].pk) if len(found) > limit else None
    return Slice(rows, older)
