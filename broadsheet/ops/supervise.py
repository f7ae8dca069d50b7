"""The root of the paper's processes: holds the port, and keeps one generation of them running.

    broadsheet serve = supervisor ─ keeper ─ web workers, tasks worker, chores, follower, clocks

It is a small program of its own without Django, so that little can go wrong in it, and a reload can bring new code:

- SIGHUP: a new generation is started. When all its web workers have loaded, the one before finishes what it does and
  ends; the embargo clock of the new one takes over as soon as that of the old one has ended. A new generation that
  cannot be started changes nothing.
- SIGTERM, SIGINT: no further connection is accepted, what runs is finished, everything ends.
- Whatever kills it: the kernel tells the keeper, who ends everything but the clocks, which go on for half a minute.
"""

import argparse
import logging
import logging.config
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from broadsheet.kit.structured_logs import log_what_would_be_printed, logging_config
from broadsheet.ops.backoff import Backoff
from broadsheet.ops.companions import HEARD, LOOK_SECONDS, go_by, how_it_ended

SECONDS_TO_START = 120.0
"""A generation whose web workers have not loaded by then is given up."""
SECONDS_TO_END = 45.0
"""Longer than a keeper gives all its children together."""
GLANCE_SECONDS = 0.05
logger = logging.getLogger("broadsheet.ops.supervise")


class Generation:
    """A keeper with its processes, as the supervisor sees it.

    Raises:
        OSError: it cannot be started: the interpreter is not there, or there is no memory for another process.
    """

    def __init__(self, *, listening: int, health: int | None, workers: int) -> None:
        self._workers = workers
        self._loaded: set[int] = set()
        self._ready, told = os.pipe()
        os.set_blocking(self._ready, False)
        kept = [listening, told] if health is None else [listening, told, health]
        command = [sys.executable, "-m", "broadsheet.ops.generation", f"--parent={os.getpid()}"]
        command += [f"--workers={workers}", f"--listening={listening}", f"--ready={told}"]
        try:
            self.process = subprocess.Popen(
                [*command, *([] if health is None else [f"--health={health}"])], pass_fds=kept, close_fds=True
            )
        except OSError:
            os.close(self._ready)
            raise
        finally:
            os.close(told)
        self.since = time.monotonic()

    def is_ready(self) -> bool:
        """Tell whether all its web workers have loaded."""
        with suppress(BlockingIOError):
            self._loaded.update(os.read(self._ready, 1024))
        return len(self._loaded) == self._workers

    def ended(self) -> int | None:
        """Return its exit code if it has ended."""
        return self.process.poll()

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        self.process.send_signal(number)

    def close(self) -> None:
        """Let go of what was kept for it."""
        os.close(self._ready)


class Supervisor:
    """Keeps one generation running; while one replaces another, two."""

    def __init__(self, *, listening: socket.socket, health: socket.socket | None, workers: int) -> None:
        self._listening = listening
        self._health = health
        self._workers = workers
        self._backoff = Backoff()
        self._current: Generation | None = None
        self._coming: Generation | None = None
        self._leaving: list[tuple[Generation, float]] = []
        self._start_at = 0.0
        self._was_ready = False
        self._is_reload_wanted = False

    def run(self) -> int:
        """Supervise until told to end; return the exit code."""
        while True:
            if not self._look():
                return 1
            is_waiting = self._coming is not None or self._leaving
            heard = signal.sigtimedwait(HEARD, GLANCE_SECONDS if is_waiting else LOOK_SECONDS)
            if heard is None:
                continue
            if heard.si_signo in {signal.SIGTERM, signal.SIGINT}:
                logger.info("Told to end by %s: finishing what runs", signal.Signals(heard.si_signo).name)
                return self._end()
            if heard.si_signo == signal.SIGHUP:
                self._is_reload_wanted = True

    def _look(self) -> bool:
        """See to what has changed; return whether there is reason to go on."""
        self._see_to_current()
        self._see_to_coming()
        self._see_to_leaving()
        return self._was_ready or self._coming is not None

    def _see_to_current(self) -> None:
        current = self._current
        if current is not None and (code := current.ended()) is not None:
            lived_seconds = time.monotonic() - current.since
            current.close()
            self._current = None
            pause_seconds = self._backoff.pause_seconds(lived_seconds=lived_seconds)
            self._start_at = time.monotonic() + pause_seconds
            logger.error(
                "The keeper ended (%s) after %.1f s and is started again in %.1f s",
                how_it_ended(code), lived_seconds, pause_seconds,
            )  # fmt: skip
        if self._current is None and self._coming is None and self._start_at <= time.monotonic():
            self._start()
        if self._current is not None and self._coming is None and self._is_reload_wanted:
            self._is_reload_wanted = False
            logger.info("Reloading: a new generation is started, and this one serves until it is ready")
            self._start()

    def _see_to_coming(self) -> None:
        coming = self._coming
        if coming is None:
            return
        code = coming.ended()
        is_late = time.monotonic() - coming.since > SECONDS_TO_START
        if code is not None or is_late:
            reason = how_it_ended(code) if code is not None else f"not ready after {SECONDS_TO_START:.0f} s"
            self._give_up(coming, reason)
        elif coming.is_ready():
            self._coming = None
            if self._current is not None:
                self._current.tell(signal.SIGTERM)
                self._leaving.append((self._current, time.monotonic() + SECONDS_TO_END))
            self._current = coming
            logger.info("The paper is served by keeper %s", coming.process.pid)
            self._was_ready = True

    def _give_up(self, coming: Generation, reason: str) -> None:
        self._coming = None
        if coming.ended() is None:
            coming.tell(signal.SIGTERM)
            self._leaving.append((coming, time.monotonic() + SECONDS_TO_END))
        else:
            coming.close()
        self._put_off(reason, lived_seconds=time.monotonic() - coming.since)

    def _put_off(self, reason: str, *, lived_seconds: float) -> None:
        """Go on with the generation that there is; without one, try again later."""
        if self._current is not None:
            logger.error("The new generation could not be started (%s); the one before goes on", reason)
            return
        pause_seconds = self._backoff.pause_seconds(lived_seconds=lived_seconds)
        self._start_at = time.monotonic() + pause_seconds
        logger.error("The paper could not be started (%s)", reason)

    def _see_to_leaving(self) -> None:
        staying = []
        for generation, deadline in self._leaving:
            if generation.ended() is not None:
                generation.close()
                continue
            if time.monotonic() > deadline:
                generation.tell(signal.SIGKILL)
            staying.append((generation, deadline))
        self._leaving = staying

    def _end(self) -> int:
        """End everything in order: at first nothing is accepted any more."""
        deadline = time.monotonic() + SECONDS_TO_END
        running = [one for one in (self._current, self._coming, *(one for one, _ in self._leaving)) if one is not None]
        for generation in running:
            generation.close()
            generation.tell(signal.SIGTERM)
        for held in filter(None, (self._listening, self._health)):
            held.close()  # the keeper refuses further connections as soon as no worker accepts any more
        while any(generation.ended() is None for generation in running):
            if time.monotonic() > deadline:
                for generation in running:
                    generation.tell(signal.SIGKILL)
            signal.sigtimedwait({signal.SIGCHLD}, GLANCE_SECONDS)
        logger.info("The paper has ended")
        return 0

    def _start(self) -> None:
        """Let a generation come, if one can be started at all."""
        health = self._health.fileno() if self._health else None
        try:
            self._coming = Generation(listening=self._listening.fileno(), health=health, workers=self._workers)
        except OSError as error:
            self._put_off(str(error), lived_seconds=0.0)


def main(arguments: Sequence[str]) -> int:
    """Supervise with sockets that were opened by `broadsheet serve`."""
    parser = argparse.ArgumentParser(prog="broadsheet.ops.supervise")
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--listening", type=int, required=True)
    parser.add_argument("--health", type=int)
    parser.add_argument("--log-format", default="")
    parser.add_argument("--log-level", default="INFO")
    options = parser.parse_args(arguments)
    logging.config.dictConfig(logging_config(log_format=options.log_format, level=options.log_level))
    log_what_would_be_printed()
    go_by("supervisor")
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    listening = socket.socket(fileno=options.listening)
    health = None if options.health is None else socket.socket(fileno=options.health)
    for held in filter(None, (listening, health)):
        held.set_inheritable(False)
    return Supervisor(listening=listening, health=health, workers=options.workers).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
