"""Claim: what is planned goes live within a second of its moment, and once, whatever dies meanwhile.

Five hundred first publications (twelve paragraphs, two names, two topics): all due in one second, and five a second
for a hundred seconds; with the running clock killed (-9) in the middle, and with the whole of `serve` killed and
started again; and with two clocks that know nothing of each other, as on two machines. Printed for SQLite and
PostgreSQL: the worst, median and 99th percentile of how late each was recorded as published, and how many twice.

The clock outlives a `serve` that was killed for as long as it takes to start another. `BENCH_DATABASES=sqlite`,
`BENCH_STORIES=500`, `BENCH_SPREAD_SECONDS=100` measure something else. The machine has to be quiet: everything here
shares its processors with the measurement.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.publish import DATABASES, new_database
from tooling.processes import free_port

STORIES = int(os.environ.get("BENCH_STORIES", "500"))
SPREAD_SECONDS = float(os.environ.get("BENCH_SPREAD_SECONDS", "100"))
LEAD_SECONDS = 60
"""From planning to the first moment: a clock has time to prepare five hundred."""
SETTLING_SECONDS = 5
"""Before the first look at what came of it, which is a process of its own and takes its share of the machine."""
PATIENCE_SECONDS = 120
Environment = Mapping[str, str]
Processes = list[subprocess.Popen[bytes]]


@dataclass(frozen=True)
class Case:
    """How the publications are spread, what runs them, and what happens to it in the middle."""

    name: str
    spread_seconds: float
    start: Callable[[Environment], Processes]
    mishap: Callable[[Environment, Processes], None] | None = None


def main() -> None:
    """Measure every case on each database."""
    print(f"{'':<46}{'worst':>9}{'median':>9}{'p99':>9}{'twice':>7}{'missing':>9}")
    for database in DATABASES:
        with new_database(database) as environment:
            _stories(environment, "make", str(STORIES))
            _broadsheet(environment, "collectstatic", "--no-input", "--verbosity=0")
            for case in CASES:
                print(f"{database + ', ' + case.name:<46}{_measure(case, environment)}", flush=True)


def _measure(case: Case, environment: Environment) -> str:
    planned = json.loads(_stories(environment, "plan", str(LEAD_SECONDS), str(case.spread_seconds)))
    with _running(case, environment) as processes:
        if case.mishap:
            time.sleep(max(0.0, planned["last"] - case.spread_seconds / 2 - time.time() + 0.1))
            case.mishap(environment, processes)
        time.sleep(max(0.0, planned["last"] + SETTLING_SECONDS - time.time()))
        deadline = time.time() + PATIENCE_SECONDS
        while (found := json.loads(_stories(environment, "report")))["waiting"] and time.time() < deadline:
            time.sleep(1)
    late = found["late"]
    p99 = late[int(len(late) * 0.99) - 1]
    figures = f"{late[-1]:>7.3f} s{statistics.median(late):>7.3f} s{p99:>7.3f} s"
    return f"{figures}{found['twice']:>7}{STORIES - len(late):>9}"


@contextmanager
def _running(case: Case, environment: Environment) -> Iterator[Processes]:
    processes = case.start(environment)
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _serve(environment: Environment) -> Processes:
    return [_start(environment, "serve", "--workers", "1", "--port", str(free_port()))]


def _two_strangers(environment: Environment) -> Processes:
    folder = Path(environment["BROADSHEET_DATA"])
    return [_start(environment, "embargo_clock", "--lock", str(folder / f"clock-{number}.lock")) for number in (1, 2)]


def _kill_clock(environment: Environment, processes: Processes) -> None:
    """Kill the clock that holds the lock, as a power cut would."""
    pid = int((Path(environment["BROADSHEET_DATA"]) / "embargo-clock.lock").read_text())
    os.kill(pid, signal.SIGKILL)


def _restart(environment: Environment, processes: Processes) -> None:
    processes[0].kill()
    processes[0].wait()
    processes[:] = _serve(environment)


CASES = [
    Case("all at once", 0, _serve),
    Case("all at once, clock killed", 0, _serve, _kill_clock),
    Case("all at once, all restarted", 0, _serve, _restart),
    Case("all at once, two clocks", 0, _two_strangers),
    Case(f"over {SPREAD_SECONDS:.0f} s, clock killed", SPREAD_SECONDS, _serve, _kill_clock),
    Case(f"over {SPREAD_SECONDS:.0f} s, all restarted", SPREAD_SECONDS, _serve, _restart),
]


def _start(environment: Environment, *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "broadsheet", *command], env=environment)


def _broadsheet(environment: Environment, *command: str) -> None:
    subprocess.run([sys.executable, "-m", "broadsheet", *command], env=environment, check=True)


def _stories(environment: Environment, *command: str) -> str:
    child = [sys.executable, "-m", "bench._planned_stories", *command]
    return subprocess.run(child, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
