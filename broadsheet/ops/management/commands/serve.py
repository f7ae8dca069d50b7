"""`broadsheet serve`: the whole paper from one command."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from broadsheet.ops.serve_paper import PortTakenError, serve_paper


def static_files_are_gathered() -> bool:
    """Tell whether pages would find their stylesheets and scripts."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return True
    return bool(staticfiles_storage.manifest_storage.exists(staticfiles_storage.manifest_name))


class Command(BaseCommand):
    help = (
        "Serve the paper: web workers, the tasks worker and the embargo clock, until interrupted.\n\n"
        "Example: broadsheet serve --port 8000 --workers 2"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the port, the address and the number of web workers."""
        parser.add_argument("--port", type=int, default=8000, help="TCP port to listen on (default: 8000).")
        parser.add_argument("--address", default="127.0.0.1", help="Address to listen on (default: 127.0.0.1).")
        parser.add_argument("--workers", type=int, default=2, help="Web worker processes (default: 2).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse to serve a paper that is not set up, saying what to run; otherwise serve until a signal ends it."""
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is older than this version of the paper. Run `broadsheet migrate` first.")
        if not static_files_are_gathered():
            raise CommandError("The static files are not gathered. Run `broadsheet collectstatic --no-input` first.")
        connections.close_all()
        try:
            serve_paper(address=options["address"], port=options["port"], workers=options["workers"])
        except PortTakenError as error:
            raise CommandError(str(error)) from error
