"""Runs the processes of which a paper on one machine consists."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from granian import Granian
from granian.constants import Interfaces

COMPANIONS = (["db_worker", "--no-startup-delay"], ["embargo_clock"], ["newsroom_notices"])
"""Management commands that run beside the web workers."""
BLOCKING_THREADS_PER_WORKER = 2
"""Requests a worker handles at once; each holds a database connection."""
SECONDS_TO_FINISH = 10
ANY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104 - recognised, not bound


class PortTakenError(Exception):
    """Another server listens where this one was to."""


def serve_paper(*, address: str, port: int, workers: int) -> None:
    """Serve the paper on `address`:`port` with its companions until a signal ends it."""
    if is_taken(address, port):
        raise PortTakenError(f"Something already listens on {address}:{port}. Stop it, or choose another port: --port.")
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


def is_taken(address: str, port: int) -> bool:
    """Tell whether a server listens there; Granian shares its port, and a second paper would answer half of them."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((address if address not in ANY_ADDRESS else "localhost", port)) == 0


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
