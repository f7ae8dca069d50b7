"""The processes of which a paper on one machine consists: kept alive by their keeper, and never longer than it lives.

    supervisor ─ keeper ┬ web workers
                        ├ tasks worker, chores, follower of the log
                        ├ embargo clock
                        └ embargo clock (standby)

They are split off from the keeper with everything loaded, so that one that died is back in milliseconds. The kernel
tells each when the keeper has died, however it did.

What has to happen at its second cannot wait for a paper that was killed to be started again: a clock may go on for a
while by itself. An orderly stop ends everything, readers' requests first and the clocks last.
"""

import atexit
import ctypes
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from broadsheet.kit.structured_logs import set_role
from broadsheet.ops.backoff import Backoff

SECONDS_TO_FINISH = 10.0
"""How long those that end together have for what they are doing; then the kernel ends them."""
SECONDS_TO_HEAR = 1.0
"""After so long those that end first have heard of it: a socket may not be shut under a worker that accepts from it."""
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
LOOK_SECONDS = 0.5
HEARD = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGHUP)
logger = logging.getLogger(__name__)
Job = Callable[[], object]


@dataclass(frozen=True)
class Companion:
    """A job with a process of its own."""

    name: str
    job: Job
    role: str = "companion"
    outlives_seconds: int = 0
    """How long it goes on when the paper was killed."""
    ends: int = 1
    """Its turn in an orderly stop: 0 is first."""


@dataclass
class _Place:
    """Where one companion lives, and how it did so far."""

    companion: Companion
    backoff: Backoff = field(default_factory=Backoff)
    pid: int = 0
    since: float = 0.0
    start_at: float = 0.0


def keep(members: Sequence[Companion], *, on_stop: Job = lambda: None) -> None:
    """Run each member's job in a process of its own, again whenever it dies, until SIGTERM or the parent's death.

    `on_stop` is called when those that end first have heard that they are to. To be called by a process without threads
    or open database connections.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    _Keeper(members, on_stop).keep()


class _Keeper:
    def __init__(self, members: Sequence[Companion], on_stop: Job) -> None:
        self._places = [_Place(member) for member in members]
        self._on_stop = on_stop
        self._parent = os.getppid()

    def keep(self) -> None:
        while os.getppid() == self._parent:
            self._start_due()
            heard = signal.sigtimedwait(HEARD, self._seconds_to_next_start())
            if heard is not None and heard.si_signo in {signal.SIGTERM, signal.SIGINT}:
                break
            for place, code in self._ended():
                lived_seconds = time.monotonic() - place.since
                self._put_off(
                    place, f"ended ({how_it_ended(code)}) after {lived_seconds:.1f} s", lived_seconds=lived_seconds
                )
        self._stop()

    def _start_due(self) -> None:
        for place in self._places:
            if not place.pid and place.start_at <= time.monotonic():
                try:
                    place.pid = split_off(place.companion)
                except OSError as error:  # the machine is short of memory or of processes, and the others live on
                    self._put_off(place, f"could not be started ({error})", lived_seconds=0.0)
                else:
                    place.since = time.monotonic()

    def _seconds_to_next_start(self) -> float:
        starts = [place.start_at - time.monotonic() for place in self._places if not place.pid]
        return max(0.0, min([LOOK_SECONDS, *starts]))

    def _ended(self) -> list[tuple[_Place, int]]:
        """Return those that have ended since the last time, each with its exit code."""
        ended = []
        for pid, code in reaped():
            for place in self._places:
                if place.pid == pid:
                    place.pid = 0
                    ended.append((place, code))
        return ended

    def _put_off(self, place: _Place, what_happened: str, *, lived_seconds: float) -> None:
        pause_seconds = place.backoff.pause_seconds(lived_seconds=lived_seconds)
        place.start_at = time.monotonic() + pause_seconds
        logger.error("%s %s and is started again in %.1f s", place.companion.name, what_happened, pause_seconds)

    def _stop(self) -> None:
        """Have all end in their order; those that go on after a kill are left to it if there was one."""
        for turn in sorted({place.companion.ends for place in self._places}):
            told = [place for place in self._places if place.companion.ends == turn and self._is_awaited(place)]
            for place in told:
                os.kill(place.pid, signal.SIGTERM)
            if turn == min(place.companion.ends for place in self._places):
                self._await_some_time(told, SECONDS_TO_HEAR)
                self._on_stop()
            self._await(told)

    def _is_awaited(self, place: _Place) -> bool:
        was_killed = os.getppid() != self._parent
        return bool(place.pid) and not (was_killed and place.companion.outlives_seconds)

    def _await_some_time(self, told: Sequence[_Place], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while any(place.pid for place in told) and (left_seconds := deadline - time.monotonic()) > 0:
            signal.sigtimedwait({signal.SIGCHLD}, left_seconds)
            self._ended()

    def _await(self, told: Sequence[_Place]) -> None:
        deadline = time.monotonic() + SECONDS_TO_FINISH
        while any(place.pid for place in told):
            left_seconds = deadline - time.monotonic()
            if left_seconds <= 0:
                for place in told:
                    if place.pid:
                        logger.error("%s did not end in time and is killed", place.companion.name)
                        os.kill(place.pid, signal.SIGKILL)
                deadline = time.monotonic() + SECONDS_TO_FINISH
            signal.sigtimedwait({signal.SIGCHLD}, min(LOOK_SECONDS, max(0.0, left_seconds)))
            self._ended()


def reaped() -> list[tuple[int, int]]:
    """Return the child processes that have ended, each with its exit code."""
    ended: list[tuple[int, int]] = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if not pid:
            return ended
        ended.append((pid, os.waitstatus_to_exitcode(status)))


def how_it_ended(code: int) -> str:
    """Return an exit code in words: what it is, or which signal."""
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"


def split_off(companion: Companion) -> int:
    """Run a companion's job in a child process that ends when this one does, or so long after; return its number.

    Raises:
        OSError: there is no memory for another process, or there are as many as there may be.
    """
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        atexit._clear()  # the parent's own, as multiprocessing does it
        go_by(companion.role)
        end_with(parent, outlives_seconds=companion.outlives_seconds, seconds_to_finish=round(SECONDS_TO_FINISH))
        companion.job()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except BaseException:
        logger.exception("%s failed", companion.name)
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # past what the parent has open, and its locks


def go_by(role: str) -> None:
    """Say in this process's log, and to `ps -o comm`, what it is for."""
    set_role(role)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, role.encode())


def end_with(parent: int, *, outlives_seconds: int = 0, seconds_to_finish: int = 0) -> None:
    """Have the kernel tell when the parent dies; begin with the signals that a new process has.

    `seconds_to_finish` after it was told to end, by itself then, the kernel ends it: nobody else is left to do so.
    """
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # meant for the supervisor, when a whole group gets it
    signal.alarm(0)

    def end(*_: object) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds_to_finish)
        os.kill(os.getpid(), signal.SIGTERM)

    def outlive(*_: object) -> None:
        signal.signal(signal.SIGALRM, end)
        signal.alarm(outlives_seconds)

    signal.signal(signal.SIGUSR2, outlive if outlives_seconds else end)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGUSR2)
    if os.getppid() != parent:
        os._exit(1)
