"""`broadsheet websub`: the hub of the paper's feeds."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from broadsheet.feeds.websub.run_hub import run_hub


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
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        run_hub(is_stopped=stopped.is_set)
