"""`broadsheet embargo_clock`: publishes what is planned at its moment."""

import contextlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from broadsheet.kit.told_to_end import told_to_end
from broadsheet.publishing.embargo.run_clock import run_clock

NICENESS = -10
"""Before whatever else wants the processors in the second in which something is due, such as a paper that starts."""


class Command(BaseCommand):
    help = (
        "Publish scheduled stories, pages and fronts at their second, and take off what has come to its end, until "
        "interrupted. A second clock on the same machine stands by and takes over when the first one dies.\n\n"
        "Example: broadsheet embargo_clock"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file by which the clocks of one machine know each other."""
        parser.add_argument(
            "--lock",
            type=Path,
            default=settings.BROADSHEET_DATA / "embargo-clock.lock",
            help="Clocks that share this file take turns (default: one in $BROADSHEET_DATA).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the clock; SIGTERM and Ctrl-C end it after what it is just doing."""
        stopped = told_to_end()
        _come_first()
        run_clock(stopped=stopped, lock=options["lock"])


def _come_first() -> None:
    """Ask for precedence; a system that grants none (to an ordinary user it takes LimitNICE) is no reason to stop."""
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
