"""`broadsheet demo`: an invented paper, ready to be read and to be edited."""

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from broadsheet.demo.collect_static import collecting_static
from broadsheet.demo.load_paper import load_paper
from broadsheet.demo.load_people import Login
from broadsheet.demo.load_site import add_to_menu
from broadsheet.demo.load_synthetic import load_synthetic

PASSWORD = "eastmere"  # noqa: S105 (printed, for a paper that nobody lives by)
USUAL_SITE_URL = "http://127.0.0.1:8000"
SOMETHING_REPORTED = 1
"""Exit code of an import that kept things which it did not understand."""

HELP = """Set up an invented paper with stories, photos and sign-ins for every role, and serve it.

A second start changes nothing and takes seconds.

Examples:
  broadsheet demo --port 8080
  broadsheet demo --archive ./old-site --no-serve
  broadsheet demo --stories 100000 --no-serve"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Keep the examples' line breaks in the help."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the port, what to add to the paper, and whether to serve it."""
        parser.add_argument("--port", type=int, default=8000, help="TCP port to serve on (default: 8000).")
        parser.add_argument("--workers", type=int, default=2, help="Web worker processes (default: 2).")
        parser.add_argument(
            "--serve", action=argparse.BooleanOptionalAction, default=True, help="Serve the paper when it is ready."
        )
        parser.add_argument(
            "--archive",
            type=Path,
            action="append",
            default=[],
            metavar="PATH",
            help="Add a folder of Markdown articles as a section; may be given several times.",
        )
        parser.add_argument(
            "--stories", type=int, default=0, metavar="N", help="Add synthetic stories until there are N of them."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare what is not there yet, say where everything is, and serve."""
        for folder in options["archive"]:
            if not folder.is_dir():
                raise CommandError(f"There is no folder {folder}.")
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        console = Console()
        logins = _prepare(console, archives=options["archive"], stories=options["stories"])
        site = _site_url(options["port"])
        console.print(_guide(site, logins))
        if options["serve"]:
            _serve(site, port=options["port"], workers=options["workers"])


def _prepare(console: Console, *, archives: list[Path], stories: int) -> list[Login]:
    with console.status("Database"):
        _migrate()
    with collecting_static(), Bars(console) as bars:
        logins = load_paper(password=PASSWORD, progress=bars.tell)
    for folder in archives:
        _add_archive(folder)
    if stories:
        with Bars(console) as bars:
            load_synthetic(total=stories, progress=bars.tell)
    return logins


def _migrate() -> None:
    """Bring the database up to date; asking first whether it is saves two seconds at every start."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def _add_archive(folder: Path) -> None:
    """Import a folder as a section of its name. What the importer did not understand it has reported itself."""
    section = folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    try:
        call_command("import", "markdown", str(folder), "--section", section)
    except SystemExit as end:
        if end.code != SOMETHING_REPORTED:
            raise
    add_to_menu(section)


def _site_url(port: int) -> str:
    """Return the paper's address: the one in the settings, with the port asked for unless somebody set it."""
    return f"http://127.0.0.1:{port}" if settings.SITE_URL == USUAL_SITE_URL else settings.SITE_URL


def _guide(site: str, logins: list[Login]) -> Table:
    table = Table(title="The Eastmere Courier", title_justify="left", box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_row("Paper", f"{site}/")
    table.add_row("Newsroom", f"{site}/newsroom/")
    table.add_row("Password", f"{PASSWORD}  (for everybody)")
    table.add_section()
    for login in logins:
        table.add_row(login.role, login.email, login.name)
    return table


def _serve(site: str, *, port: int, workers: int) -> None:
    """Become `broadsheet serve`, so that signals reach it and it reads the address anew."""
    connections.close_all()
    sys.stdout.flush()
    command = [sys.executable, "-m", "broadsheet", "serve", "--port", str(port), "--workers", str(workers)]
    os.execve(sys.executable, command, os.environ | {"SITE_URL": site})  # noqa: S606 (our own command, no shell)


class Bars(Progress):
    """Progress bars, one for each thing that a loader tells of."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description:<18}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        super().__init__(*columns, console=console, disable=not console.is_terminal)
        self._known: dict[str, TaskID] = {}

    def tell(self, what: str, done: int, total: int) -> None:
        """Move the bar of `what` (see `progress.Progress`)."""
        if what not in self._known:
            self._known[what] = self.add_task(what.capitalize(), total=total)
        self.update(self._known[what], completed=done)
