"""One web worker: Granian's, in a process that we start, on a socket that we hold.

Granian's own main process would give each of its workers a socket of its own. With one of them go the connections that
wait in it for being accepted. Here one socket serves all workers and outlives each of them: whoever has connected is
answered by the next worker, and nobody notices that a worker died or that the paper was reloaded.
"""

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from granian._granian import SocketHolder
from granian._internal import load_target
from granian.constants import Interfaces, RuntimeModes
from granian.log import LogLevels
from granian.server.mp import MPServer

APPLICATION = "broadsheet.config.wsgi:application"
BLOCKING_THREADS_PER_WORKER = 2
"""Requests a worker handles at once; each holds a database connection."""
BACKLOG = 1024
ACCESS_LINE = "%(method)s %(path)s %(status)d in %(dt_ms).1f ms"
"""Neither who asked nor what a query held."""
LOGS: dict[str, Any] = {
    "handlers": {},
    "formatters": {},
    "loggers": {name: {"handlers": [], "propagate": True, "level": "INFO"} for name in ("_granian", "granian.access")},
}


class _OnHeldSocket(MPServer):
    """Granian's server, of which only a worker is used."""

    def worker_on(self, descriptor: int) -> Any:
        """Return a worker that accepts from this socket."""
        self._ssp = self._sso = None
        self._shd = SocketHolder(descriptor, False, BACKLOG)  # type: ignore[assignment, call-arg] # its stub names none
        loader = partial(load_target, self.target, wd=Path.cwd(), factory=False)
        return self._spawn_worker(idx=0, target=self._spawn_wsgi_worker, callback_loader=loader)


def run_web_worker(*, place: int, descriptor: int, ready: int) -> None:
    """Answer requests from the socket until SIGTERM, then finish those that run.

    Writes the number of its place to the pipe `ready` when the application is loaded.
    """
    server = _OnHeldSocket(
        APPLICATION,
        interface=Interfaces.WSGI,
        runtime_mode=RuntimeModes.mt,
        websockets=False,
        blocking_threads=BLOCKING_THREADS_PER_WORKER,
        backlog=BACKLOG,
        log_level=LogLevels.info,
        log_dictconfig=LOGS,
        log_access=settings.ACCESS_LOG,
        log_access_format=ACCESS_LINE,
    )
    load_target(APPLICATION)
    with suppress(OSError):  # nobody waits for one that was started again
        os.write(ready, bytes([place]))
    server.worker_on(descriptor).inner.run()
