"""The paper ends: in order, or killed."""

import json
import os
import signal

import pytest

from tests.serving.readers import reading
from tests.serving.served_paper import Paper, is_free, lives

pytestmark = pytest.mark.django_db
FIELDS = {"time", "level", "role", "logger", "message"}
ALSO = {"exception", "status_code"}
ROLES = {
    *("supervisor", "keeper", "web", "tasks", "follower", "clock", "health"),
    *("chores", "notices", "indexer", "websub"),
}


def test_sigterm_answers_what_was_accepted_and_leaves_nothing(mortal_paper: Paper) -> None:
    paper = mortal_paper
    assert paper.get("/careless", method="POST").status == 500
    with reading(paper.port) as readers, paper.asking_slowly() as asked:
        everyone = [one.pid for one in paper.processes()]
        os.kill(paper.pid, signal.SIGTERM)
        readers.stop()
        paper.wait_until(lambda: len(paper.of("web")) == 1)
        paper.open_gate()
        answer = asked.result()

    assert (answer.status, answer.body) == (200, b"whole" * 100_000)
    assert readers.mishaps == []
    assert paper.process
    assert paper.process.wait() == 0
    assert not [pid for pid in everyone if lives(pid)]
    assert is_free(paper.port)
    assert is_free(paper.health_port)
    assert_is_documented(paper.log())


def assert_is_documented(lines: list[str]) -> None:
    """Every line is one object with the documented fields, and no secret stands in any."""
    told = [json.loads(line) for line in lines]
    assert all(line.keys() >= FIELDS and line.keys() <= FIELDS | ALSO for line in told)
    assert {line["role"] for line in told} <= ROLES
    assert {line["role"] for line in told} >= {"supervisor", "web", "clock"}
    assert any("Traceback" in line.get("exception", "") for line in told)
    for secret in ("s3cr3t", "ida@paper.example", "hunter2"):
        assert secret not in "\n".join(lines)


def test_a_request_that_never_ends_holds_nobody_up_when_all_above_it_were_killed(mortal_paper: Paper) -> None:
    paper = mortal_paper
    clocks = paper.of("clock")
    with paper.asking_slowly() as asked:
        for pid in (paper.pid, paper.only("keeper")):
            os.kill(pid, signal.SIGKILL)

        paper.wait_until(lambda: is_free(paper.port) and is_free(paper.health_port))
        paper.wait_until(lambda: {one.role for one in paper.processes() if not one.is_zombie} == {"clock"})
        assert isinstance(asked.exception(), ConnectionError)

    assert paper.of("clock") == clocks, "what is due at its second does not wait"
    for pid in clocks:
        os.kill(pid, signal.SIGTERM)
    paper.wait_until(lambda: not any(map(lives, clocks)))


def test_when_the_supervisor_is_killed_all_end_but_the_clocks(mortal_paper: Paper) -> None:
    paper = mortal_paper
    clocks = paper.of("clock")

    os.kill(paper.pid, signal.SIGKILL)

    paper.wait_until(lambda: is_free(paper.port) and is_free(paper.health_port))
    paper.wait_until(lambda: {one.role for one in paper.processes() if not one.is_zombie} == {"clock"})
    assert paper.of("clock") == clocks
