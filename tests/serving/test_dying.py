"""A process of the paper is killed: another is there, and readers wait at most."""

import os
import signal
from contextlib import closing, suppress

import pytest
from django.db import connection

from tests.serving.readers import reading
from tests.serving.served_paper import Paper, descriptors, lives

pytestmark = pytest.mark.django_db
LONG_AGO = "2026-01-01 00:00:00"


@pytest.mark.parametrize("role", ["web", "follower", "tasks", "chores", "clock", "health"])
def test_one_that_is_killed_is_there_again(paper: Paper, role: str) -> None:
    keeper, victim, lines = paper.only("keeper"), paper.of(role)[0], len(paper.log())

    os.kill(victim, signal.SIGKILL)
    paper.wait_until(lambda: not lives(victim) and paper.is_whole())

    assert paper.only("keeper") == keeper
    paper.wait_until(lambda: any("SIGKILL" in line and "is started again in" in line for line in paper.log()[lines:]))
    assert paper.get("/").status == 200


def test_no_new_connection_is_refused_while_a_keeper_is_started_again(paper: Paper) -> None:
    keeper, clocks, lines = paper.only("keeper"), paper.of("clock"), len(paper.log())

    with reading(paper.port) as readers:
        os.kill(keeper, signal.SIGKILL)
        paper.wait_until(lambda: not lives(keeper) and len(paper.of("clock")) == 4)
        for pid in clocks:
            assert lives(pid), "what is due at its second does not wait"
            os.kill(pid, signal.SIGTERM)
        paper.wait_until(paper.is_whole)
        readers.wait_for(50)

    assert readers.mishaps == []
    assert any("The keeper ended (signal SIGKILL)" in line for line in paper.log()[lines:])


def test_a_keeper_that_cannot_be_started_is_tried_again_until_it_can(mortal_paper: Paper) -> None:
    paper = mortal_paper
    supervisor_holds = descriptors(paper)["supervisor"]
    keeper, clocks = paper.only("keeper"), paper.of("clock")
    paper.interpreter.unlink()

    os.kill(keeper, signal.SIGKILL)
    paper.wait_until(lambda: sum("The paper could not be started" in line for line in paper.log()) >= 2)
    paper.install_interpreter()
    for pid in clocks:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)  # they would go on for a while by themselves

    paper.wait_until(paper.is_whole)
    assert paper.get("/").status == 200
    paper.wait_until(lambda: descriptors(paper)["supervisor"] == supervisor_holds)


def test_a_follower_that_is_behind_is_told_of_by_readyz(paper: Paper) -> None:
    follower = paper.only("follower")
    os.kill(follower, signal.SIGSTOP)
    with closing(connection.Database.connect(paper.data / "main.db", isolation_level=None)) as database:  # type: ignore[attr-defined]
        database.execute("INSERT INTO change_log (keys, hard, at) VALUES ('[\"a:1\"]', 0, ?)", (LONG_AGO,))

    for port in (paper.port, paper.health_port):
        behind = paper.get("/readyz", port=port)
        assert (behind.status, behind.told["components"]["follower"]["status"]) == (503, "failing")
        assert paper.get("/readyz?serving", port=port).status == 200
        assert paper.get("/healthz", port=port).status == 200
    os.kill(follower, signal.SIGCONT)
    paper.wait_until(lambda: paper.get("/readyz", port=paper.health_port).status == 200)
