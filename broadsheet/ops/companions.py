"""Processes that run beside the web workers: kept alive, and never longer than the paper is served.

    serve ─ keeper ┬ tasks worker
                   ├ embargo clock
                   └ embargo clock (standby)

The keeper is split off before the web server starts its threads; its children are split off from it with everything
loaded, so that one that died is back in milliseconds. The kernel tells each when its parent has died, however it did.

What has to happen at its second cannot wait for a paper that was killed to be started again: a clock may go on for a
while by itself. An orderly stop ends everything at once.
"""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

SECONDS_TO_FINISH = 10
SHORT_LIFE_SECONDS = 2.0
"""A companion that lived no longer than this is started again only after as long a pause."""
PR_SET_PDEATHSIG = 1
ORPHANED = signal.SIGUSR2
"""What the kernel sends to a process that does more than end when its parent has died. Asking for the parent's number
then would not tell: a parent with threads is still there while the last of them dies."""
logger = logging.getLogger(__name__)
Job = Callable[[], object]


@dataclass(frozen=True)
class Companion:
    """A job with a process of its own."""

    name: str
    job: Job
    outlives_seconds: int = 0
    """How long it goes on when the paper was killed."""


@contextmanager
def companions(members: Sequence[Companion]) -> Iterator[None]:
    """Run each member's job in a process of its own for as long as the block lasts, again whenever it dies.

    To be entered before this process has threads or open database connections.
    """
    keeper = _split_off(lambda: _Keeper(members).keep(), parting=ORPHANED)
    try:
        yield
    finally:
        os.kill(keeper, signal.SIGTERM)
        os.waitpid(keeper, 0)


class _Keeper:
    """Starts the jobs, and starts again what died, until it is told to stop or its parent dies."""

    def __init__(self, members: Sequence[Companion]) -> None:
        self._members = members
        self._running: dict[int, tuple[int, float]] = {}
        self._is_stopping = False
        self._is_orphaned = False

    def keep(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(ORPHANED, self._outlive)
        for place in range(len(self._members)):
            self._start(place)
        while self._awaited():
            pid, status = os.wait()
            place, since = self._running.pop(pid)
            if not self._is_stopping:
                self._start_again(place, status, time.monotonic() - since)

    def _start(self, place: int) -> None:
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT, ORPHANED})
        if not self._is_stopping:
            member = self._members[place]
            outlives = member.outlives_seconds > 0
            pid = _split_off(_outliving(member), parting=ORPHANED) if outlives else _split_off(member.job)
            self._running[pid] = (place, time.monotonic())
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def _start_again(self, place: int, status: int, lived_seconds: float) -> None:
        code = os.waitstatus_to_exitcode(status)
        logger.error("%s ended (%s) after %.0f s and is started again", self._members[place].name, code, lived_seconds)
        if lived_seconds < SHORT_LIFE_SECONDS:
            time.sleep(SHORT_LIFE_SECONDS)
        self._start(place)

    def _stop(self, *_: object) -> None:
        """Have all companions end in order; after a while the kernel ends them."""
        if self._is_stopping:
            return
        self._is_stopping = True
        signal.signal(signal.SIGALRM, lambda *_: self._tell(signal.SIGKILL))
        signal.alarm(SECONDS_TO_FINISH)
        self._tell(signal.SIGTERM)

    def _outlive(self, *_: object) -> None:
        """End, and leave those alone that are to go on for a while."""
        self._is_orphaned = True
        self._stop()
        if not self._awaited():
            sys.exit()

    def _tell(self, number: signal.Signals) -> None:
        for pid in self._awaited():
            os.kill(pid, number)

    def _awaited(self) -> list[int]:
        """Return the processes that run; without those that are to go on when the paper has been killed."""
        if not self._is_orphaned:
            return list(self._running)
        return [pid for pid, (place, _) in self._running.items() if not self._members[place].outlives_seconds]


def _outliving(member: Companion) -> Job:
    """Return a member's job, which goes on for some time after the signal that its parent has died."""

    def job() -> None:
        signal.signal(ORPHANED, lambda *_: signal.alarm(member.outlives_seconds))
        signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        member.job()

    return job


def _split_off(job: Job, *, parting: signal.Signals = signal.SIGTERM) -> int:
    """Run a job in a child process that is sent a signal when this one has died; return its number."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _end_with(parent, parting)
        job()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        logger.exception("A companion failed")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # past what the parent has open: its locks, its exit handlers


def _end_with(parent: int, parting: signal.Signals) -> None:
    """Have the kernel tell when the parent dies; begin with the signals that a new process has."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, ORPHANED):
        signal.signal(number, signal.SIG_DFL)
    signal.alarm(0)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, parting)
    if os.getppid() != parent:
        os._exit(1)
