"""`broadsheet embargo_clock`: publishes what is due."""

import logging
import signal
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections

SECONDS_BETWEEN_LOOKS = 5
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Publish scheduled stories and fronts when due, until interrupted.\n\nExample: broadsheet embargo_clock"

    def handle(self, *args: Any, **options: Any) -> None:
        """Look every few seconds; a failed look is logged and the next one tries again."""
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.wait(SECONDS_BETWEEN_LOOKS):
            close_old_connections()
            try:
                call_command("publish_scheduled", verbosity=0)
            except Exception:
                logger.exception("Publishing what is due failed; trying again in %s s", SECONDS_BETWEEN_LOOKS)
