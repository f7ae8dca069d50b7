"""Statements that were made beforehand do what Django's would."""

import datetime as dt

import pytest
from django.db import DataError, connection, transaction
from django.db.utils import OperationalError, ProgrammingError
from django.test.utils import CaptureQueriesContext

from broadsheet.changes.models import Change
from broadsheet.kit.statements import PreparedInsert, run_together

NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_log() -> None:
    """Forget what was logged when the tables were made."""
    Change.objects.all().delete()


def test_a_prepared_row_is_the_row_that_django_would_write() -> None:
    run_together([PreparedInsert.of(Change(keys=["a:1", "it's %s"], hard=True, at=NOON)).with_values()])

    change = Change.objects.get()
    assert (change.keys, change.hard, change.at) == (["a:1", "it's %s"], True, NOON)


def test_values_still_to_come_replace_the_rows_own() -> None:
    prepared = PreparedInsert.of(Change(keys=[], at=NOON))
    later = NOON + dt.timedelta(hours=1)

    run_together([prepared.with_values(keys=["a:1"], at=later), prepared.with_values(keys=["a:2"])])

    assert list(Change.objects.order_by("seq").values_list("keys", "at")) == [(["a:1"], later), (["a:2"], NOON)]


def test_rows_come_back_for_each_statement_by_itself() -> None:
    Change.objects.create(keys=["a:1"], at=NOON)

    found = run_together(
        [
            ("SELECT 1, %s", ["50 %; a"]),
            ("UPDATE change_log SET hard = %s", [True]),
            ("SELECT hard FROM change_log WHERE hard AND at > %s", [NOON + dt.timedelta(hours=1)]),
            ("SELECT count(*) FROM change_log", []),
        ]
    )

    assert found == [[(1, "50 %; a")], [], [], [(1,)]]


def test_nothing_is_asked_for_nothing() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert run_together([]) == []
    assert not queries


@pytest.mark.postgresql
def test_postgresql_plans_a_statement_once_and_then_gets_them_in_one_message() -> None:
    asked = [("SELECT %s || '100 %%{}'", ["a"]), ("SELECT 2", [])]
    run_together(asked)
    with CaptureQueriesContext(connection) as queries:
        assert run_together(asked) == [[("a100 %{}",)], [(2,)]]
    assert len(queries) == 1
    assert "EXECUTE" in queries[0]["sql"]


@pytest.mark.postgresql
def test_a_plan_made_in_a_transaction_that_fails_is_there_afterwards() -> None:
    asked = [("SELECT %s::int + 40", [2])]
    with pytest.raises(ProgrammingError), transaction.atomic():
        run_together([*asked, ("SELECT nothing FROM change_log", [])])
    assert run_together(asked) == [[(42,)]]


@pytest.mark.postgresql
def test_behind_a_pooler_nothing_is_planned_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    with CaptureQueriesContext(connection) as queries:
        assert run_together([("SELECT %s::int + 39", [3])]) == [[(42,)]]
    assert ["PREPARE" in query["sql"] for query in queries] == [False]


def test_one_that_fails_undoes_those_before_it() -> None:
    with pytest.raises((OperationalError, ProgrammingError, DataError)), transaction.atomic():
        run_together([PreparedInsert.of(Change(keys=[], at=NOON)).with_values(), ("SELECT nothing FROM nowhere", [])])
    assert not Change.objects.exists()
