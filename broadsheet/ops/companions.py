"""Processes that run beside the web workers: kept alive, and never longer than the paper is served.

    serve ─ keeper ┬ tasks worker
                   ├ embargo clock
                   └ embargo clock (standby)

The keeper is split off before the web server starts its threads; its children are split off from it with everything
loaded, so that one that died is back in milliseconds. The kernel tells each when its parent has died, however it did.
"""

import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

SECONDS_TO_FINISH = 10
SHORT_LIFE_SECONDS = 2.0
"""A companion that lived no longer than this is started again only after as long a pause."""
PR_SET_PDEATHSIG = 1
logger = logging.getLogger(__name__)
Job = Callable[[], object]


@contextmanager
def companions(jobs: Sequence[tuple[str, Job]]) -> Iterator[None]:
    """Run each named job in a process of its own for as long as the block lasts, again whenever it dies.

    To be entered before this process has threads or open database connections.
    """
    keeper = _split_off(lambda: _Keeper(jobs).keep())
    try:
        yield
    finally:
        os.kill(keeper, signal.SIGTERM)
        os.waitpid(keeper, 0)


class _Keeper:
    """Starts the jobs, and starts again what died, until it is told to stop or its parent dies."""

    def __init__(self, jobs: Sequence[tuple[str, Job]]) -> None:
        self._jobs = jobs
        self._running: dict[int, tuple[int, float]] = {}
        self._is_stopping = False

    def keep(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for place in range(len(self._jobs)):
            self._start(place)
        while self._running:
            pid, status = os.wait()
            place, since = self._running.pop(pid)
            if not self._is_stopping:
                self._start_again(place, status, time.monotonic() - since)

    def _start(self, place: int) -> None:
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        if not self._is_stopping:
            pid = _split_off(self._jobs[place][1])
            self._running[pid] = (place, time.monotonic())
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    def _start_again(self, place: int, status: int, lived_seconds: float) -> None:
        code = os.waitstatus_to_exitcode(status)
        logger.error("%s ended (%s) after %.0f s and is started again", self._jobs[place][0], code, lived_seconds)
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

    def _tell(self, number: signal.Signals) -> None:
        for pid in self._running:
            os.kill(pid, number)


def _split_off(job: Job) -> int:
    """Run a job in a child process that ends when this one does; return its number."""
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _end_with(parent)
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


def _end_with(parent: int) -> None:
    """Have the kernel send SIGTERM when the parent dies; begin with the signals that a new process has."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.alarm(0)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
