"""`broadsheet photos refresh`: every photo's public renditions as they should be."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import track

from broadsheet.photos.darkroom.run import DarkroomFailure
from broadsheet.photos.intake import PhotoRefused
from broadsheet.photos.locks import StillHeld
from broadsheet.photos.models import Photo
from broadsheet.photos.refresh_renditions import refresh_renditions


class Command(BaseCommand):
    help = (
        "Make the public renditions that are missing, and remove those that are stale or whose rights have ended.\n\n"
        "Repeatable; needed after a restore from backup, or after an import with PHOTO_RENDITIONS_AT_UPLOAD=false.\n"
        "Exits with 1 when some photo could not be processed.\n\n"
        "Example: broadsheet photos refresh --json"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act and the form of the report."""
        parser.add_argument("act", choices=["refresh"], help="What to do with all photos.")
        parser.add_argument("--json", action="store_true", help="Report in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refresh photo by photo; one that fails is reported and stops no other."""
        ids = list(Photo.objects.order_by("pk").values_list("pk", flat=True))
        made, failed = 0, []
        progress = track(ids, description="Photos", console=Console(stderr=True), disable=options["json"])
        for photo_id in progress:
            try:
                made += refresh_renditions(photo_id=photo_id, make_missing=True)
            except FileNotFoundError:
                failed.append({"photo": photo_id, "reason": "The original is missing."})
            except DarkroomFailure as failure:
                reason = PhotoRefused(failure.code, failure.detail | {"megapixels": "?"}).sentence
                failed.append({"photo": photo_id, "reason": reason})
            except StillHeld:
                failed.append({"photo": photo_id, "reason": "Another process is at work on it."})
        self._report({"photos": len(ids), "renditions_made": made, "failed": failed}, as_json=options["json"])
        if failed:
            sys.exit(1)

    def _report(self, report: dict[str, Any], *, as_json: bool) -> None:
        """Print the figures, as JSON or in words."""
        if as_json:
            self.stdout.write(json.dumps(report))
            return
        self.stdout.write(f"{report['photos']} photos, {report['renditions_made']} renditions made.")
        for failure in report["failed"]:
            self.stderr.write(f"Photo {failure['photo']}: {failure['reason']}")
