"""SQL statements as data: made beforehand, and sent together.

For the few places where hundreds of the same have to be done in one second, and making each of their statements with
Django's models and sending it by itself would take most of it.
"""

import re
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Self
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery

Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]
MOST_PLANS = 100
"""Plans that a connection keeps; statements differ by how many numbers stand in a list, so there are some of each."""
_MARK = re.compile("%[s%]")
_plans: MutableMapping[Any, dict[str, str]] = WeakKeyDictionary()


def run_together(statements: Iterable[Statement]) -> list[list[Row]]:
    """Run statements in their order, and return the rows of each: none for one that returns none.

    PostgreSQL gets them in one message, and plans each once for a connection: planning takes it as long as doing.
    SQLite has no way to take more than one, and no way that they could be long on. Belongs into a transaction, else
    each statement is one on SQLite.
    """
    wanted = list(statements)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return [_rows(cursor.execute(sql, params)) for sql, params in wanted]
        texts = [_planned(cursor, sql, len(params)) for sql, params in wanted]
        cursor.execute(";\n".join(texts), [value for _, params in wanted for value in params])
        found = [_rows_of_message(cursor)]
        while cursor.nextset():
            found.append(_rows_of_message(cursor))
    return found


@dataclass(frozen=True, kw_only=True)
class PreparedInsert:
    """The statement that inserts a row, of which some values are still to come."""

    sql: str
    params: tuple[Any, ...]
    fields: tuple[Field[Any, Any], ...]

    @classmethod
    def of(cls, row: Model) -> Self:
        """Return the statement that `row.save_base(raw=True, force_insert=True)` would run; the key is the database's.

        What `save()` would do besides (checks, signals, defaults of the moment) is for the caller to see to.
        """
        fields = [field for field in row._meta.concrete_fields if not field.primary_key]
        query = InsertQuery(type(row))
        query.insert_values(fields, [row], raw=True)
        [(sql, params)] = query.get_compiler(connection=connection).as_sql()
        return cls(sql=sql, params=tuple(params), fields=tuple(fields))

    def with_values(self, **values: Any) -> Statement:
        """Return the statement with the values of some fields, by attribute name, in the place of the row's."""
        params = list(self.params)
        for place, field in enumerate(self.fields):
            if field.attname in values:
                params[place] = field.get_db_prep_save(values[field.attname], connection)
        return self.sql, params


def _planned(cursor: Any, sql: str, number: int) -> str:
    """Return what runs a statement with its plan, which is made when it is new to the connection.

    Not behind a pooler that hands the connection to others in between; there, a plan would be somebody else's.
    """
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return sql
    plans = _plans.setdefault(connection.connection, {})
    if sql not in plans:
        if len(plans) >= MOST_PLANS:
            return sql
        name = f"together_{len(plans)}"
        cursor.execute(f"PREPARE {name} AS {_with_numbers(sql)}")
        plans[sql] = name
    return f"EXECUTE {plans[sql]}" + (f"({', '.join(['%s'] * number)})" if number else "")


def _with_numbers(sql: str) -> str:
    """Return a statement with PostgreSQL's own marks for its values: $1, $2."""
    numbers = count(1)
    return _MARK.sub(lambda mark: "%" if mark[0] == "%%" else f"${next(numbers)}", sql)


def _rows(cursor: Any) -> list[Row]:
    return list(cursor.fetchall()) if cursor.description else []


def _rows_of_message(cursor: Any) -> list[Row]:
    """Return the rows of one of several results, without its description: making that costs more than the rows."""
    return list(cursor.fetchall()) if cursor.pgresult.nfields else []
