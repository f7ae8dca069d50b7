"""Servers as child processes that never outlive us."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

START_TIMEOUT_SECONDS = 60
_STOP_TIMEOUT_SECONDS = 20
_SHOWN_OUTPUT_BYTES = 4000


class ServerDidNotStartError(Exception):
    """A server ended, or did not answer in time; the message holds the end of its output."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nothing listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def stop_in_order_when_terminated() -> None:
    """Make SIGTERM end this process through its `finally` blocks, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@contextmanager
def running(
    command: list[str],
    *,
    is_ready: Callable[[], bool],
    user: str | None = None,
    environment: dict[str, str] | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    start_timeout_seconds: float = START_TIMEOUT_SECONDS,
) -> Iterator[None]:
    """Run a server until the block ends; the kernel stops it too, should this process be killed.

    Raises `ServerDidNotStartError` when it does not become ready in time.
    """
    if shutil.which("setpriv"):
        command = ["setpriv", "--pdeathsig", stop_signal.name.removeprefix("SIG"), *command]
    account = pwd.getpwnam(user) if user else None
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,  # Ctrl-C at the terminal reaches us alone; we stop the server in order
        )
        try:
            _wait_until_ready(process, is_ready, output, start_timeout_seconds)
            yield
        finally:
            if process.poll() is not None:
                sys.stderr.write(f"{process.args!r} ended by itself ({process.returncode}):\n{_end_of(output)}\n")
            _stop(process, stop_signal)


def _wait_until_ready(
    process: subprocess.Popen[bytes], is_ready: Callable[[], bool], output: IO[bytes], timeout_seconds: float
) -> None:
    deadline = time.monotonic() + timeout_seconds
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerDidNotStartError(f"{process.args!r} did not start:\n{_end_of(output)}")
        time.sleep(0.05)


def _end_of(output: IO[bytes]) -> str:
    size = os.fstat(output.fileno()).st_size
    shown = os.pread(output.fileno(), _SHOWN_OUTPUT_BYTES, max(0, size - _SHOWN_OUTPUT_BYTES))
    return shown.decode(errors="replace")


def _stop(process: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    process.send_signal(stop_signal)
    try:
        process.wait(_STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
