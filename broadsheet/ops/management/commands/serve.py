"""`broadsheet serve`: the whole paper from one command."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from broadsheet.ops.readiness import migrations_are_missing
from broadsheet.ops.serve_paper import PortTakenError, serve_paper


def static_files_are_gathered() -> bool:
    """Tell whether pages would find their stylesheets and scripts."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return True
    return bool(staticfiles_storage.manifest_storage.exists(staticfiles_storage.manifest_name))


class Command(BaseCommand):
    help = (
        "Serve the paper: web workers, the follower, the tasks worker and the embargo clock, until interrupted.\n"
        "SIGHUP reloads code and settings without a dropped request; SIGTERM finishes what runs and ends.\n\n"
        "Example: broadsheet serve --port 8000 --workers 2"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the port, the address and the number of web workers."""
        parser.add_argument("--port", type=int, default=8000, help="TCP port to listen on (default: 8000).")
        parser.add_argument("--address", default="127.0.0.1", help="Address to listen on (default: 127.0.0.1).")
        parser.add_argument("--workers", type=int, default=2, help="Web worker processes (default: 2).")
        parser.add_argument(
            "--health-port", type=int, help="Port for /healthz and /readyz alone: they then never wait behind readers."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse to serve a paper that is not set up, saying what to run; otherwise serve until a signal ends it."""
        if migrations_are_missing():
            raise CommandError("The database is older than this version of the paper. Run `broadsheet migrate` first.")
        if not static_files_are_gathered():
            raise CommandError("The static files are not gathered. Run `broadsheet collectstatic --no-input` first.")
        connections.close_all()
        try:
            serve_paper(
                address=options["address"],
                port=options["port"],
                workers=options["workers"],
                health_port=options["health_port"],
            )
        except PortTakenError as error:
            raise CommandError(str(error)) from error
