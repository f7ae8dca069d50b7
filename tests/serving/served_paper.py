"""A paper that is served by its whole tree of processes, and what an operator can see of them."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.contracts.source import ROOT
from tooling.processes import free_port

PATIENCE_SECONDS = 60
SETTINGS = """
from broadsheet.config.settings import *
from broadsheet.config.settings import BROADSHEET_DATA, STORAGES

ROOT_URLCONF = "served_urls"
STATIC_ROOT = BROADSHEET_DATA / "static"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
"""
URLS = """
import logging, time
from django.conf import settings
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from broadsheet.config.urls import handler404, handler500, urlpatterns as every_address

EDITION = "first"

@csrf_exempt
def slow(request):
    (settings.BROADSHEET_DATA / f"asked-{time.time_ns()}").touch()
    with open(settings.BROADSHEET_DATA / "gate") as gate:
        gate.read()
    return HttpResponse(b"whole" * 100_000, headers={"Cache-Control": "no-store"})

def edition(request):
    return HttpResponse(EDITION, headers={"Cache-Control": "no-store"})

@csrf_exempt
def careless(request):
    logging.getLogger("careless").warning("Cookie: sessionid=s3cr3t, written by ida@paper.example")
    raise ValueError("password=hunter2")

urlpatterns = [path("slow", slow), path("edition", edition), path("careless", careless), *every_address]
"""


@dataclass
class Process:
    """One process of the tree."""

    pid: int
    role: str
    parent: int
    is_zombie: bool

    @property
    def descriptors(self) -> int:
        """How many files, sockets and pipes it has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))


@dataclass
class Answer:
    """What came back."""

    status: int
    body: bytes

    @property
    def told(self) -> Any:
        """The body, which is JSON."""
        return json.loads(self.body)


@dataclass
class Paper:
    """A paper in a folder with a database; its code can be changed while it is served."""

    data: Path
    database: str
    workers: int = 2
    port: int = field(default_factory=free_port)
    health_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        (self.data / "static").mkdir()
        (self.data / "served_settings.py").write_text(SETTINGS)
        (self.data / "served_urls.py").write_text(URLS)
        os.mkfifo(self.data / "gate")
        self.install_interpreter()
        self.set_to()

    @property
    def interpreter(self) -> Path:
        """The paper's own link to Python, which can be taken from under it."""
        return self.data / "python"

    def install_interpreter(self) -> None:
        """Put the link there."""
        self.interpreter.symlink_to(Path(sys.executable).resolve())

    @property
    def pid(self) -> int:
        """Of the supervisor, which is what was started."""
        assert self.process is not None
        return self.process.pid

    def set_to(self, text: str = "") -> None:
        """Write the paper's `broadsheet.toml`."""
        (self.data / "broadsheet.toml").write_text(text)

    def set_to_now(self) -> str:
        """Return what stands in it."""
        return (self.data / "broadsheet.toml").read_text()

    def is_coded(self, **changed: str) -> None:
        """Replace words of the paper's code."""
        path = self.data / "served_urls.py"
        text = path.read_text()
        for old, new in changed.items():
            assert old in text
            text = text.replace(old, new)
        path.write_text(text)

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "BROADSHEET_PROFILE": "production",
            "BROADSHEET_DATA": str(self.data),
            "BROADSHEET_CONFIG": str(self.data / "broadsheet.toml"),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "served_settings",
            "PYTHONPATH": os.pathsep.join([str(self.data), str(ROOT), *filter(None, sys.path)]),
            "PYTHONDONTWRITEBYTECODE": "1",  # two versions of a module within one second look the same to its cache
            "SITE_URL": "http://127.0.0.1:8000",
        }

    def run(self, *command: str) -> None:
        """Run a command of the operator's on the paper's data."""
        child = [str(self.interpreter), "-m", "broadsheet", *command]
        subprocess.run(child, env=self._environment(), cwd=ROOT, check=True, capture_output=True)

    def start(self) -> None:
        """Serve, and wait until everything is there."""
        ports = ["--port", str(self.port), "--health-port", str(self.health_port)]
        command = [str(self.interpreter), "-m", "broadsheet", "serve", *ports, "--workers", str(self.workers)]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self._environment(), cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        self.wait_until(lambda: self.has_logged("The paper is served by keeper") or self._has_ended())
        self.wait_until(lambda: self.is_whole() or self._has_ended())
        assert not self._has_ended(), self.log()

    def _has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """End every process of the paper, whatever it does."""
        if self.process is not None:
            for process in self.processes():
                with suppress(ProcessLookupError):  # it ended between the look and the kill
                    os.kill(process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def reload(self) -> None:
        """Send SIGHUP, and wait until the new generation serves alone."""
        keeper = self.only("keeper")
        os.kill(self.pid, signal.SIGHUP)
        self.wait_until(lambda: not lives(keeper) and self.is_whole())

    def get(self, path: str, *, port: int = 0, host: str = "127.0.0.1", method: str = "GET") -> Answer:
        """Ask over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, headers={"Host": host, "Connection": "close"})
            response = connection.getresponse()
            return Answer(response.status, response.read())
        finally:
            connection.close()

    @contextmanager
    def asking_slowly(self) -> Iterator[Future[Answer]]:
        """Have a reader ask for what is not answered until `open_gate`; a worker has begun to when the block does."""
        before = set(self.data.glob("asked-*"))
        with ThreadPoolExecutor(1) as reader:
            asked = reader.submit(self.get, "/slow", method="POST")  # which goes past the page store
            self.wait_until(lambda: bool(set(self.data.glob("asked-*")) - before))
            yield asked

    def open_gate(self) -> None:
        """Let whoever waits for it go on."""
        (self.data / "gate").write_text("")

    def processes(self) -> list[Process]:
        """Return all that belong to it, orphans too: a session of its own was begun for them."""
        return [one for one in map(_process, _pids()) if one and _session(one.pid) == self.pid]

    def of(self, role: str) -> list[int]:
        """Return the processes that do this, in the order in which they were started."""
        return sorted(one.pid for one in self.processes() if one.role == role and not one.is_zombie)

    def only(self, role: str) -> int:
        """Return the one process that does this."""
        (pid,) = self.of(role)
        return pid

    def is_whole(self) -> bool:
        """Tell whether every process of one generation is there, and none besides."""
        processes = self.processes()
        keepers = [one.pid for one in processes if one.role == "keeper"]
        parents = {one.parent for one in processes if one.role not in {"supervisor", "keeper"}}
        roles = Counter(one.role for one in processes)
        return parents == set(keepers) and roles == Counter(
            {
                "supervisor": 1,
                "keeper": 1,
                "tasks": 1,
                "notices": 1,
                "follower": 1,
                "indexer": 1,
                "websub": 1,
                "clock": 2,
                "health": 1,
            }
            | {"web": self.workers}
        )

    def log(self) -> list[str]:
        """Return the lines of its log."""
        return (self.data / "server.log").read_text().splitlines()

    def has_logged(self, words: str) -> bool:
        """Tell whether this stands in the log."""
        return any(words in line for line in self.log())

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so; show the log if it never comes."""
        wait_until(condition, otherwise=lambda: "\n".join([*map(str, self.processes()), *self.log()[-40:]]))


def wait_until(condition: Callable[[], bool], *, otherwise: Callable[[], str] = lambda: "it never came") -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.02)


def lives(pid: int) -> bool:
    """Tell whether there is such a process that has not ended."""
    process = _process(pid)
    return process is not None and not process.is_zombie


def descriptors(paper: Paper) -> dict[str, int]:
    """Return how many each process has open, by its role."""
    return {one.role: one.descriptors for one in paper.processes() if not one.is_zombie}


def is_free(port: int) -> bool:
    """Tell whether another server could listen there."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def _pids() -> Sequence[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _process(pid: int) -> Process | None:
    """Read what the kernel says of a process: `pid (name) state parent ...`."""
    try:
        before, _, after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, parent = after.split()[:2]
    return Process(pid, before.partition("(")[2], int(parent), state == "Z")


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0
