"""Reads several lists, each ordered and cut, in one query."""

import datetime as dt
from collections.abc import Hashable, Mapping
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

K = TypeVar("K", bound=Hashable)
Row = tuple[Any, ...]


def read_together(lists: "Mapping[K, QuerySet[Any, Row]]") -> dict[K, list[Row]]:
    """Return the rows of several lists of values, in no order and as the database gives them (see `moment_from`).

    Django's own union() cannot hold lists that are ordered and cut on SQLite; a union of subqueries can on both.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for number, rows in enumerate(lists.values()):
        sql, values = rows.query.sql_with_params()
        parts.append(f"SELECT {number} AS list_number, part{number}.* FROM ({sql}) AS part{number}")  # noqa: S608
        parameters.extend(values)
    found: dict[K, list[Row]] = {key: [] for key in lists}
    if parts:
        keys = list(lists)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for number, *row in cursor.fetchall():
                found[keys[number]].append(tuple(row))
    return found


def moment_from(value: dt.datetime | str) -> dt.datetime:
    """Return a moment as a database gives it: SQLite as a text, in UTC."""
    moment = value if isinstance(value, dt.datetime) else parse_datetime(value)
    if moment is None:
        raise ValueError(f"{value!r} is no moment.")
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
