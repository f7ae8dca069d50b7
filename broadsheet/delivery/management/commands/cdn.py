"""`broadsheet cdn`: telling the CDN what to forget."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from broadsheet.delivery.cdn.carried_keys import EVERYTHING, purged_keys
from broadsheet.delivery.cdn.configured_cdn import CdnSettingError, configured_cdn
from broadsheet.delivery.cdn.follow_purges import follow_purges
from broadsheet.delivery.cdn.provider import Cdn, PurgeFailedError
from broadsheet.delivery.page_store import PageStore
from broadsheet.kit.told_to_end import told_to_end


class Command(BaseCommand):
    help = (
        "Tell the CDN of CDN_URL what to forget.\n\n"
        "  follow   purge what changes until interrupted; `broadsheet serve` runs this where there is a CDN\n"
        "  purge    purge these keys now (docs/reference/surrogate-keys.md), or without any key everything\n\n"
        "Example: broadsheet cdn purge a:17 --hard"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the act and the keys."""
        parser.add_argument("act", choices=["follow", "purge"])
        parser.add_argument("keys", nargs="*", help="For purge: surrogate keys, such as a:17 or l:latest:0.")
        parser.add_argument("--hard", action="store_true", help="For purge: not even for a moment shown once more.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        try:
            cdn = configured_cdn()
        except CdnSettingError as error:
            raise CommandError(str(error)) from error
        if cdn is None:
            raise CommandError("There is no CDN. Set CDN_URL (docs/operators/cdn.md).")
        if options["act"] == "follow":
            _follow(cdn)
        else:
            self._purge(cdn, options["keys"], hard=options["hard"])

    def _purge(self, cdn: Cdn, keys: list[str], *, hard: bool) -> None:
        purged = sorted(purged_keys(keys)) if keys else [EVERYTHING]
        try:
            for start in range(0, len(purged), cdn.keys_at_once):
                cdn.purge(purged[start : start + cdn.keys_at_once], hard=hard)
        except PurgeFailedError as error:
            raise CommandError(f"The CDN was not told: {error}.") from error
        self.stdout.write(f"Purged: {', '.join(keys) or 'everything'}.")


def _follow(cdn: Cdn) -> None:
    follow_purges(store=PageStore(settings.BROADSHEET_DATA), cdn=cdn, is_stopped=told_to_end().is_set)
