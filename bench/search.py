"""Claim: every word of a million stories is found in milliseconds, and what is published is found at once.

Invented stories of some 580 words (_search_corpus.py) are indexed at each size by the engine of the paper, and, up to
`BENCH_PEERS_MOST` stories, by SQLite's FTS5 and PostgreSQL's full text, in the same run. Printed: how many documents a
second are indexed, the size on disk, how long one changed document takes until a reader's index shows it, and for each
class of query the median and 99th percentile of 60 queries. Of the paper's engine and of FTS5 that is processor time of
the thread that asks, in milliseconds; PostgreSQL works in another process, and its time is that of the clock.

Bar: p99 of every class under 20 ms at 200,000 stories and 50 ms at 1,000,000.

`BENCH_SIZES=1000,10000,100000,200000,1000000`, `BENCH_PEERS_MOST=10000`, `BENCH_PEERS=fts5,postgresql`. PostgreSQL is
started if its programs are there (`sudo apt install postgresql`). A million stories need 6 GB of disk.
"""

import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench._search_corpus import Words, stories, story, words
from bench._search_peers import Fts5, Peer, PostgreSQL
from broadsheet.search.engine.interface import Clause, Facet, Filters, Query, Sort
from broadsheet.search.engine.tantivy_index import TantivyIndex, TantivyWriter
from broadsheet.search.newsroom.wanted_words import MOST_BEGINNINGS, MOST_FOUND
from broadsheet.search.passages import Passages

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,10000,100000,200000,1000000").split(",")]
PEERS_MOST = int(os.environ.get("BENCH_PEERS_MOST", "10000"))
PEERS = [peer for peer in os.environ.get("BENCH_PEERS", "fts5,postgresql").split(",") if peer]
UPDATES = 30
HEAP_BYTES = 256_000_000
Ask = Callable[[], object]


def main() -> None:
    """Measure each size."""
    with tempfile.TemporaryDirectory(prefix="broadsheet-bench-") as folder:
        kinds: dict[str, Callable[[Path], Peer]] = {"fts5": Fts5, "postgresql": PostgreSQL}
        peers = [kinds[name](Path(folder) / name) for name in PEERS]
        try:
            _measure(Path(folder) / "index", peers)
        finally:
            for peer in peers:
                peer.close()


def _measure(folder: Path, peers: Sequence[Peer]) -> None:
    filled = 0
    for size in SIZES:
        started = time.monotonic()
        writer = TantivyWriter(folder, heap_bytes=HEAP_BYTES, threads=2)
        writer.add(stories(filled, size))
        writer.apply(upserts=(), deletes=(), upto_seq=size)
        writer.close()
        seconds = time.monotonic() - started
        print(f"\n{size:,} stories")
        megabytes = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        _print_filling("broadsheet", (size - filled) / seconds, megabytes, _updates(folder, size))
        index = TantivyIndex(folder)
        print(f"{'':<28}{'median':>10}{'p99':>10} ms")
        asked = words()
        for name, queries in _queries(index, asked).items():
            print(_row(name, queries))
        for peer in peers if size <= PEERS_MOST else ():
            _measure_peer(peer, filled, size, asked)
        filled = size


def _measure_peer(peer: Peer, filled: int, size: int, asked: Words) -> None:
    started = time.monotonic()
    peer.fill(stories(filled, size))
    seconds = time.monotonic() - started
    _print_filling(peer.name, (size - filled) / seconds, peer.bytes() / 1e6, [])
    for name, queries in peer.queries(asked).items():
        print(_row(f"  {name}", queries, clock=peer.clock))


def _print_filling(name: str, rate: float, megabytes: float, updates: Sequence[float]) -> None:
    told = f"{name:<28}{rate:>10,.0f} documents a second (with making them){megabytes:>12,.1f} MB"
    if updates:
        told += f"   one update visible after {_figures(updates)} ms"
    print(told)


def _updates(folder: Path, size: int) -> list[float]:
    """Return how long one changed document takes until another process's index would show it, in seconds."""
    writer, reader, taken = TantivyWriter(folder), TantivyIndex(folder), []
    for number in range(UPDATES):
        changed = replace(story(number), title=f"changed {number} times")
        started = time.monotonic()
        writer.apply(upserts=[changed], deletes=(), upto_seq=size + number)
        reader.reload()
        taken.append(time.monotonic() - started)
    writer.apply(upserts=[story(number) for number in range(UPDATES)], deletes=(), upto_seq=size)
    writer.close()
    return taken


def _queries(index: TantivyIndex, asked: Words) -> Mapping[str, Sequence[Ask]]:
    def searching(*clauses: Clause, **more: object) -> Ask:
        return lambda: index.search(Query(wanted=clauses, **more))  # type: ignore[arg-type]

    def mending(word: str) -> Ask:
        return lambda: index.search(Query(wanted=(Clause(index.corrected(word) or word),)))

    def showing(word: str) -> Ask:
        def ask() -> object:
            clause = Clause(word)
            passages = Passages([clause], index.analyses)
            return [passages.passage(hit.text) for hit in index.search(Query(wanted=(clause,))).hits]

        return ask

    def choosing(*beginnings: str) -> Ask:
        clauses = tuple(Clause(beginning, is_unfinished=True) for beginning in beginnings)
        query = Query(wanted=clauses, limit=MOST_FOUND, most_beginnings=MOST_BEGINNINGS)
        return lambda: index.ranked(query)

    def narrowed(place: int) -> Ask:
        filters = Filters(sections=frozenset({1 + place % 12}), years=frozenset({2007 + place % 19}))
        return searching(filters=filters, sort=Sort.NEWEST)

    facets = tuple(Facet)
    return {
        "common word": [searching(Clause(word)) for word in asked.common],
        "usual word": [searching(Clause(word)) for word in asked.usual],
        "rare word": [searching(Clause(word)) for word in asked.rare],
        "two words": [searching(Clause(one), Clause(other)) for one, other in asked.pairs],
        "phrase": [searching(Clause(name, is_phrase=True)) for name in asked.names],
        "beginning of a word": [searching(Clause(word, is_unfinished=True)) for word in asked.beginnings],
        "typo, mended": [mending(word) for word in asked.typos],
        "section, year, newest": [narrowed(place) for place in range(len(asked.usual))],
        "newest": [searching(Clause(word), sort=Sort.NEWEST) for word in asked.common],
        "common word, 5 facets": [searching(Clause(word), facets=facets) for word in asked.common],
        "usual word, 5 facets": [searching(Clause(word), facets=facets) for word in asked.usual],
        "newsroom: common word": [choosing(word) for word in asked.common],
        "newsroom: three letters": [choosing(word[:3]) for word in asked.beginnings],
        "newsroom: two beginnings": [choosing(one[:4], other[:4]) for one, other in asked.pairs],
        "usual word, 20 passages": [showing(word) for word in asked.usual],
    }


def _row(name: str, queries: Sequence[Ask], *, clock: Callable[[], float] = time.thread_time) -> str:
    for ask in queries[:5]:
        ask()
    taken = []
    for ask in queries:
        started = clock()
        ask()
        taken.append(clock() - started)
    taken.sort()
    p99 = taken[math.ceil(len(taken) * 0.99) - 1]
    return f"{name:<28}{statistics.median(taken) * 1000:>10.2f}{p99 * 1000:>10.2f}"


def _figures(taken: Sequence[float]) -> str:
    return f"{statistics.median(taken) * 1000:.1f} (p99 {max(taken) * 1000:.1f})"


if __name__ == "__main__":
    main()
