"""SIGHUP: new code and settings, and no reader notices."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests.serving.readers import reading
from tests.serving.served_paper import Paper, descriptors, lives

pytestmark = pytest.mark.django_db
RELOADS = 5


def test_readers_notice_nothing_of_five_reloads_but_the_new_edition(paper: Paper) -> None:
    before = {"supervisor": paper.pid}
    supervisor_holds = descriptors(paper)["supervisor"]
    keeper_holds = descriptors(paper)["keeper"]
    assert paper.get("/healthz", host="new.example").status == 400

    with reading(paper.port) as readers:
        paper.is_coded(first="second")
        paper.set_to('ALLOWED_HOSTS = ["127.0.0.1", "new.example"]')
        for _ in range(RELOADS):
            workers = paper.of("web")
            paper.reload()
            assert not set(workers) & set(paper.of("web"))
            readers.wait_for(50)

    assert readers.mishaps == []
    assert readers.asked_again > 0, "some connections were kept, and closed by a reload"
    assert readers.bodies["/edition"] == {b"first", b"second"}
    assert len(readers.bodies["/"]) == 1
    assert paper.get("/edition").body == b"second"
    assert paper.get("/healthz", host="new.example").status == 200
    assert paper.pid == before["supervisor"]
    assert not [one for one in paper.processes() if one.is_zombie]
    paper.wait_until(lambda: descriptors(paper)["supervisor"] == supervisor_holds)
    assert descriptors(paper)["keeper"] == keeper_holds


def test_pages_end_as_those_of_the_generation_that_stays(paper: Paper) -> None:
    """While both generations render and store, whoever comes last."""
    settings = paper.data / "served_settings.py"
    before = settings.read_text()

    def is_of_new_generation() -> bool:
        return b'href="/again/' in paper.get("/").body

    assert not is_of_new_generation()
    try:
        with reading(paper.port) as readers:
            settings.write_text(f'{before}\nSTATIC_URL = "/again/"\n')
            paper.reload()
            paper.wait_until(is_of_new_generation)
            readers.wait_for(50)
        assert readers.mishaps == []
        assert is_of_new_generation()
    finally:
        settings.write_text(before)
        paper.reload()
    paper.wait_until(lambda: not is_of_new_generation())


def test_a_request_that_runs_is_answered_by_the_generation_that_began_it(paper: Paper) -> None:
    with paper.asking_slowly() as asked:
        keeper = paper.only("keeper")
        os.kill(paper.pid, signal.SIGHUP)
        paper.wait_until(lambda: len(paper.of("keeper")) == 2 and len(paper.of("web")) == paper.workers + 1)
        assert paper.get("/edition").status == 200
        paper.open_gate()
        answer = asked.result()

    assert (answer.status, answer.body) == (200, b"whole" * 100_000)
    paper.wait_until(lambda: not lives(keeper) and paper.is_whole())


def test_a_generation_with_a_broken_setting_leaves_the_one_before_serving(paper: Paper) -> None:
    assert_goes_on_after_failed_reload(paper, 'TIME_ZONE = "Nowhere/Never', "cannot be read as TOML")


def test_a_generation_with_broken_code_leaves_the_one_before_serving(paper: Paper) -> None:
    code = (paper.data / "served_urls.py").read_text()
    (paper.data / "served_urls.py").write_text("raise RuntimeError('half an upgrade')")
    try:
        assert_goes_on_after_failed_reload(paper, "", "half an upgrade")
    finally:
        (paper.data / "served_urls.py").write_text(code)


def test_a_reload_while_there_is_no_interpreter_leaves_the_old_one_serving(paper: Paper) -> None:
    supervisor_holds = descriptors(paper)["supervisor"]
    paper.interpreter.unlink()
    try:
        assert_goes_on_after_failed_reload(paper, "", "No such file or directory")
    finally:
        paper.install_interpreter()

    assert descriptors(paper)["supervisor"] == supervisor_holds
    paper.reload()


def test_a_reload_without_the_migrations_of_the_new_code_leaves_the_old_one_serving(paper: Paper) -> None:
    with last_migration_not_applied(paper.data / "main.db"):
        assert_goes_on_after_failed_reload(paper, "", "Run `broadsheet migrate` first")

    paper.reload()


def assert_goes_on_after_failed_reload(paper: Paper, settings: str, words: str) -> None:
    kept = paper.set_to_now()
    before, lines = {role: paper.of(role) for role in ("keeper", "web", "clock")}, len(paper.log())
    failed = "The new generation could not be started"

    with reading(paper.port) as readers:
        paper.set_to(settings)
        os.kill(paper.pid, signal.SIGHUP)
        paper.wait_until(lambda: any(failed in line for line in paper.log()[lines:]))
        readers.wait_for(20)
    paper.set_to(kept)

    assert readers.mishaps == []
    assert readers.asked_again == 0
    assert any(words in line for line in paper.log()[lines:])
    assert {role: paper.of(role) for role in before} == before
    assert paper.is_whole()


@contextmanager
def last_migration_not_applied(path: Path) -> Iterator[None]:
    with closing(connection.Database.connect(path, isolation_level=None)) as database:  # type: ignore[attr-defined]
        columns = "id, app, name, applied"
        row = database.execute(
            f"SELECT {columns} FROM django_migrations WHERE app = 'stories' ORDER BY id DESC LIMIT 1"
        ).fetchone()
        database.execute("DELETE FROM django_migrations WHERE id = ?", row[:1])
        yield
        database.execute(f"INSERT INTO django_migrations ({columns}) VALUES (?, ?, ?, ?)", row)
