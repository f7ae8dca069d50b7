"""Claim: a story that the world opens at once, edited every two seconds, the database gone: readers notice nothing.

Sixty seconds. wrk reads one story and the front over 200 connections; an editor updates the story every 2 seconds;
PostgreSQL is stopped at once (as by `pg_ctl -m immediate`) at second 20 and started again at second 40. A reader of our
own beside wrk reads both pages all the time and looks at what it gets: each version of the story names its number in
the headline and in the last paragraph, and they have to agree, in a page that is whole.

Ends with exit code 1 unless no answer was 500 or above, every version was complete, wrk had no error, and each new text
was seen within a second of its commit while the database lived. `BENCH_SECONDS=60` is another length (the outage is its
middle third), `BENCH_CONNECTIONS=200`, `BENCH_WORKERS=2`.

Needs wrk and PostgreSQL.
"""

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._restartable_postgresql import restartable_postgresql
from bench._serving import WRK, Load, Server, Wrk, demand, served
from tooling.debian import POSTGRESQL
from tooling.processes import stop_in_order_when_terminated

SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
CONNECTIONS = int(os.environ.get("BENCH_CONNECTIONS", "200"))
WORKERS = int(os.environ.get("BENCH_WORKERS", "2"))
EDITED_EVERY_SECONDS = 2.0
SEEN_WITHIN_SECONDS = 1.0
PATIENCE_SECONDS = 5.0
"""After the minute: the last version may still have to be seen."""
HEADLINE = re.compile(r"The whole world reads version (\d+) of this")
ENDING = re.compile(r"Here ends version (\d+) of the text\.")


@dataclass
class Seen:
    """What the reader beside wrk got of one page."""

    path: str
    is_story: bool
    statuses: Counter[int] = field(default_factory=Counter)
    incomplete: list[str] = field(default_factory=list)
    first_at: dict[int, float] = field(default_factory=dict)
    """When each version was seen first, in seconds since 1970."""

    def note(self, status: int, body: bytes, at: float) -> None:
        """Judge one answer."""
        self.statuses[status] += 1
        if status != 200:
            return
        text = body.decode(errors="replace")
        headlines, endings = set(HEADLINE.findall(text)), set(ENDING.findall(text))
        if not text.rstrip().endswith("</html>"):
            self.incomplete.append(f"cut off after {len(body)} bytes")
        elif len(headlines) != 1 or (self.is_story and endings != headlines):
            self.incomplete.append(f"headline of version {sorted(headlines)}, end of {sorted(endings)}")
        else:
            self.first_at.setdefault(int(headlines.pop()), at)

    def shown_after(self, number: int, at: float) -> float | None:
        """Return how long after `at` this version, or a later one, was seen first; None if it never was."""
        moments = [moment for version, moment in self.first_at.items() if version >= number]
        return max(0.0, min(moments) - at) if moments else None


class Reader(threading.Thread):
    """Reads both pages in turn until told to stop."""

    def __init__(self, server: Server, pages: list[Seen]) -> None:
        super().__init__(name="reader", daemon=True)
        self._server = server
        self._pages = pages
        self.is_stopped = threading.Event()
        self.broken: list[str] = []
        """Answers that never came, or not to their end."""

    def run(self) -> None:
        connection: http.client.HTTPConnection | None = None
        while not self.is_stopped.is_set():
            for page in self._pages:
                try:
                    connection = connection or http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=10)
                    connection.request("GET", page.path)
                    answer = connection.getresponse()
                    page.note(answer.status, answer.read(), time.time())
                except (OSError, http.client.HTTPException) as error:
                    self.broken.append(f"{page.path}: {error!r}")
                    connection = None
            self.is_stopped.wait(0.005)


@dataclass(frozen=True)
class Outage:
    """When the database was stopped, and when it answered again, in seconds since 1970."""

    stopped_at: float
    back_at: float

    def was_near(self, committed_at: float) -> bool:
        """Tell whether the database was away within the second that a commit has to be seen in."""
        return self.stopped_at - SEEN_WITHIN_SECONDS < committed_at < self.back_at


def main() -> int:
    """Live through the minute; return the exit code."""
    demand(WRK, POSTGRESQL)
    stop_in_order_when_terminated()
    with (
        restartable_postgresql() as database,
        tempfile.TemporaryDirectory(prefix="broadsheet-bench-", ignore_cleanup_errors=True) as folder,
    ):
        environment = {
            **{name: value for name, value in os.environ.items() if name != "BROADSHEET_PROFILE"},
            "BROADSHEET_DATA": folder,
            "BROADSHEET_CONFIG": f"{folder}/none.toml",
            "DATABASE_URL": database.url("broadsheet"),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "LOG_LEVEL": "ERROR",
        }
        made = subprocess.run(_newsroom("begin"), env=environment, check=True, stdout=subprocess.PIPE, text=True)
        pages = [Seen(json.loads(made.stdout.splitlines()[-1]), is_story=True), Seen("/", is_story=False)]
        edited = Path(folder) / "edited"
        with served(environment, workers=WORKERS) as server:
            found, reader, outage = _minute(database, server, pages, environment, edited)
        acts = [json.loads(line) for line in edited.read_text().splitlines()]
    return _report(found, reader, outage, pages, acts)


def _newsroom(*command: str) -> list[str]:
    return [sys.executable, "-m", "bench._newsroom", *command]


def _minute(
    database: Any, server: Server, pages: list[Seen], environment: dict[str, str], edited: Path
) -> tuple[Load, Reader, Outage]:
    for page in pages:
        assert server.get(page.path)[0] == 200
    reader = Reader(server, pages)
    reader.start()
    with (
        edited.open("wb") as told,
        Wrk(server, [page.path for page in pages], seconds=SECONDS, connections=CONNECTIONS, threads=2) as wrk,
    ):
        start = time.monotonic()
        command = _newsroom("edit", str(SECONDS), str(EDITED_EVERY_SECONDS))
        editor = subprocess.Popen(command, env=environment, stdout=told)
        try:
            _sleep_until(start + SECONDS / 3)
            stopped_at = time.time()
            database.stop()
            _sleep_until(start + SECONDS * 2 / 3)
            database.start()
            outage = Outage(stopped_at, time.time())
            found = wrk.result()
            editor.wait(PATIENCE_SECONDS + SECONDS)
            time.sleep(PATIENCE_SECONDS)
        finally:
            if editor.poll() is None:
                editor.kill()
            editor.wait()
            reader.is_stopped.set()
            reader.join()
    return found, reader, outage


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _report(found: Load, reader: Reader, outage: Outage, pages: list[Seen], acts: list[dict[str, Any]]) -> int:
    commits = [act for act in acts if "at" in act]
    away = outage.back_at - outage.stopped_at
    print(f"{len(commits)} updates committed, {len(acts) - len(commits)} refused; the database away for {away:.1f} s")
    print(f"wrk, {CONNECTIONS} connections: {found.requests:,} requests, {found.rate:,.0f} a second")
    print(f"  waits: {found.p50_ms:.1f} ms p50, {found.p99_ms:.1f} ms p99, {found.most_ms:.0f} ms at most")
    print(f"  {found.bad_status} answers of 400 and above, {found.socket_errors} broken, {found.timeouts} timed out")
    faults = found.failed + len(reader.broken)
    for page in pages:
        refused = sum(count for status, count in page.statuses.items() if status != 200)
        faults += refused + len(page.incomplete)
        faults += _report_page(page, refused, commits, outage)
    for what in [*reader.broken, *(what for page in pages for what in page.incomplete)][:10]:
        print(f"! {what}")
    print("The worst minute was lived through." if not faults else f"FAILED: {faults} faults")
    return 1 if faults else 0


def _report_page(page: Seen, refused: int, commits: list[dict[str, Any]], outage: Outage) -> int:
    """Print what was seen of a page; return how many versions were seen too late."""
    looked_at = [act for act in commits if not outage.was_near(act["at"])]
    waits = [page.shown_after(act["number"], act["at"]) for act in looked_at]
    seen = sorted(wait for wait in waits if wait is not None)
    late = len(waits) - len([wait for wait in seen if wait <= SEEN_WITHIN_SECONDS])
    print(f"{'the story' if page.is_story else 'the front'}: read {page.statuses.total():,} times")
    print(f"  {refused} not 200 ({dict(page.statuses)}), {len(page.incomplete)} incomplete")
    if seen:
        middle, worst = seen[len(seen) // 2], seen[-1]
        print(
            f"  {len(waits)} new texts seen after {middle:.2f} s (median), {worst:.2f} s at most; {late} later than 1 s"
        )
    return late if seen else late + 1


if __name__ == "__main__":
    sys.exit(main())
