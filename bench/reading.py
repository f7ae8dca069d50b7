"""Claim: a stored page costs little more than a file of nginx's, whatever else happens and however many there are.

One processor for the server, one for the client (wrk, or readers of our own). Each figure stands beside that of a peer
in the same run: Debian's nginx that sends the same gzipped bytes from a file, and a stock Wagtail on the same Granian
that shows the same stories, without and with Django's cache of whole pages.

Printed, with the bar of each: requests a second and the waits of 50 connections on a stored story; the waits while five
stories a second are rendered beside them; processor milliseconds of a story that is not stored; the cost of a hit with
1,000, 100,000 and 1,000,000 stored pages, in memory and from the store; memory of the whole tree of `serve`.

Needs wrk and nginx, 7 GB of disk and two quiet processors. The stored pages are copies written straight into the store
(_filled_store.py), 10,000 of them with real bodies. `BENCH_SECONDS=10` is the length of each load, `BENCH_ROUNDS=3` how
often each is repeated (the median counts, of ratios too), `BENCH_STORIES=400`, `BENCH_SIZES=1000,100000,1000000`,
`BENCH_REAL=10000`, `BENCH_PARTS=nginx,beside,unstored,wagtail,sizes`.
"""

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from bench._serving import (
    WRK,
    Load,
    Server,
    Wrk,
    cpu_seconds,
    demand,
    granian,
    load,
    memory_mb,
    nginx,
    served,
    two_cores,
)
from bench.publish import new_database
from tooling.debian import NGINX
from tooling.processes import stop_in_order_when_terminated

SECONDS = float(os.environ.get("BENCH_SECONDS", "10"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
STORIES = int(os.environ.get("BENCH_STORIES", "400"))
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,100000,1000000").split(",")]
REAL = int(os.environ.get("BENCH_REAL", "10000"))
PARTS = os.environ.get("BENCH_PARTS", "nginx,beside,unstored,wagtail,sizes").split(",")
UNSTORED_A_SECOND = 5
READERS = 4
WARM_UP = 10
"""Stories that are rendered before any is measured: templates are compiled, connections opened."""
CACHED = "nginx, open_file_cache"


@dataclass(frozen=True)
class Place:
    """Processors of server and client, the paper's environment, and its stories that nobody has asked for yet."""

    server: int
    client: int
    environment: Mapping[str, str]
    folder: Path
    unstored: list[str]


def main() -> None:
    """Measure part by part, on one paper."""
    demand(WRK, NGINX)
    stop_in_order_when_terminated()
    allowed = os.sched_getaffinity(0)
    server, client = two_cores()
    try:
        with new_database("sqlite") as environment, tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
            environment |= {"ALLOWED_HOSTS": "127.0.0.1,localhost", "BROADSHEET_CONFIG": f"{folder}/none.toml"}
            told = _child(environment, "bench._story_paper", str(STORIES), folder)
            _measure(Place(server, client, environment, Path(folder), told))
    finally:
        os.sched_setaffinity(0, allowed)


def _measure(place: Place) -> None:
    with _serving(place) as paper:
        _ask_all(paper, [place.unstored.pop() for _ in range(WARM_UP)])
        hot = place.unstored.pop()
        _ask_all(paper, [hot, "/", hot])
        stored = _beside_nginx(place, paper, hot) if {"nginx", "wagtail"} & set(PARTS) else 0.0
        if "beside" in PARTS:
            _while_others_are_rendered(place, paper, hot)
        cost = _unstored(place, paper) if {"unstored", "wagtail"} & set(PARTS) else None
    if "wagtail" in PARTS and cost is not None:
        _beside_wagtail(place, stored, cost)
    if "sizes" in PARTS:
        _sizes(place, hot)


# A stored story


def _beside_nginx(place: Place, paper: Server, hot: str) -> float:
    """Print what a stored story costs beside nginx; return its requests a second."""
    status, headers, body = paper.get(hot)
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    whole = len(paper.get(hot, encoding="identity")[2])
    sizes = f"{len(body):,} bytes gzipped of {whole:,}, {len(_head(headers)):,} of headers"
    print(f"\na stored story, {sizes}; 50 connections")
    rounds: dict[str, list[Load]] = {}
    with nginx(body, core=place.server) as files:
        cases = [*((name, server, "/page") for name, server in files.items()), ("stored", paper, hot)]
        for _ in range(ROUNDS):
            for name, server, path in cases:
                found = load(server, [path], seconds=SECONDS, core=place.client)
                rounds.setdefault(name, []).append(found)
    rates = {name: statistics.median(one.rate for one in loads) for name, loads in rounds.items()}
    for name, loads in rounds.items():
        # Round by round, for a machine that others use does not keep its pace.
        ratios = [mine.rate / peer.rate for mine, peer in zip(loads, rounds[CACHED], strict=True)]
        ratio = f"{statistics.median(ratios):>8.2f} of nginx with open_file_cache"
        _line(name, loads, ratio + (" (bar 0.60; p99 bar 5 ms)" if name == "stored" else ""))
    return rates["stored"]


def _head(headers: Message) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())


def _while_others_are_rendered(place: Place, paper: Server, hot: str) -> None:
    print(f"\na stored story while {UNSTORED_A_SECOND} stories a second are rendered beside it")
    asked = [place.unstored.pop() for _ in range(min(round(SECONDS * UNSTORED_A_SECOND), len(place.unstored) // 2))]
    waits: list[float] = []

    def ask() -> None:
        start = time.monotonic()
        for number, path in enumerate(asked):
            time.sleep(max(0.0, start + number / UNSTORED_A_SECOND - time.monotonic()))
            began = time.monotonic()
            assert paper.get(path)[0] == 200
            waits.append((time.monotonic() - began) * 1000)

    with Wrk(paper, [hot], seconds=len(asked) / UNSTORED_A_SECOND, core=place.client) as wrk:
        thread = threading.Thread(target=ask)
        thread.start()
        found = wrk.result()
        thread.join()
    _line("stored", [found], " (p99 bar 20 ms)")
    p50, p99 = _percentile(waits, 50), _percentile(waits, 99)
    print(f"{'those rendered':<28}{len(waits):>9}   {p50:>10.1f} ms p50{p99:>9.1f} ms p99")


# A story that is not stored


@dataclass(frozen=True)
class Cost:
    """What a story costs that is rendered when it is asked for."""

    rate: float
    cpu_ms: float


def _unstored(place: Place, paper: Server) -> Cost:
    print(f"\na story that is not stored; {READERS} connections")
    number = len(place.unstored) if "wagtail" in PARTS else min(100, len(place.unstored))
    cost = _rendering_cost(paper, [place.unstored.pop() for _ in range(number)])
    print(f"{'unstored':<28}{cost.rate:>9,.0f} /s{cost.cpu_ms:>10.1f} ms of processor (bar 40 ms)")
    return cost


def _rendering_cost(server: Server, paths: Sequence[str]) -> Cost:
    """Ask for each path once; count the processor time of the process that answers."""
    before, start = cpu_seconds(server.pid), time.monotonic()
    _ask_all(server, paths)
    seconds, after = time.monotonic() - start, cpu_seconds(server.pid)
    taken = max(after[pid] - before.get(pid, 0.0) for pid in after)
    return Cost(len(paths) / seconds, taken / len(paths) * 1000)


def _ask_all(server: Server, paths: Sequence[str]) -> None:
    """Let some readers ask for these pages, each for its share, over connections that stay open."""

    def ask(mine: Iterable[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for path in mine:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, f"{path}: {answer.status}"
        connection.close()

    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(ask, (paths[place::READERS] for place in range(READERS))))


# Beside a stock Wagtail


def _beside_wagtail(place: Place, stored: float, cost: Cost) -> None:
    environment = {**os.environ, "STOCK_DATA": str(place.folder)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    paths = _child(environment, "bench._stock_wagtail.make", str(place.folder))
    print("\nstock Wagtail, the same stories on the same Granian")
    application = "bench._stock_wagtail.wsgi:application"
    with granian(application, environment, core=place.server) as stock:
        _ask_all(stock, paths[:WARM_UP])
        size = len(stock.get(paths[0], encoding="identity")[2])
        plain = _rendering_cost(stock, paths[WARM_UP:])
    with granian(application, environment | {"STOCK_CACHE": "1"}, core=place.server) as stock:
        _ask_all(stock, paths[:1] * 4)
        loads = [load(stock, paths[:1], seconds=SECONDS, core=place.client) for _ in range(ROUNDS)]
    ratio = stored / statistics.median(one.rate for one in loads)
    _line("Django's cache", loads, f"; stored is {ratio:.1f} x as fast (bar 10 x)")
    print(
        f"{f'uncached, {size:,} bytes':<28}{plain.rate:>9,.0f} /s{plain.cpu_ms:>10.1f} ms of processor;"
        f" unstored is {cost.rate / plain.rate:.2f} x as fast (bar 2 x)"
    )


# Many stored pages


def _sizes(place: Place, hot: str) -> None:
    print(
        f"\n{'stored pages':<16}{'in memory':>20}{'from the store':>20}{'p99':>12}{'MB of serve':>14}{'MB on disk':>14}"
    )
    first: list[float] = []
    for size in SIZES:
        names = _child(place.environment, "bench._filled_store", str(size), str(REAL))
        with _serving(place, PAGE_MEMORY_BYTES="1") as paper:
            loads = [load(paper, names, seconds=SECONDS, core=place.client) for _ in range(ROUNDS)]
        with _serving(place) as paper:
            load(paper, names, seconds=SECONDS, core=place.client)  # fills the memory of the worker
            held = [load(paper, [hot], seconds=SECONDS, core=place.client) for _ in range(ROUNDS)]
            memory = sum(memory_mb(paper.pid).values())
        rates = [statistics.median(one.rate for one in some) for some in (held, loads)]
        first = first or rates
        p99 = statistics.median(one.p99_ms for one in loads)
        disk = (Path(place.environment["BROADSHEET_DATA"]) / "pages.db").stat().st_size / 1e6
        cells = [f"{rate:,.0f}/s {start / rate:.2f}x" for rate, start in zip(rates, first, strict=True)]
        print(f"{size:<16,}{cells[0]:>20}{cells[1]:>20}{p99:>9.1f} ms{memory:>14.0f}{disk:>14,.0f}", flush=True)
    print("x: cost of a hit against the smallest store (flat is 1.00); bar for memory with 100,000 pages 400 MB")


@contextmanager
def _serving(place: Place, **settings: str) -> Iterator[Server]:
    with served({**place.environment, **settings}, core=place.server) as paper:
        time.sleep(2)  # the follower has looked at the store, and the other processes have loaded
        yield paper


# Telling


def _line(name: str, loads: Sequence[Load], remark: str) -> None:
    rate, p50, p99 = (statistics.median(getattr(one, what) for one in loads) for what in ("rate", "p50_ms", "p99_ms"))
    print(f"{name:<28}{rate:>9,.0f} /s{p50:>10.2f} ms p50{p99:>9.2f} ms p99{remark}", flush=True)


def _percentile(values: Sequence[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)] if values else 0.0


def _child(environment: Mapping[str, str], module: str, *arguments: str) -> list[str]:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    told: list[str] = json.loads(done.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    main()
