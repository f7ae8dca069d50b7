"""Runs the embargo clock until it is told to stop."""

import fcntl
import logging
import os
import threading
from pathlib import Path
from typing import IO

from django.db import connection

from broadsheet.publishing.embargo.agenda import Agenda

STANDBY_PAUSE_SECONDS = 0.05
"""How long a standby takes at most to notice that the running clock has died."""
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 5.0
logger = logging.getLogger(__name__)


def run_clock(*, stopped: threading.Event, lock: Path) -> None:
    """Have everything planned happen at its moment until `stopped` is set.

    Of the clocks that share the file `lock` one runs; the others stand by with everything prepared (and help with what
    is due, on PostgreSQL), and one of them takes over as soon as the kernel frees the lock of a clock that died. Clocks
    that do not share it (those of other machines) run at the same time and divide the work: what they do is claimed in
    the database. While the database is away they wait for it.
    """
    agenda = Agenda()
    troubles = 0
    with lock.open("a") as file:
        is_standby = True
        while not stopped.is_set():
            if is_standby and _is_granted(file):
                is_standby = False
                logger.info("The embargo clock runs")
            try:
                pause_seconds = agenda.step(is_standby=is_standby)
            except Exception as error:
                connection.close()
                pause_seconds = min(FIRST_PAUSE_SECONDS * 2**troubles, LONGEST_PAUSE_SECONDS)
                if not troubles:
                    logger.error(
                        "The embargo clock cannot work, and tries again until it can: %s", error, exc_info=error
                    )
                troubles += 1
            else:
                if troubles:
                    logger.info("The embargo clock works again")
                troubles = 0
            if is_standby:
                pause_seconds = min(pause_seconds, STANDBY_PAUSE_SECONDS)
            stopped.wait(pause_seconds)


def _is_granted(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    file.truncate(0)
    file.write(str(os.getpid()))  # for whoever asks which of several clocks runs
    file.flush()
    return True
