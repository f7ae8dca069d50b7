"""What needs little of the machine shares a process: a thread for each job, begun again when it fails.

A process of its own costs some 35 MB. Jobs stand here that mostly wait, may be late by a second, and hold nothing that
the death of another one would take from them.
"""

import logging
import threading
import time
from collections.abc import Mapping, Sequence

from django.core.management import call_command
from django.db import connections

from broadsheet.kit.structured_logs import set_role_of_thread
from broadsheet.kit.told_to_end import told_to_end
from broadsheet.ops.backoff import Backoff

logger = logging.getLogger(__name__)


def do_chores(commands: Mapping[str, Sequence[str]]) -> None:
    """Run management commands side by side, each under its role, until this process is told to end."""
    told = told_to_end()
    threads = [threading.Thread(target=_go_on, args=(role, command, told)) for role, command in commands.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _go_on(role: str, command: Sequence[str], told: threading.Event) -> None:
    """Run a command again whenever it ends, as the keeper does with a process."""
    set_role_of_thread(role)
    backoff = Backoff()
    while not told.is_set():
        since, why = time.monotonic(), "ended"
        try:
            call_command(*command)
        except (Exception, SystemExit) as error:
            logger.exception("%s failed", role)
            why = f"ended ({type(error).__name__})"
        finally:
            connections.close_all()
        if told.is_set():
            return
        lived_seconds = time.monotonic() - since
        pause_seconds = backoff.pause_seconds(lived_seconds=lived_seconds)
        logger.error("%s %s after %.1f s and is started again in %.1f s", role, why, lived_seconds, pause_seconds)
        told.wait(pause_seconds)
