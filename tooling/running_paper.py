"""The demonstration paper, served for as long as a tool looks at it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tooling.debian import answers
from tooling.processes import free_port, running

START_TIMEOUT_SECONDS = 180


@contextmanager
def running_paper() -> Iterator[str]:
    """Serve the demonstration paper from the data that `make demo` made, or make it first; give its address."""
    port = free_port()
    command = [sys.executable, "-m", "broadsheet", "demo", "--serve", "--port", str(port)]
    with running(command, is_ready=lambda: answers(port), start_timeout_seconds=START_TIMEOUT_SECONDS):
        yield f"http://127.0.0.1:{port}"
