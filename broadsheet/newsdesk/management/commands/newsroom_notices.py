"""`broadsheet newsroom_notices`: tells people what happened, and sends the mail that waits."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from broadsheet.kit.told_to_end import told_to_end
from broadsheet.newsdesk.notifications import looks
from broadsheet.newsdesk.notifications.send_waiting_mail import send_waiting_mail
from broadsheet.newsdesk.wire.looks import ask_due_sources, look_at_wire, tidy_wire
from broadsheet.publishing.date_undated_topics import date_undated_topics

SECONDS_BETWEEN_LOOKS = 15
LOOKS: tuple[Callable[[], int], ...] = (
    looks.look_at_publications,
    looks.look_at_failures,
    looks.look_at_log,
    looks.look_at_due_times,
    ask_due_sources,
    look_at_wire,
    tidy_wire,
    date_undated_topics,
    send_waiting_mail,
)
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Tell people of the newsroom what is due, published, scheduled or unlocked, send mail that waits, "
        "and have the wire's sources asked, until interrupted.\n\nExample: broadsheet newsroom_notices"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a single look, for a timer of the operator's own."""
        parser.add_argument("--once", action="store_true", help="Look once, and end.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look every few seconds; a failed look is logged, does not keep the others, and is tried again."""
        if options["once"]:
            self._look()
            return
        stopped = told_to_end()
        while not stopped.wait(SECONDS_BETWEEN_LOOKS):
            close_old_connections()
            self._look()

    def _look(self) -> None:
        for look in LOOKS:
            try:
                look()
            except Exception:
                logger.exception("%s failed; trying again in %s s", look.__name__, SECONDS_BETWEEN_LOOKS)
