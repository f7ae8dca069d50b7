"""`broadsheet pages`: the stored pages of this node, for its operator."""

import dataclasses
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import track

from broadsheet.delivery.addresses import linked_name
from broadsheet.delivery.clear_pages import clear_pages
from broadsheet.delivery.exporting.export_pages import (
    FOLDER,
    AlreadyExportedError,
    Exporter,
    ExportReport,
    clear_exported,
    export_pages,
    next_exporter,
    sole_exporter,
)
from broadsheet.delivery.exporting.usual_headers import caddy_headers, nginx_headers, usual_headers
from broadsheet.delivery.follow_log import Follower, follow_log
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer, RenderFailedError
from broadsheet.delivery.store_page import Stored, store_page
from broadsheet.delivery.store_status import store_status
from broadsheet.delivery.verify_pages import PagesReport, verify_pages
from broadsheet.kit.told_to_end import told_to_end

FINDINGS = {
    "stale": "are known to be old and will be rendered anew",
    "wrong": "differ from a new rendering",
    "missing_keys": "would not hear of a change of what they show",
    "failed": "could not be rendered",
}
EXPORTED_UMASK = 0o022
"""What is exported is for everybody: the server that reads it is another user."""
SHOWN = 10
"""Pages that are named for each finding."""


class Command(BaseCommand):
    help = (
        "Look after the stored pages of this machine.\n\n"
        "  verify   render every stored page anew and compare; exits with 1 when one is wrong\n"
        "  status   how many there are, how large, how many requests they answered, how far the log is followed\n"
        "  warm     render the front page, all that it links to, and what is due; or the paths that are given\n"
        "  clear    forget all pages: each is rendered again when it is read\n"
        "  follow   keep them true until interrupted; `broadsheet serve` runs this\n"
        "  export   keep files of them for nginx or Caddy; --once: bring up to date and end; --clear: remove them\n"
        "  headers  print what nginx or caddy sends with those files (`pages headers nginx`)\n\n"
        "Example: broadsheet pages verify --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act, the pages and the form of the report."""
        parser.add_argument("act", choices=["verify", "status", "warm", "clear", "follow", "export", "headers"])
        parser.add_argument(
            "paths", nargs="*", help="For warm: paths such as / or /section/city/. For headers: nginx or caddy."
        )
        parser.add_argument("--json", action="store_true", help="Report in JSON.")
        parser.add_argument("--once", action="store_true", help="For export: bring the files up to date, and end.")
        parser.add_argument("--clear", action="store_true", help="For export: remove all exported files.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        store = PageStore(settings.BROADSHEET_DATA)
        acts = {
            "verify": self._verify,
            "status": self._status,
            "warm": self._warm,
            "clear": self._clear,
            "export": self._export,
            "headers": self._headers,
        }
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
        invalidate_pages(store=store)  # a store that has never followed the log forgets all when it begins to
        renderer = Renderer()
        names = [_name(path) for path in options["paths"]] or _linked_from_front(renderer)
        for name in _progress(names, len(names), options):
            try:
                page = renderer.render(name)
            except RenderFailedError as error:
                raise CommandError(f"{name} could not be rendered: {error}") from error
            if store_page(store=store, page=page) is Stored.REFUSED:
                self.stderr.write(f"{name} is not a page that is kept.")
        failed = [] if options["paths"] else Follower(store=store, renderer=renderer).drain()
        self.stdout.write(f"{len(names)} pages rendered." if not options["json"] else json.dumps({"pages": len(names)}))
        if failed:
            raise CommandError(f"{len(failed)} pages {FINDINGS['failed']}: {_some(failed)}")

    def _clear(self, store: PageStore, options: dict[str, Any]) -> None:
        forgotten = clear_pages(store=store)
        self.stdout.write(f"{forgotten} pages forgotten." if not options["json"] else json.dumps({"pages": forgotten}))

    def _export(self, store: PageStore, options: dict[str, Any]) -> None:
        folder = Path(settings.BROADSHEET_DATA) / FOLDER
        os.umask(EXPORTED_UMASK)
        if not options["clear"] and not options["once"]:
            keep_exporting(store, folder)
            return
        try:
            with sole_exporter(folder):
                if options["clear"]:
                    report = ExportReport(removed=clear_exported(store=store, folder=folder))
                else:
                    exporter = Exporter(store=store, folder=folder, usual=usual_headers())
                    exporter.drain()
                    report = exporter.report
        except AlreadyExportedError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(report)))
        else:
            self.stdout.write(f"{report.written} pages written, {report.removed} removed.")

    def _headers(self, store: PageStore, options: dict[str, Any]) -> None:
        snippets = {"nginx": nginx_headers, "caddy": caddy_headers}
        if len(options["paths"]) != 1 or options["paths"][0] not in snippets:
            raise CommandError("Say for which server: pages headers nginx, or pages headers caddy.")
        self.stdout.write(snippets[options["paths"][0]](), ending="")


def follow(store: PageStore) -> None:
    """Keep the store true until SIGTERM or Ctrl-C."""
    Path(settings.BROADSHEET_DATA).mkdir(parents=True, exist_ok=True)
    follow_log(store=store, is_stopped=told_to_end().is_set)


def keep_exporting(store: PageStore, folder: Path) -> None:
    """Keep the exported pages until SIGTERM or Ctrl-C; while another exporter does, stand by."""
    is_stopped, usual = told_to_end().is_set, usual_headers()
    with next_exporter(folder, is_stopped=is_stopped) as is_ours:
        if is_ours:
            export_pages(store=store, folder=folder, usual=usual, is_stopped=is_stopped)


def _progress(steps: Iterable[Any], total: int, options: dict[str, Any]) -> Iterable[Any]:
    return track(steps, total=total, description="Pages", console=Console(stderr=True), disable=bool(options["json"]))


def _name(path: str) -> str:
    name = linked_name(path)
    if name is None or not name.startswith("/"):
        raise CommandError(f"{path} is not the path of a page that is stored. Write it as in / or /section/city/.")
    return name


def _linked_from_front(renderer: Renderer) -> Sequence[str]:
    """Return the front page and what it links to."""
    try:
        page = renderer.render("/")
    except RenderFailedError as error:
        raise CommandError(f"The front page could not be rendered: {error}") from error
    links = [str(link["href"]) for link in BeautifulSoup(page.body, "html.parser").select("a[href^='/']")]
    return list(dict.fromkeys(["/", *filter(None, map(linked_name, links))]))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
