"""SQL statements as data: made beforehand, and sent together.

For the few places where hundreds of the same have to be done in one second, and making each of their statements with
Django's models and sending it by itself would take most of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import connection
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery

Statement = tuple[str, Sequence[Any]]
Row = tuple[Any, ...]


def run_together(statements: Iterable[Statement]) -> list[list[Row]]:
    """Run statements in their order, and return the rows of each: none for one that returns none.

    PostgreSQL gets them in one message; SQLite has no way to take more than one, and no way that they could be long
    on. Belongs into a transaction, else each statement is one on SQLite.
    """
    wanted = list(statements)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return [_rows(cursor.execute(sql, params)) for sql, params in wanted]
        cursor.execute(";\n".join(sql for sql, _ in wanted), [value for _, params in wanted for value in params])
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


def _rows(cursor: Any) -> list[Row]:
    return list(cursor.fetchall()) if cursor.description else []


def _rows_of_message(cursor: Any) -> list[Row]:
    """Return the rows of one of several results, without its description: making that costs more than the rows."""
    return list(cursor.fetchall()) if cursor.pgresult.nfields else []
