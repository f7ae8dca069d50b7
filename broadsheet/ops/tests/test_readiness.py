import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from django.utils import timezone

from broadsheet.changes.append_change import append_change
from broadsheet.changes.models import Change
from broadsheet.ops import readiness
from broadsheet.ops.readiness import Finding, Probe, findings
from broadsheet.search.index_home import IndexHome
from broadsheet.search.rebuild_index import rebuild_index


def test_a_part_that_does_not_answer_in_time_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LIMIT_SECONDS", 0.05)
    released = threading.Event()
    stuck = Probe("stuck", lambda: str(released.wait(20)))

    (found,) = findings([stuck])

    released.set()
    assert (found.name, found.is_well) == ("stuck", False)
    assert "no answer" in found.words


def test_a_clock_that_is_set_back_meanwhile_gives_no_part_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = timezone.now()
    times = (begun - timedelta(hours=number) for number in range(10))
    monkeypatch.setattr(timezone, "now", lambda: next(times))
    limits = []

    class Timed(Probe):
        def finding(self, limit_seconds: float) -> Finding:
            limits.append(limit_seconds)
            return super().finding(0.0)

    findings([Timed("one", str), Timed("two", str)])

    assert len(limits) == 2
    assert max(limits) <= readiness.LIMIT_SECONDS


def test_the_process_is_alive_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


def test_a_page_store_that_does_not_open_is_named(client: Client, tmp_path: Path) -> None:
    with override_settings(BROADSHEET_DATA=tmp_path / "missing", PAGES_STORED=True):
        response = client.get("/readyz?serving")

    assert response.status_code == 503
    assert response.json()["components"]["page store"]["status"] == "failing"


@pytest.mark.django_db(transaction=True)
def test_a_search_index_that_is_missing_or_left_behind_is_named(client: Client, tmp_path: Path) -> None:
    def told() -> tuple[str, str]:
        part = client.get("/readyz").json()["components"]["search index"]
        return part["status"], part["detail"]

    with override_settings(BROADSHEET_DATA=tmp_path):
        missing = told()
        rebuild_index(home=IndexHome(tmp_path))
        built = told()
        with transaction.atomic():
            append_change(keys={"site"})
        Change.objects.update(at=timezone.now() - timedelta(minutes=2))
        left_behind = told()

    assert missing == ("failing", "is not built yet")
    assert built == ("ok", "keeps up")
    assert left_behind == ("failing", "a change of 120 s ago is not in it")


@pytest.mark.django_db(transaction=True)
def test_a_database_older_than_the_program_is_named_and_readers_are_served(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness._Migrations, "agree", False)
    recorder = MigrationRecorder(connection)
    newest = recorder.migration_qs.filter(app="stories").latest("pk").name
    recorder.record_unapplied("stories", newest)
    try:
        older, serving = client.get("/readyz"), client.get("/readyz?serving")
    finally:
        recorder.record_applied("stories", newest)

    assert (older.status_code, serving.status_code) == (503, 200)
    assert older.json()["components"]["database"]["status"] == "ok"
    assert "run `broadsheet migrate`" in older.json()["components"]["migrations"]["detail"]
    assert client.get("/readyz").json()["components"]["migrations"]["status"] == "ok"
