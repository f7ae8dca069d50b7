"""`broadsheet import markdown PATH`: bring an archive in, with nothing lost."""  # noqa: N999  the command's name

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from broadsheet.archive.import_stories import FileOutcome, StoryImport
from broadsheet.archive.markdown.archive_folder import humanise
from broadsheet.archive.markdown.dialects import DIALECTS
from broadsheet.archive.markdown.read_archive import MarkdownArchive
from broadsheet.archive.old_addresses import lead_to_path
from broadsheet.archive.report import ImportReport
from broadsheet.stories.shelves import NoFrontPage
from broadsheet.topics.models import Topic

SOME_REPORTED = 1
"""Exit code: the import ran, and at least one file holds something that was not plainly understood."""
COULD_NOT_RUN = 2
"""Exit code: nothing was imported; the message says why."""

HELP = """Import an archive of articles. Running it again changes nothing; a changed source file changes its story.

Examples:
  broadsheet import markdown ./old-site --dry-run --report report.json
  broadsheet import markdown ./old-site --section Archive --old-site https://www.example.org

Exit codes: 0 everything was understood; 1 some files hold something that was not (listed in the report, and kept);
2 nothing could be imported."""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the examples' line breaks in the help."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand for each kind of archive."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        markdown = kinds.add_parser(
            "markdown",
            help="A folder of Markdown files: Hugo, Jekyll, Eleventy and others.",
            description=HELP,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        markdown.add_argument(
            "path", type=Path, help="The folder of the old site (the one that holds content/ or _posts/)."
        )
        markdown.add_argument("--dry-run", action="store_true", help="Read and report only; write nothing.")
        markdown.add_argument(
            "--dialect", choices=sorted(DIALECTS), help="The generator it was written for (default: detected)."
        )
        markdown.add_argument(
            "--section", default="", help="One section for all (default: one for each folder of articles)."
        )
        markdown.add_argument(
            "--name", default="", help="The archive's name in the records (default: its folder's name)."
        )
        markdown.add_argument(
            "--old-site", default="", help="Address of the old site, for links to pages not brought along."
        )
        markdown.add_argument(
            "--publish-expired", action="store_true", help="Show articles whose expiry date has passed."
        )
        markdown.add_argument(
            "--again", action="store_true", help="Read unchanged files too, and write their stories anew."
        )
        markdown.add_argument("--report", type=Path, help="Write the whole report to this file, as JSON.")
        markdown.add_argument("--json", action="store_true", help="Print the totals as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import, show its report, and end with the exit code that says how it went."""
        try:
            archive = MarkdownArchive.open(
                options["path"],
                zone=timezone.get_default_timezone(),
                dialect=DIALECTS[options["dialect"]] if options["dialect"] else None,
                old_site=options["old_site"],
            )
        except (FileNotFoundError, NotADirectoryError) as error:
            raise CommandError(f"There is no folder {options['path']}.", returncode=COULD_NOT_RUN) from error
        source = options["name"] or humanise(archive.folder.root.name)
        job = StoryImport(
            archive=archive,
            source=source,
            section=options["section"],
            dry_run=options["dry_run"],
            publish_expired=options["publish_expired"],
            read_again=options["again"],
        )
        with contextlib.ExitStack() as files:
            out = files.enter_context(options["report"].open("w", encoding="utf-8")) if options["report"] else None
            report = ImportReport(out)
            try:
                self._run(archive, job, report)
            except NoFrontPage as error:
                raise CommandError(f"{error} Run `broadsheet migrate` first.", returncode=COULD_NOT_RUN) from error
            totals = report.finish(archive=source, dialect=archive.dialect.name, dry_run=job.dry_run, **_added(job))
        self._show(totals, as_json=options["json"])
        if report.files_with_problems:
            sys.exit(SOME_REPORTED)

    def _run(self, archive: MarkdownArchive, job: StoryImport, report: ImportReport) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        report.begin()
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            if not job.dry_run:
                _bring_names(archive, job)
            total = sum(1 for _ in archive.story_paths())
            for outcome in progress.track(_everything(archive, job), total=total, description="Articles"):
                report.add(outcome)

    def _show(self, totals: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(totals, ensure_ascii=False, indent=2))
            return
        self.stdout.write(_summary(totals))


def _summary(totals: dict[str, Any]) -> str:
    """The totals as a person reads them."""
    text = io.StringIO()
    console = Console(file=text, width=110)
    what = "Would be imported" if totals["dry_run"] else "Imported"
    console.print(f"{what} from “{totals['archive']}” (read as {totals['dialect']}):")
    for name in ("outcomes", "added"):
        console.print("  " + ", ".join(f"{count:,} {key}" for key, count in totals[name].items()))
    if totals["reasons"]:
        table = Table("Times", "What was not plainly understood", box=None, padding=(0, 2))
        for reason, count in totals["reasons"].items():
            table.add_row(f"{count:,}", escape(reason))
        console.print(table)
        console.print(f"{totals['files_with_problems']:,} files are concerned; each stands in the record of the import")
        console.print("with its lines and reasons (and in the file of --report).")
    if not totals["dry_run"]:
        console.print("For the newsroom's “used in” lists: broadsheet rebuild_references_index.")
    return text.getvalue()


def _everything(archive: MarkdownArchive, job: StoryImport) -> Iterator[FileOutcome]:
    yield from job.run()
    yield from job.note_others(archive.other_paths())


def _bring_names(archive: MarkdownArchive, job: StoryImport) -> None:
    """Add everyone and every topic the archive has a page for, and the topics' old addresses."""
    for person in archive.folder.contributors():
        job.names.learn_contributor(person)
    for topic in archive.folder.topics():
        pk = job.names.learn_topic(topic)
        if topic.aliases:
            address = Topic.objects.get(pk=pk).get_absolute_url()
            job.redirects_added += sum(lead_to_path(alias, address) for alias in topic.aliases)


def _added(job: StoryImport) -> dict[str, dict[str, int]]:
    return {"added": {**job.names.added, "photos": job.pictures.added, "redirects": job.redirects_added}}
