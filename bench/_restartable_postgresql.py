"""A PostgreSQL that can be stopped at once and started again on the same data, as it is configured by default.

Stopped as by `pg_ctl stop -m immediate` (SIGQUIT to the server: no farewell, no checkpoint), it recovers from its log
when it is started again. The servers of the tests do without the safety that this needs.
"""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tooling.debian import find_program
from tooling.processes import free_port, running
from tooling.servers import make_cluster


class RestartablePostgresql:
    """One cluster. The main thread has to call `start`: the server ends with the thread that started it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        self._password = secrets.token_urlsafe(16)
        self._user = "postgres" if os.geteuid() == 0 else None
        self._running = ExitStack()
        make_cluster(folder, self._user, self._password)

    def url(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self._port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [str(find_program("postgres")), "-D", str(self._folder / "data"), "-p", str(self._port)]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self._folder}"]
        server = running(command, is_ready=self._answers, user=self._user, stop_signal=signal.SIGQUIT)
        self._running.enter_context(server)

    def stop(self) -> None:
        """Stop it at once, in the midst of whatever it does."""
        self._running.close()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def restartable_postgresql() -> Iterator[RestartablePostgresql]:
    """Yield one that runs, with an empty database `broadsheet`; stop it and remove its data at the end."""
    folder = Path(tempfile.mkdtemp(prefix="broadsheet-pg-", dir="/tmp"))  # a socket's path is 107 bytes at most
    try:
        server = RestartablePostgresql(folder)
        server.start()
        try:
            with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE broadsheet")
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
