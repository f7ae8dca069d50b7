"""Claim: what is published is on every page that shows it within a second, however large the archive.

The node serves; readers have lately read some hundred of its pages and go on reading them; a newsroom publishes a
hundred times a minute: a new story, an update of a text, an update of what lists show, in turn. Measured from each
commit until no page that was read lately, and depends on one of the change's keys, is of before the change. Printed for
SQLite and PostgreSQL at 1,000 and 100,000 stories: the median, 99th percentile and worst of these waits, and how many
pages a change touched.

Before that the newsroom publishes for a while unmeasured: a follower that has just begun has met none of the pages.

`BENCH_SIZES=1000,100000,1000000` measures a million, too; `BENCH_DATABASES=sqlite` one database; `BENCH_SECONDS=60`,
`BENCH_WARM_UP=20` seconds, `BENCH_PUBLISHES=100` a minute, `BENCH_PAGES=300` read lately, `BENCH_READS=50` a second.
Node, newsroom and readers share the machine.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench._serving import Server, served
from bench.publish import DATABASES, new_database
from broadsheet.kit import sqlite_library
from tooling.processes import stop_in_order_when_terminated

sqlite_library.use_newest_library()
import sqlite3  # noqa: E402 - the library that the node uses, too

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,100000").split(",")]
SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
WARM_UP_SECONDS = float(os.environ.get("BENCH_WARM_UP", "20"))
PUBLISHES_A_MINUTE = float(os.environ.get("BENCH_PUBLISHES", "100"))
PAGES = int(os.environ.get("BENCH_PAGES", "300"))
READS_A_SECOND = float(os.environ.get("BENCH_READS", "50"))
LATELY_SECONDS = 24 * 3600
"""For so long the follower renders a page anew that was read (delivery/follow_log.py)."""
LOOK_SECONDS = 0.01
PATIENCE_SECONDS = 30.0
"""For the last changes, when publishing has ended."""
Environment = Mapping[str, str]


@dataclass
class Publication:
    """One act's changes, and the pages that were not fresh yet when it was last looked at."""

    act: str
    at: float
    changes: Sequence[tuple[int, Sequence[str]]]
    touched: set[int] = field(default_factory=set)
    fresh_after: float | None = None


class Watcher(threading.Thread):
    """Looks into the page store until every publication is on every page that shows it."""

    def __init__(self, pages: Path) -> None:
        super().__init__(name="watcher", daemon=True)
        self._pages = pages
        self._waiting: list[Publication] = []
        self.publications: list[Publication] = []
        self.is_stopped = threading.Event()
        self.error: Exception | None = None

    def expect(self, publication: Publication) -> None:
        """Watch for another publication."""
        self.publications.append(publication)
        self._waiting.append(publication)

    def is_waiting(self) -> bool:
        """Tell whether some page is still of before a change."""
        return bool(self._waiting) and self.error is None

    def run(self) -> None:
        store = sqlite3.connect(f"file:{self._pages}?mode=ro", uri=True)
        try:
            while not self.is_stopped.wait(LOOK_SECONDS):
                for publication in list(self._waiting):
                    now = time.time()
                    old = old_pages(store, publication.changes, read_after=now - LATELY_SECONDS)
                    publication.touched |= old
                    if not old:
                        publication.fresh_after = now - publication.at
                        self._waiting.remove(publication)
        except sqlite3.Error as error:
            self.error = error
        finally:
            store.close()


def old_pages(
    store: sqlite3.Connection, changes: Sequence[tuple[int, Sequence[str]]], *, read_after: float
) -> set[int]:
    """Return the stored pages that were read lately, depend on what changed, and were rendered before it did.

    What is gone (state 2) is served to nobody, and as fresh as can be.
    """
    found: set[int] = set()
    for seq, keys in changes:
        query = (
            f"SELECT id FROM page WHERE id IN (SELECT page FROM dep WHERE key IN ({', '.join('?' * len(keys))}))"
            " AND as_of < ? AND read_at > ? AND state != 2"
        )
        found |= {pk for (pk,) in store.execute(query, (*keys, seq, read_after))}
    return found


class Readers(threading.Thread):
    """Read the pages they know at an even pace, chosen by chance."""

    def __init__(self, server: Server, paths: list[str]) -> None:
        super().__init__(name="readers", daemon=True)
        self._server = server
        self.paths = paths
        self.is_stopped = threading.Event()
        self.refused = 0

    def run(self) -> None:
        choice, connection = random.Random(7), None
        while not self.is_stopped.wait(1 / READS_A_SECOND):
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=30)
                connection.request("GET", choice.choice(self.paths), headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                self.refused += answer.status != 200
            except (OSError, http.client.HTTPException):
                self.refused += 1
                connection = None


def main() -> None:
    """Measure each size on each database."""
    stop_in_order_when_terminated()
    print(f"{PUBLISHES_A_MINUTE:.0f} publishes a minute for {SECONDS:.0f} s, {PAGES} pages read lately (bar: p99 1 s)")
    print(f"{'':<28}{'median':>10}{'p99':>10}{'worst':>10}{'never':>8}{'pages each':>12}")
    for database in DATABASES:
        with new_database(database) as settings:
            environment = settings | {"ALLOWED_HOSTS": "127.0.0.1,localhost"}
            broadsheet_command(environment, "collectstatic", "--no-input", "--verbosity=0")
            for size in SIZES:
                newsroom_command(environment, "archive", str(size))
                _measure(f"{database}, {size:,} stories", environment)


def _measure(what: str, environment: Environment) -> None:
    pages = Path(environment["BROADSHEET_DATA"]) / "pages.db"
    broadsheet_command(environment, "pages", "clear", "--json")
    paths = json.loads(newsroom_command(environment, "paths", str(PAGES)))
    with served(environment, workers=1) as server:
        for path in paths:
            assert server.get(path)[0] == 200, path
        before = _renderings(pages)
        watcher = Watcher(pages)
        readers = Readers(server, paths)
        watcher.start()
        readers.start()
        try:
            late = _publishing(environment, watcher, readers)
            deadline = time.monotonic() + PATIENCE_SECONDS
            while watcher.is_waiting() and time.monotonic() < deadline:
                time.sleep(LOOK_SECONDS)
        finally:
            for thread in (watcher, readers):
                thread.is_stopped.set()
                thread.join()
    if watcher.error:
        raise watcher.error
    again, identical = (now - then for now, then in zip(_renderings(pages), before, strict=True))
    unmeasured = round(WARM_UP_SECONDS * PUBLISHES_A_MINUTE / 60)
    print("\n".join(_rows(what, watcher.publications[unmeasured:])))
    print(_row("  unmeasured, before", watcher.publications[:unmeasured]))
    print(f"  {again} renderings, {identical} without a difference; {readers.refused} readers refused; ", end="")
    print(f"the newsroom {late:.1f} s late", flush=True)


def _publishing(environment: Environment, watcher: Watcher, readers: Readers) -> float:
    """Let the newsroom publish; return how late it was in the end, in seconds: it shows a machine too slow."""
    command = [
        sys.executable,
        "-m",
        "bench._newsroom",
        "publish",
        str(WARM_UP_SECONDS + SECONDS),
        str(PUBLISHES_A_MINUTE),
    ]
    late = 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as newsroom:
        assert newsroom.stdout is not None
        try:
            for line in newsroom.stdout:
                told = json.loads(line)
                if "late" in told:
                    late = told["late"]
                    continue
                watcher.expect(Publication(told["act"], told["at"], [(seq, keys) for seq, keys in told["changes"]]))
                if told["path"] not in readers.paths:
                    readers.paths.append(told["path"])
        except BaseException:
            newsroom.kill()
            raise
    if newsroom.returncode:
        sys.exit("The newsroom could not publish.")
    return late


def _rows(what: str, publications: Sequence[Publication]) -> Iterator[str]:
    """Return how long it took for all changes, and for each kind of act."""
    yield _row(what, publications)
    for act in dict.fromkeys(one.act for one in publications):
        yield _row(f"  {act}", [one for one in publications if one.act == act])


def _row(what: str, publications: Sequence[Publication]) -> str:
    waits = sorted(one.fresh_after for one in publications if one.fresh_after is not None)
    never = len(publications) - len(waits)
    if not waits:
        return f"{what:<28}{'nothing became fresh':>30}{never:>8}"
    p99 = waits[min(len(waits) - 1, len(publications) * 99 // 100)]
    touched = statistics.mean(len(one.touched) for one in publications)
    figures = f"{statistics.median(waits):>8.2f} s{p99:>8.2f} s{waits[-1]:>8.2f} s"
    return f"{what:<28}{figures}{never:>8}{touched:>12.1f}"


def _renderings(pages: Path) -> tuple[int, int]:
    """Return how many pages the store has rendered again so far, and how many of them for nothing."""
    store = sqlite3.connect(f"file:{pages}?mode=ro", uri=True)
    told = dict(store.execute("SELECT name, value FROM fact"))
    store.close()
    return int(told.get("rendered_again", 0)), int(told.get("rendered_identical", 0))


def broadsheet_command(environment: Environment, *command: str) -> None:
    """Run `broadsheet` with a command on the paper of this environment."""
    child = [sys.executable, "-m", "broadsheet", *command]
    subprocess.run(child, env=environment, check=True, stdout=subprocess.DEVNULL)


def newsroom_command(environment: Environment, *command: str) -> str:
    """Have the newsroom do something; return what it prints."""
    child = [sys.executable, "-m", "bench._newsroom", *command]
    return subprocess.run(child, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
