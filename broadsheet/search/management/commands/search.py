"""`broadsheet search`: the search index of this node, for its operator."""

import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from broadsheet.search.newsroom.build_newsroom import build_newsroom_index
from broadsheet.search.newsroom.documents import all_newsroom_documents
from broadsheet.search.newsroom.newsroom_indexer import NewsroomIndexer
from broadsheet.search.newsroom.open_newsroom import newsroom_home
from broadsheet.search.newsroom.unread import waiting_after
from broadsheet.search.rebuild_index import RebuiltElsewhereError, rebuild_index
from broadsheet.search.verify_index import IndexReport, verify_index
from broadsheet.stories.models import Story

FINDINGS = {
    "missing": "are published and not in the index",
    "left_over": "are in the index and not published",
    "different": "are in the index and not as they are published",
    "doubled": "are more than once in the index",
}
NEWSROOM_FINDINGS = {
    "missing": "are not in the newsroom's index",
    "left_over": "are in the newsroom's index and not in the newsroom any more",
    "different": "are in the newsroom's index and not as they were last saved",
    "doubled": "are more than once in the newsroom's index",
}
SHOWN = 10
"""Documents that are named for each finding."""


class Command(BaseCommand):
    help = (
        "Look after the search indexes of this machine: the readers' and the newsroom's.\n\n"
        "  verify   compare them with the database; exits with 1 when they differ\n"
        "  rebuild  build them anew beside those that are searched in, and put them in their place\n"
        "  relate   find again for every story which others read like it, as after an import\n"
        "  status   how many documents they hold, how large they are, how far the log is followed\n"
        "  follow   keep them true until interrupted; `broadsheet serve` runs this\n\n"
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
        index, newsroom = _index(home), _index(newsroom_home())
        behind = changes_since(index.checkpoint()) + waiting_after(newsroom.draft_checkpoint())
        if behind:
            self.stderr.write(f"{behind:,} changes are not in the indexes yet, and will be found to differ.")
        with _progress("Documents", options) as advance:
            report = verify_index(index=index, on_document=advance)
        drafts = verify_index(index=newsroom, all_documents=all_newsroom_documents)
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(report) | {"newsroom": dataclasses.asdict(drafts)}))
        else:
            self.stdout.write(f"{report.compared + drafts.compared:,} documents compared with the database.")
            self._tell(report, FINDINGS)
            self._tell(drafts, NEWSROOM_FINDINGS)
            if report.is_clean and drafts.is_clean:
                self.stdout.write("The index is as it should be, and so is the newsroom's.")
            else:
                self.stderr.write("`broadsheet search rebuild` builds both anew while they are searched in.")
        if not (report.is_clean and drafts.is_clean):
            sys.exit(1)

    def _tell(self, report: IndexReport, findings: Mapping[str, str]) -> None:
        for name, words in findings.items():
            if found := getattr(report, name):
                self.stderr.write(f"{len(found):,} {words}: {_some(found)}")

    def _rebuild(self, home: IndexHome, options: dict[str, Any]) -> None:
        try:
            with _progress("Documents", options) as advance:
                count = rebuild_index(home=home, on_document=advance)
            newsroom = sum(build_newsroom_index(newsroom_home()))
        except RebuiltElsewhereError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"documents": count, "newsroom": newsroom}))
        else:
            self.stdout.write(f"{count:,} documents in the index, {newsroom:,} in the newsroom's.")

    def _relate(self, home: IndexHome, options: dict[str, Any]) -> None:
        with _progress("Stories", options) as advance:
            changed = relate_all(index=_index(home), on_story=advance)
        told = {"changed": changed}
        self.stdout.write(json.dumps(told) if options["json"] else f"{changed:,} stories have other similar ones now.")

    def _status(self, home: IndexHome, options: dict[str, Any]) -> None:
        index, newsroom = _index(home), _index(newsroom_home())
        told = {
            "readers": (index.stats(), changes_since(index.checkpoint())),
            "newsroom": (
                newsroom.stats(),
                changes_since(newsroom.checkpoint()) + waiting_after(newsroom.draft_checkpoint()),
            ),
        }
        figures = {name: dataclasses.asdict(stats) | {"lag": lag} for name, (stats, lag) in told.items()}
        if options["json"]:
            self.stdout.write(json.dumps(figures["readers"] | {"newsroom": figures["newsroom"]}))
            return
        for name, (stats, lag) in told.items():
            self.stdout.write(
                f"{name}: {stats.documents:,} documents in {stats.segments} segments, {stats.bytes / 1e6:,.1f} MB on"
                f" disk; {lag:,} changes not applied yet"
            )


def follow(home: IndexHome) -> None:
    """Keep both indexes true until SIGTERM or Ctrl-C; while another process does, stand by."""
    keep_index(home=home, is_stopped=told_to_end().is_set, beside=NewsroomIndexer(newsroom_home()))


def _index(home: IndexHome) -> TantivyIndex:
    folder = home.current()
    if folder is None:
        raise CommandError(f"There is no index in {home.folder} yet. `broadsheet search rebuild` builds it.")
    return TantivyIndex(folder)


@contextmanager
def _progress(what: str, options: dict[str, Any]) -> Iterator[Callable[[], None]]:
    total = Story.objects.filter(live=True).count()
    with Progress(console=Console(stderr=True), disable=bool(options["json"])) as progress:
        task = progress.add_task(what, total=total)
        yield lambda: progress.advance(task)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
