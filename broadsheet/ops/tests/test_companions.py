"""The processes beside the web workers: started again when they die, gone when the paper is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE_SECONDS = 60
PAPER = """
import os, signal, sys
from pathlib import Path
from broadsheet.ops.companions import HEARD, Companion, keep, split_off

def job(name):
    def work():
        (Path(sys.argv[1]) / f"{name}-{os.getpid()}").touch()
        while True:
            signal.pause()
    return work

outlives_seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 0
members = [Companion("first", job("first"), outlives_seconds=outlives_seconds), Companion("second", job("second"))]
keeper = split_off(Companion("keeper", lambda: keep(members)))
signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
signal.sigwait([signal.SIGTERM])
os.kill(keeper, signal.SIGTERM)
os.waitpid(keeper, 0)
"""


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", PAPER, str(tmp_path)])
    yield process
    process.kill()
    process.wait()


def companions_in(folder: Path, name: str = "*") -> list[int]:
    return [int(path.name.partition("-")[2]) for path in folder.glob(f"{name}-*")]


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this should have happened by now"
        time.sleep(0.02)


def test_one_that_dies_is_started_again(paper: subprocess.Popen[bytes], tmp_path: Path) -> None:
    wait_until(lambda: len(companions_in(tmp_path)) == 2)
    (first,) = companions_in(tmp_path, "first")

    os.kill(first, signal.SIGKILL)

    wait_until(lambda: len(companions_in(tmp_path, "first")) == 2)
    assert len(companions_in(tmp_path, "second")) == 1


WITHOUT_MEMORY = """
import errno, os
really_fork = os.fork
def fork():
    os.fork = fork if refusals.pop() else really_fork
    raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
refusals = [False, True, True]
def keep_without_memory(members):
    os.fork = fork
    keep(members)
"""


def test_one_that_cannot_be_started_is_tried_again_and_takes_nobody_with_it(tmp_path: Path) -> None:
    program = WITHOUT_MEMORY + PAPER.replace("lambda: keep(", "lambda: keep_without_memory(")
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stderr=subprocess.PIPE) as paper:
        try:
            wait_until(lambda: len(companions_in(tmp_path)) == 2)
            paper.terminate()
            _, log = paper.communicate()
        finally:
            paper.kill()

    assert len(companions_in(tmp_path, "first")) == len(companions_in(tmp_path, "second")) == 1
    told = [line for line in log.decode().splitlines() if "could not be started ([Errno 12]" in line]
    assert len(told) == 3


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_none_outlives_the_paper(paper: subprocess.Popen[bytes], tmp_path: Path, end: signal.Signals) -> None:
    wait_until(lambda: len(companions_in(tmp_path)) == 2)

    paper.send_signal(end)
    paper.wait()

    wait_until(lambda: not any(lives(pid) for pid in companions_in(tmp_path)))


@pytest.mark.parametrize("seconds", [1, 3600])
def test_what_may_outlive_a_killed_paper_does_for_so_long(tmp_path: Path, seconds: int) -> None:
    paper = subprocess.Popen([sys.executable, "-c", PAPER, str(tmp_path), str(seconds)])
    wait_until(lambda: len(companions_in(tmp_path)) == 2)
    (first,), (second,) = companions_in(tmp_path, "first"), companions_in(tmp_path, "second")

    paper.kill()
    paper.wait()

    wait_until(lambda: not lives(second))
    if seconds == 1:
        wait_until(lambda: not lives(first))
    else:
        assert lives(first)
        os.kill(first, signal.SIGTERM)
        wait_until(lambda: not lives(first))


def test_an_orderly_stop_ends_that_too(tmp_path: Path) -> None:
    paper = subprocess.Popen([sys.executable, "-c", PAPER, str(tmp_path), "3600"])
    wait_until(lambda: len(companions_in(tmp_path)) == 2)

    paper.terminate()
    paper.wait()

    wait_until(lambda: not any(lives(pid) for pid in companions_in(tmp_path)))


LAST_WORDS = """
import atexit, os, sys
from pathlib import Path
from broadsheet.ops.companions import Companion, split_off

def say(who):
    with (Path(sys.argv[1]) / "said").open("a") as said:
        said.write(f"{who} ")

atexit.register(say, "parent")
os.waitpid(split_off(Companion("one", lambda: atexit.register(say, "companion"))), 0)
"""


def test_a_companion_says_its_own_last_words_and_not_its_parents(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", LAST_WORDS, str(tmp_path)], check=True)

    assert (tmp_path / "said").read_text() == "companion parent "
