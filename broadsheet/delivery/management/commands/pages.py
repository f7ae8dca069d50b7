"""`broadsheet pages`: the stored pages of this node, for its operator."""

import dataclasses
import json
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from broadsheet.delivery.addresses import stored_name
from broadsheet.delivery.follow_log import Follower, Stopped, follow_log
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer, RenderFailedError
from broadsheet.delivery.store_page import Stored, store_page
from broadsheet.delivery.store_status import store_status
from broadsheet.delivery.verify_pages import PagesReport, verify_pages

FINDINGS = {
    "stale": "are known to be old and will be rendered anew",
    "wrong": "differ from a new rendering",
    "missing_keys": "would not hear of a change of what they show",
    "failed": "could not be rendered",
}
SHOWN = 10
"""Pages that are named for each finding."""


class Command(BaseCommand):
    help = (
        "Look after the stored pages of this machine.\n\n"
        "  verify   render every stored page anew and compare; exits with 1 when one is wrong\n"
        "  status   how many there are, how large, how many requests they answered, how far the log is followed\n"
        "  warm     render the front page, all that it links to, and what is due; or the paths that are given\n"
        "  clear    forget all pages: each is rendered again when it is read\n"
        "  follow   keep them true until interrupted; `broadsheet serve` runs this\n\n"
        "Example: broadsheet pages verify --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act, the pages and the form of the report."""
        parser.add_argument("act", choices=["verify", "status", "warm", "clear", "follow"])
        parser.add_argument("paths", nargs="*", help="For warm: paths such as / or /section/city/.")
        parser.add_argument("--json", action="store_true", help="Report in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        store = PageStore(settings.BROADSHEET_DATA)
        acts = {"verify": self._verify, "status": self._status, "warm": self._warm, "clear": self._clear}
        if options["act"] == "follow":
            follow(store)
        else:
            acts[options["act"]](store, options)

    def _verify(self, store: PageStore, options: dict[str, Any]) -> None:
        report = PagesReport()
        steps = verify_pages(report, store=store, renderer=Renderer())
        total = len(store.names("state != 2"))
        for _ in _progress(steps, total, options):
            pass
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(report)))
        else:
            self.stdout.write(f"{report.compared} stored pages compared with new renderings.")
            for name, words in FINDINGS.items():
                if found := getattr(report, name):
                    self.stderr.write(f"{len(found)} {words}: {_some(found)}")
            if report.is_clean:
                self.stdout.write("Every page that is served is as it should be.")
        if not report.is_clean:
            sys.exit(1)

    def _status(self, store: PageStore, options: dict[str, Any]) -> None:
        status = store_status(store=store)
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(status) | {"hit_ratio": status.hit_ratio}))
            return
        ratio = "no request" if status.hit_ratio is None else f"{status.hit_ratio:.1%} answered without rendering"
        self.stdout.write(
            f"{status.pages:,} pages ({status.stale:,} of them old), {status.bytes / 1e6:,.1f} MB of text, "
            f"{status.file_bytes / 1e6:,.1f} MB on disk\n"
            f"Last hour: {status.hits + status.served_stale + status.misses:,} requests, {ratio}\n"
            f"Rendered again: {status.rendered_again:,}, of which {status.rendered_identical:,} without a difference\n"
            f"{status.lag:,} changes not applied yet"
        )

    def _warm(self, store: PageStore, options: dict[str, Any]) -> None:
        renderer = Renderer()
        names = [_name(path) for path in options["paths"]] or _linked_from_front(renderer)
        for name in _progress(names, len(names), options):
            try:
                page = renderer.render(name)
            except RenderFailedError as error:
                raise CommandError(f"{name} could not be rendered: {error}") from error
            if store_page(store=store, page=page) is Stored.REFUSED:
                self.stderr.write(f"{name} is not a page that is kept.")
        if not options["paths"]:
            Follower(store=store, renderer=renderer).drain()
        self.stdout.write(f"{len(names)} pages rendered." if not options["json"] else json.dumps({"pages": len(names)}))

    def _clear(self, store: PageStore, options: dict[str, Any]) -> None:
        with store.writing():
            forgotten = store.forget("1")
        self.stdout.write(f"{forgotten} pages forgotten." if not options["json"] else json.dumps({"pages": forgotten}))


def follow(store: PageStore) -> None:
    """Keep the store true until SIGTERM or Ctrl-C."""
    stopped = Stopped()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    Path(settings.BROADSHEET_DATA).mkdir(parents=True, exist_ok=True)
    follow_log(store=store, is_stopped=stopped)


def _progress(steps: Iterable[Any], total: int, options: dict[str, Any]) -> Iterable[Any]:
    return track(steps, total=total, description="Pages", console=Console(stderr=True), disable=bool(options["json"]))


def _name(path: str) -> str:
    name = stored_name(*(path.split("?", 1) if "?" in path else (path, "")))
    if name is None or not name.startswith("/"):
        raise CommandError(f"{path} is not the path of a page that is stored. Write it as in / or /section/city/.")
    return name


def _linked_from_front(renderer: Renderer) -> Sequence[str]:
    """Return the front page and what it links to."""
    page = renderer.render("/")
    links = [str(link["href"]) for link in BeautifulSoup(page.body, "html.parser").select("a[href^='/']")]
    return list(dict.fromkeys(["/", *(link.partition("#")[0] for link in links if stored_name(link, ""))]))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
