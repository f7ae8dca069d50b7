"""Becomes the supervisor of the processes of which a paper on one machine consists."""

import os
import signal
import socket
import sys
import time

from django.conf import settings

from broadsheet.ops.companions import HEARD
from broadsheet.ops.web_worker import BACKLOG

PORT_PATIENCE_SECONDS = 3.0
"""A paper that was killed a moment ago may hold its port for so long."""
PAUSE_SECONDS = 0.1
SECONDS_TO_ASK = 5
"""A worker gets a connection when its request is there, or so late: one that was told to end closes those without."""


class PortTakenError(Exception):
    """Another server listens where this one was to."""


def serve_paper(*, address: str, port: int, workers: int, health_port: int | None = None) -> None:
    """Serve the paper on `address`:`port` until a signal ends it: this process becomes its supervisor."""
    listening = listening_socket(address, port)
    health = None if health_port is None else listening_socket(address, health_port)
    command = [sys.executable, "-m", "broadsheet.ops.supervise", f"--workers={max(1, workers)}"]
    command += [f"--log-format={settings.LOG_FORMAT}", f"--log-level={settings.LOG_LEVEL}"]
    for name, held in (("listening", listening), ("health", health)):
        if held is not None:
            held.set_inheritable(True)
            command.append(f"--{name}={held.fileno()}")
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)  # until the supervisor listens to them
    os.execv(sys.executable, command)  # noqa: S606 - ourselves, without a shell


def listening_socket(address: str, port: int) -> socket.socket:
    """Return a socket that listens there, alone.

    Raises:
        PortTakenError: another server does.
    """
    deadline = time.monotonic() + PORT_PATIENCE_SECONDS
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    while True:
        try:
            listening = socket.create_server((address, port), family=family, backlog=BACKLOG)
        except OSError as error:
            if time.monotonic() > deadline:
                raise PortTakenError(
                    f"{address}:{port} cannot be listened on ({error.strerror}). "
                    "Stop what listens there, or choose another port: --port."
                ) from error
            time.sleep(PAUSE_SECONDS)
        else:
            listening.setblocking(False)
            if sys.platform == "linux":
                listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SECONDS_TO_ASK)
            return listening
