"""However a change is appended to the log, its number follows the commits before it."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from broadsheet.changes.append_change import APPENDING_LOCK, append_change, appending
from broadsheet.kit.statements import run_together

LOCKS_HELD = """SELECT (classid::bigint << 32) + objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted AND mode = 'ExclusiveLock'"""


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "append",
    [
        pytest.param(lambda: append_change(keys=["a:1"]), id="by_the_model"),
        pytest.param(lambda: run_together(appending(keys=["a:1"])), id="as_statements"),
    ],
)
def test_numbers_are_given_under_a_lock_that_is_held_to_the_commit(append: Callable[[], object]) -> None:
    with transaction.atomic():
        append()
        assert APPENDING_LOCK in _locks_held()
    assert APPENDING_LOCK not in _locks_held()


def _locks_held() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(LOCKS_HELD)
        return [row[0] for row in cursor.fetchall()]
