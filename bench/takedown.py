"""Claim: what is taken down is gone within a second: its page, its exported file, the front, the search.

A node serves, exports its pages and is searched in, over a paper of some stories; a newsroom takes stories down that
readers have read and found, one after the other. Measured from each commit until the story's address answers 410, its
file is away, the front no longer shows its headline, and a search for it finds nothing: the median, 99th percentile and
worst for each, on SQLite and PostgreSQL.

`BENCH_SIZES=1000,100000` stories, `BENCH_TAKEDOWNS=60`, `BENCH_EVERY=0.5` seconds between them.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench._serving import Server, served
from bench.freshness import Environment, broadsheet_command, newsroom_command
from bench.publish import DATABASES, new_database
from tooling.processes import stop_in_order_when_terminated

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,100000").split(",")]
TAKEDOWNS = int(os.environ.get("BENCH_TAKEDOWNS", "60"))
EVERY_SECONDS = float(os.environ.get("BENCH_EVERY", "0.5"))
LOOK_SECONDS = 0.01
PATIENCE_SECONDS = 30.0
INDEX_PATIENCE_SECONDS = 900.0
"""For the first search index of a large paper."""


@dataclass
class Watched:
    """A story, and after how many seconds each copy of it was gone."""

    path: str
    word: str
    gone_after: dict[str, float] = field(default_factory=dict)


class Watcher:
    """Looks at every place where a story stands until it is gone from there."""

    def __init__(self, server: Server, exported: Path) -> None:
        self._server = server
        self._exported = exported
        self._threads: list[threading.Thread] = []

    def places(self, story: Watched) -> dict[str, Callable[[], bool]]:
        """Return, for each place, what tells whether the story is seen there."""
        return {
            "its page": lambda: self._server.get(story.path)[0] == 200,
            "its exported file": lambda: bool(list(self._exported.glob(f"*{story.path}@page.html*"))),
            "the front": lambda: story.word in self._text("/"),
            "the search": lambda: f'href="{story.path}"' in self._text(f"/search/?q={story.word}"),
        }

    def watch(self, story: Watched, since: float) -> None:
        """Watch a story that was taken down, each place in a thread of its own."""
        for name, is_seen in self.places(story).items():
            thread = threading.Thread(target=self._watch, args=(story, name, is_seen, since))
            thread.start()
            self._threads.append(thread)

    def wait(self) -> None:
        """Wait until everything is gone, or it is known that something is not."""
        for thread in self._threads:
            thread.join()

    def _watch(self, story: Watched, name: str, is_seen: Callable[[], bool], since: float) -> None:
        while time.time() - since < PATIENCE_SECONDS:
            if not is_seen():
                story.gone_after[name] = time.time() - since
                return
            time.sleep(LOOK_SECONDS)

    def _text(self, path: str) -> str:
        return self._server.get(path, encoding="identity")[2].decode()


def main() -> None:
    """Measure each size on each database."""
    stop_in_order_when_terminated()
    print(f"{TAKEDOWNS} stories taken down, one every {EVERY_SECONDS:g} s (bar: 1 s)")
    print(f"{'':<34}{'median':>10}{'p99':>10}{'worst':>10}{'never':>8}")
    for database in DATABASES:
        with new_database(database) as settings:
            environment = settings | {"ALLOWED_HOSTS": "127.0.0.1,localhost", "EXPORT_PAGES": "true"}
            broadsheet_command(environment, "collectstatic", "--no-input", "--verbosity=0")
            for size in SIZES:
                newsroom_command(environment, "archive", str(size))
                _measure(f"{database}, {size:,} stories", environment)


def _measure(what: str, environment: Environment) -> None:
    broadsheet_command(environment, "pages", "clear", "--json")
    begun = [Watched(**told) for told in json.loads(newsroom_command(environment, "begin_takedowns", str(TAKEDOWNS)))]
    with served(environment, workers=1) as server:
        watcher = Watcher(server, Path(environment["BROADSHEET_DATA"]) / "exported")
        for story in begun:
            server.get(story.path)
        on_front = [story for story in begun if watcher.places(story)["the front"]()]
        for story in begun:
            places = watcher.places(story)
            _await(*(is_seen for name, is_seen in places.items() if name != "the front"))
        _take_down(environment, begun, watcher)
        watcher.wait()
    print(what)
    for name in ("its page", "its exported file", "the search"):
        print(_row(name, [story.gone_after.get(name) for story in begun]))
    print(_row("the front", [story.gone_after.get("the front") for story in on_front]), flush=True)


def _await(*seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + INDEX_PATIENCE_SECONDS
    while not all(is_seen() for is_seen in seen):
        if time.monotonic() > deadline:
            sys.exit("What was published cannot be read everywhere.")
        time.sleep(0.25)


def _take_down(environment: Environment, begun: Sequence[Watched], watcher: Watcher) -> None:
    command = [sys.executable, "-m", "bench._newsroom", "take_down", str(len(begun)), str(EVERY_SECONDS)]
    stories = {story.path: story for story in begun}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as newsroom:
        assert newsroom.stdout is not None
        for line in newsroom.stdout:
            told = json.loads(line)
            watcher.watch(stories[told["path"]], told["at"])
    if newsroom.returncode:
        sys.exit("The newsroom could not take a story down.")


def _row(name: str, seconds: Sequence[float | None]) -> str:
    waits = sorted(one for one in seconds if one is not None)
    never = len(seconds) - len(waits)
    if not waits:
        return f"{'  ' + name:<34}{'nothing was gone':>30}{never:>8}"
    p99 = waits[min(len(waits) - 1, len(seconds) * 99 // 100)]
    return f"{'  ' + name:<34}{statistics.median(waits):>8.2f} s{p99:>8.2f} s{waits[-1]:>8.2f} s{never:>8}"


if __name__ == "__main__":
    main()
