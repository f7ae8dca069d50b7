"""Runs what the project checks about itself and says how long each check took: `python -m tooling.run_checks all`.

`static` is what needs no test; `all` adds the tests on PostgreSQL, then on SQLite with the browser. Every check runs
even when an earlier one failed; the exit code is 1 if any did. pytest's own closing line comes last.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tooling.debian import MissingProgramError
from tooling.processes import stop_in_order_when_terminated
from tooling.servers import DATABASE_VARIABLE, postgresql_server

PROGRAMS = Path(sys.executable).parent
BROADSHEET = [sys.executable, "-m", "broadsheet"]
PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "--numprocesses=auto",
    "--maxprocesses=8",
    "--dist=worksteal",
    "--quiet",
    "-rfEs",
]
STATIC_CHECKS: dict[str, list[str | Path]] = {
    "ruff check": [PROGRAMS / "ruff", "check", "--quiet", "."],
    "ruff format": [PROGRAMS / "ruff", "format", "--check", "--quiet", "."],
    "mypy": [PROGRAMS / "mypy"],
    "import-linter": [PROGRAMS / "lint-imports", "--no-cache"],
    "djlint": [PROGRAMS / "djlint", "--lint", "--quiet", "broadsheet"],
    "django check": [*BROADSHEET, "check"],
    "migrations": [*BROADSHEET, "makemigrations", "--check", "--dry-run"],
}
ON_POSTGRESQL = "database and not browser and not one_database"
_AT_ONCE = 2
_CLOSING_LINE = re.compile(r"(\d+ (passed|failed|error|skipped|deselected)|no tests ran).* in [\d.:]+")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one check ended."""

    name: str
    passed: bool
    seconds: float
    closing_line: str = ""


def main() -> int:
    """Run the checks that were asked for and print the table of outcomes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", choices=["static", "all"])
    which = parser.parse_args().which
    stop_in_order_when_terminated()
    outcomes = list(run_static_checks())
    if which == "all":
        outcomes += run_tests()
    _print_table(outcomes)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def run_static_checks() -> Iterator[Outcome]:
    """Run the checks that need no test, two at a time, showing the output of those that fail."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-checks-") as data, ThreadPoolExecutor(_AT_ONCE) as pool:
        environment = {**os.environ, "BROADSHEET_PROFILE": "test", "BROADSHEET_DATA": data}
        environment.pop("DATABASE_URL", None)

        def run(name: str) -> tuple[Outcome, str]:
            started = time.monotonic()
            result = subprocess.run(
                STATIC_CHECKS[name],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            passed = result.returncode == 0
            return Outcome(name=name, passed=passed, seconds=time.monotonic() - started), result.stdout

        for outcome, output in pool.map(run, STATIC_CHECKS):
            print(f"{outcome.name}: {'passed' if outcome.passed else 'FAILED'} ({outcome.seconds:.0f} s)", flush=True)
            if not outcome.passed:
                print(output, flush=True)
            yield outcome


def run_tests() -> Iterator[Outcome]:
    """Run the tests that use a database on PostgreSQL, then all tests on SQLite."""
    try:
        with postgresql_server() as url:
            yield _run_pytest("tests on PostgreSQL", ["-m", ON_POSTGRESQL], {DATABASE_VARIABLE: url})
    except MissingProgramError as error:
        print(error, file=sys.stderr)
        yield Outcome(name="tests on PostgreSQL", passed=not os.environ.get("CI"), seconds=0, closing_line=str(error))
    yield _run_pytest("tests on SQLite and in Chromium", ["-m", "not postgresql"], {})


def _run_pytest(name: str, arguments: list[str], variables: dict[str, str]) -> Outcome:
    print(f"\n{name}", flush=True)
    environment = {key: value for key, value in os.environ.items() if key != DATABASE_VARIABLE} | variables
    started = time.monotonic()
    closing_line = ""
    with subprocess.Popen([*PYTEST, *arguments], env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if _CLOSING_LINE.search(line):
                closing_line = line.strip()
    return Outcome(
        name=name, passed=process.returncode == 0, seconds=time.monotonic() - started, closing_line=closing_line
    )


def _print_table(outcomes: list[Outcome]) -> None:
    print(f"\n{'check':<34}{'outcome':<9}{'seconds':>8}")
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        print(f"{outcome.name:<34}{verdict:<9}{outcome.seconds:>8.1f}  {outcome.closing_line}".rstrip())
    print(f"{'together':<43}{sum(outcome.seconds for outcome in outcomes):>8.1f}")
    print(outcomes[-1].closing_line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
