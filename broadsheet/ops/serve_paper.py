"""Runs the processes of which a paper on one machine consists."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces

COMPANIONS = (["db_worker", "--no-startup-delay"], ["embargo_clock"])
"""Management commands that run beside the web workers."""
BLOCKING_THREADS_PER_WORKER = 2
"""Requests a worker handles at once; each holds a database connection."""
SECONDS_TO_FINISH = 10


def serve_paper(*, address: str, port: int, workers: int) -> None:
    """Serve the paper on `address`:`port` with its companions until a signal ends it."""
    server = Granian(
        "broadsheet.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=workers,
        blocking_threads=BLOCKING_THREADS_PER_WORKER,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
    )
    with companions():
        server.serve()


@contextmanager
def companions() -> Iterator[None]:
    """Run the tasks worker and the embargo clock for as long as the block lasts."""
    processes = [subprocess.Popen([sys.executable, "-m", "broadsheet", *command]) for command in COMPANIONS]
    try:
        yield
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(SECONDS_TO_FINISH)
            except subprocess.TimeoutExpired:
                process.kill()
