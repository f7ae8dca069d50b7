"""Runs the processes of which a paper on one machine consists."""

import socket
from collections.abc import Sequence
from functools import partial

from django.core.management import execute_from_command_line
from django.db import connections
from granian import Granian
from granian.constants import Interfaces

from broadsheet.ops.companions import SECONDS_TO_FINISH, Companion, companions

CLOCK_OUTLIVES_SECONDS = 30
"""As long as it may take until a paper that was killed is served again, its clocks ready with everything prepared."""
COMMANDS: Sequence[tuple[Sequence[str], int]] = (
    (["db_worker", "--no-startup-delay"], 0),
    (["embargo_clock"], CLOCK_OUTLIVES_SECONDS),
    (["embargo_clock"], CLOCK_OUTLIVES_SECONDS),
    (["newsroom_notices"], 0),
)
"""Management commands that run beside the web workers, and for how long each outlives a paper that is killed. The
second clock stands by, should the first one die."""
BLOCKING_THREADS_PER_WORKER = 2
"""Requests a worker handles at once; each holds a database connection."""
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
    connections.close_all()
    members = [Companion(command[0], partial(_run, command), seconds) for command, seconds in COMMANDS]
    with companions(members):
        server.serve()


def _run(command: Sequence[str]) -> None:
    execute_from_command_line(["broadsheet", *command])


def is_taken(address: str, port: int) -> bool:
    """Tell whether a server listens there; Granian shares its port, and a second paper would answer half of them."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((address if address not in ANY_ADDRESS else "localhost", port)) == 0
