"""`broadsheet search`: the search index of this node, for its operator."""

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from broadsheet.changes.selectors import changes_since
from broadsheet.kit.told_to_end import told_to_end
from broadsheet.search.engine.tantivy_index import TantivyIndex
from broadsheet.search.follow_likeness import relate_all
from broadsheet.search.index_home import IndexHome
from broadsheet.search.indexer import keep_index
from broadsheet.search.rebuild_index import RebuiltElsewhereError, rebuild_index
from broadsheet.search.verify_index import verify_index
from broadsheet.stories.models import Story

FINDINGS = {
    "missing": "are published and not in the index",
    "left_over": "are in the index and not published",
    "different": "are in the index and not as they are published",
    "doubled": "are more than once in the index",
}
SHOWN = 10
"""Documents that are named for each finding."""


class Command(BaseCommand):
    help = (
        "Look after the search index of this machine.\n\n"
        "  verify   compare it with the database; exits with 1 when they differ\n"
        "  rebuild  build it anew beside the one that is searched in, and put it in its place\n"
        "  relate   find again for every story which others read like it, as after an import\n"
        "  status   how many documents it holds, how large it is, how far the log is followed\n"
        "  follow   keep it true until interrupted; `broadsheet serve` runs this\n\n"
        "Example: broadsheet search verify --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act and the form of the report."""
        parser.add_argument("act", choices=["verify", "rebuild", "relate", "status", "follow"])
        parser.add_argument("--json", action="store_true", help="Report in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        home = IndexHome(Path(settings.BROADSHEET_DATA))
        acts = {"verify": self._verify, "rebuild": self._rebuild, "relate": self._relate, "status": self._status}
        if options["act"] == "follow":
            follow(home)
        else:
            acts[options["act"]](home, options)

    def _verify(self, home: IndexHome, options: dict[str, Any]) -> None:
        index = _index(home)
        if behind := changes_since(index.checkpoint()):
            self.stderr.write(f"{behind:,} changes are not in the index yet, and will be found to differ.")
        with _progress("Documents", options) as advance:
            report = verify_index(index=index, on_document=advance)
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(report)))
        else:
            self.stdout.write(f"{report.compared:,} documents compared with the database.")
            for name, words in FINDINGS.items():
                if found := getattr(report, name):
                    self.stderr.write(f"{len(found):,} {words}: {_some(found)}")
            if report.is_clean:
                self.stdout.write("The index is as it should be.")
            else:
                self.stderr.write("`broadsheet search rebuild` builds it anew while it is searched in.")
        if not report.is_clean:
            sys.exit(1)

    def _rebuild(self, home: IndexHome, options: dict[str, Any]) -> None:
        try:
            with _progress("Documents", options) as advance:
                count = rebuild_index(home=home, on_document=advance)
        except RebuiltElsewhereError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps({"documents": count}) if options["json"] else f"{count:,} documents in the index.")

    def _relate(self, home: IndexHome, options: dict[str, Any]) -> None:
        with _progress("Stories", options) as advance:
            changed = relate_all(index=_index(home), on_story=advance)
        told = {"changed": changed}
        self.stdout.write(json.dumps(told) if options["json"] else f"{changed:,} stories have other similar ones now.")

    def _status(self, home: IndexHome, options: dict[str, Any]) -> None:
        stats = _index(home).stats()
        lag = changes_since(stats.checkpoint)
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(stats) | {"lag": lag}))
            return
        self.stdout.write(
            f"{stats.documents:,} documents in {stats.segments} segments, {stats.bytes / 1e6:,.1f} MB on disk\n"
            f"{lag:,} changes not applied yet"
        )


def follow(home: IndexHome) -> None:
    """Keep the index true until SIGTERM or Ctrl-C; while another process does, stand by."""
    keep_index(home=home, is_stopped=told_to_end().is_set)


def _index(home: IndexHome) -> TantivyIndex:
    folder = home.current()
    if folder is None:
        raise CommandError("There is no search index yet. `broadsheet search rebuild` builds one.")
    return TantivyIndex(folder)


@contextmanager
def _progress(what: str, options: dict[str, Any]) -> Iterator[Callable[[], None]]:
    total = Story.objects.filter(live=True).count()
    with Progress(console=Console(stderr=True), disable=bool(options["json"])) as progress:
        task = progress.add_task(what, total=total)
        yield lambda: progress.advance(task)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
