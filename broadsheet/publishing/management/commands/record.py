"""`broadsheet record verify`: does the public record say what readers see?"""

import dataclasses
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import track

from broadsheet.publishing.verify_record import PAGES_AT_ONCE, RecordReport, verify_record
from broadsheet.stories.models import InformationPage, Story

FINDINGS = {
    "unrecorded": "are public, and their record does not say so",
    "otherwise": "read otherwise than the last version of their record",
    "vanished": "are public by their record, and are not",
    "gaps": "lack versions between their first and their last",
}
SHOWN = 10
"""Pages that are named for each finding."""


class Command(BaseCommand):
    help = (
        "Compare every published page with the public record of its versions. Changes made a second ago may not be\n"
        "on the record yet. Exits with 1 when the record and the paper differ.\n\n"
        "Example: broadsheet record verify --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act and the form of the report."""
        parser.add_argument("act", choices=["verify"], help="What to do with the record.")
        parser.add_argument("--json", action="store_true", help="Report in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and say what differs."""
        batches = (Story.objects.count() + InformationPage.objects.count()) // PAGES_AT_ONCE + 2
        report = RecordReport()
        steps = verify_record(report)
        console = Console(stderr=True)
        for _ in track(steps, total=batches, description="Pages", console=console, disable=options["json"]):
            pass
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(report)))
        else:
            self._tell(report)
        if not report.is_clean:
            sys.exit(1)

    def _tell(self, report: RecordReport) -> None:
        self.stdout.write(f"{report.compared} pages compared with their record.")
        for name, words in FINDINGS.items():
            if found := getattr(report, name):
                shown = ", ".join(map(str, found[:SHOWN])) + ("…" if len(found) > SHOWN else "")
                self.stderr.write(f"{len(found)} {words}: {shown}")
        if report.is_clean:
            self.stdout.write("The record says what readers see.")
