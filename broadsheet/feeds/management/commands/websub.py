"""`broadsheet websub`: the hub of the paper's feeds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from broadsheet.feeds.websub.run_hub import run_hub
from broadsheet.kit.told_to_end import told_to_end


class Command(BaseCommand):
    help = (
        "Send feeds that change to those who subscribe, or tell the hub of WEBSUB_HUB; until interrupted.\n"
        "`broadsheet serve` runs it.\n\nExample: broadsheet websub follow"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act."""
        parser.add_argument("act", choices=["follow"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until a signal ends it."""
        run_hub(is_stopped=told_to_end().is_set)
