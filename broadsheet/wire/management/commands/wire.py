"""`broadsheet wire fetch|read`: asks agencies' sources now; tries whether a file would be understood."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from broadsheet.wire.bring_photos import bring_photos
from broadsheet.wire.fetch_source import FetchReport, fetch_source
from broadsheet.wire.models import WireSource
from broadsheet.wire.read_item import ReadDocument, WireRefused
from broadsheet.wire.readers.detect import MOST_BYTES, read_document
from broadsheet.wire.tasks import wanting_photos


class Command(BaseCommand):
    help = (
        "fetch: ask all sources that are on, or those that are named, and take in what is new; photos too.\n"
        "read: say what would be understood of files, and what refused; nothing is written.\n"
        "Exits with 1 when a source could not be read, or a file was refused.\n\n"
        "Example: broadsheet wire fetch --json\n"
        "         broadsheet wire read sample.xml"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act, what it is done to, and the form of the report."""
        parser.add_argument("act", choices=["fetch", "read"], help="What to do.")
        parser.add_argument("names", nargs="*", help="Sources by name (fetch), or files (read).")
        parser.add_argument("--json", action="store_true", help="Report in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what came of it."""
        reports = self._fetch(options["names"]) if options["act"] == "fetch" else self._read(options["names"])
        if options["json"]:
            self.stdout.write(json.dumps(reports, ensure_ascii=False))
        else:
            for report in reports:
                self.stdout.write(", ".join(f"{name}: {value}" for name, value in report.items() if value != ""))
        if any(report["error"] for report in reports):
            sys.exit(1)

    def _fetch(self, names: list[str]) -> list[dict[str, object]]:
        sources = WireSource.objects.filter(name__in=names) if names else WireSource.objects.filter(is_on=True)
        found = list(sources)
        if missing := set(names) - {source.name for source in found}:
            raise CommandError(f"There is no source named {', '.join(sorted(missing))}.")
        return [self._fetch_one(source) for source in found]

    def _fetch_one(self, source: WireSource) -> dict[str, object]:
        report: FetchReport = fetch_source(source_id=source.pk)
        if report.is_busy:
            return {**report.as_json(), "error": "another run is asking it"}
        for item_id in wanting_photos(source.pk, [*report.taken.new, *report.taken.changed]):
            bring_photos(item_id=item_id)
        return report.as_json()

    def _read(self, names: list[str]) -> list[dict[str, object]]:
        return [self._read_one(Path(name)) for name in names]

    def _read_one(self, path: Path) -> dict[str, object]:
        report: dict[str, object] = {"file": str(path), "format": "", "items": 0, "refused": [], "error": ""}
        try:
            with path.open("rb") as file:
                document: ReadDocument = read_document(file.read(MOST_BYTES + 1), name=path.name)
        except OSError as error:
            return {**report, "error": error.strerror or "cannot be read"}
        except WireRefused as refusal:
            return {**report, "error": refusal.sentence}
        refused = [f"{one.name}: {one.sentence}" for one in document.refusals]
        return {**report, "format": document.format, "items": len(document.items), "refused": refused}
