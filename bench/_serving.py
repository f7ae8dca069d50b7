"""Servers and clients of the measurements of delivery: the paper as `broadsheet serve` runs it, nginx, wrk.

Needs wrk and nginx (Debian packages of these names). Whatever is started here ends with the block that started it, and
by the kernel should this process be killed; the paper by SIGTERM, for its clocks outlive a kill.
"""

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from tooling.debian import Need, answers, find_program, missing
from tooling.processes import free_port, running

WRK = Need(program="wrk", package="wrk", is_here=lambda: find_program("wrk") is not None)
START_SECONDS = 60
STOP_SECONDS = 60
"""Longer than an orderly end of the paper takes at most."""
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
REPORT = """
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\nREPORT {"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "most_ms": %.3f, "bad_status": %d,' ..
    ' "socket_errors": %d, "timeouts": %d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, e.status, e.connect + e.read + e.write, e.timeout))
end
"""
IN_TURN = """
local asked, at = {}, 0
function init(arguments)
  for path in io.lines(arguments[1]) do asked[#asked + 1] = wrk.format("GET", path) end
end
function request()
  at = at % #asked + 1
  return asked[at]
end
"""
"""Many paths in turn; with one alone wrk sends what it made once, which costs it less."""


@dataclass(frozen=True)
class Load:
    """What wrk found. `bad_status` counts answers of 400 and above."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    most_ms: float
    bad_status: int
    socket_errors: int
    timeouts: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def failed(self) -> int:
        """Requests that were not answered as they should be."""
        return self.bad_status + self.socket_errors + self.timeouts


@dataclass(frozen=True)
class Server:
    """What answers on a port of this machine; `pid` is the root of its processes."""

    port: int
    pid: int = 0

    def get(self, path: str, *, encoding: str = "gzip") -> tuple[int, Message, bytes]:
        """Return status, headers and body of a page as one reader gets it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers={"Accept-Encoding": encoding})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


def two_cores() -> tuple[int, int]:
    """Return a processor for the server and one for its clients, to which this process is bound from now on."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        sys.exit("Two processors are needed: one for the server, one for its clients.")
    os.sched_setaffinity(0, {cores[1]})
    return cores[0], cores[1]


def demand(*needs: Need) -> None:
    """End with the sentence that says how to install what is missing."""
    if absent := [need for need in needs if not need.is_here()]:
        sys.exit(str(missing(*absent)))


@contextmanager
def served(environment: Mapping[str, str], *, workers: int = 1, core: int | None = None) -> Iterator[Server]:
    """Serve the paper of this environment, on one processor if it is named."""
    command = [sys.executable, "-m", "broadsheet", "serve", f"--workers={workers}"]
    with _started(command, environment, core) as server:
        yield server


@contextmanager
def granian(application: str, environment: Mapping[str, str], *, core: int | None = None) -> Iterator[Server]:
    """Serve another WSGI application by one worker of the kind that serves the paper."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--runtime-mode", "mt"]
    command += ["--blocking-threads", "2", "--no-ws", "--log-level", "error", application]
    with _started(command, environment, core) as server:
        yield server


@contextmanager
def _started(command: Sequence[str], environment: Mapping[str, str], core: int | None) -> Iterator[Server]:
    port = free_port()
    bound = [] if core is None else ["taskset", "--cpu-list", str(core)]
    ending = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [*ending, *bound, *command, "--port", str(port)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C reaches us alone; the server is stopped in order
        )
        try:
            _await(process, port, output.fileno())
            yield Server(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _await(process: subprocess.Popen[bytes], port: int, output: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            Server(port).get("/healthz")
        except (OSError, http.client.HTTPException):
            if process.poll() is not None or time.monotonic() > deadline:
                told = os.pread(output, 4000, max(0, os.fstat(output).st_size - 4000))
                sys.exit(f"{process.args!r} did not start:\n{told.decode(errors='replace')}")
            time.sleep(0.05)
        else:
            return


@contextmanager
def nginx(gzipped: bytes, *, core: int) -> Iterator[dict[str, Server]]:
    """Serve these bytes from a file as /page, on one processor: as nginx comes, and with `open_file_cache`."""
    plain, cached = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="broadsheet-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "page.gz").write_bytes(gzipped)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        serving = f"root {folder}; default_type text/html; gzip_static always; keepalive_requests 100000000;"
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log warn; worker_processes 1;\n"
            + ("user root;\n" if os.geteuid() == 0 else "")
            + "events { worker_connections 1024; }\n"
            + "http { access_log off; sendfile on; tcp_nopush on;\n"
            + " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
            + f"\nserver {{ listen 127.0.0.1:{plain}; {serving} }}\n"
            + f"server {{ listen 127.0.0.1:{cached}; {serving} open_file_cache max=1000; }}\n}}\n"
        )
        command = ["taskset", "--cpu-list", str(core), str(find_program("nginx")), "-c", f"{folder}/nginx.conf"]
        with running([*command, "-e", f"{folder}/error.log"], is_ready=lambda: answers(plain) and answers(cached)):
            yield {"nginx": Server(plain), "nginx, open_file_cache": Server(cached)}


class Wrk:
    """A run of wrk against some pages of a server, in turn. Started at once; `result()` waits for its end."""

    def __init__(
        self,
        server: Server,
        paths: Sequence[str],
        *,
        seconds: float,
        connections: int = 50,
        threads: int = 1,
        core: int | None = None,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="broadsheet-wrk-")
        script, listed = Path(self._folder.name) / "wrk.lua", Path(self._folder.name) / "paths"
        script.write_text(REPORT + (IN_TURN if len(paths) > 1 else ""))
        listed.write_text("".join(f"{path}\n" for path in paths))
        bound = [] if core is None else ["taskset", "--cpu-list", str(core)]
        command = [
            *bound,
            "wrk",
            f"-t{threads}",
            f"-c{connections}",
            f"-d{max(1, round(seconds))}s",
            "--timeout",
            "10s",
        ]
        command += ["-s", str(script), "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{server.port}{paths[0]}"]
        ending = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        self._process = subprocess.Popen(
            [*ending, *command, "--", str(listed)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def __enter__(self) -> "Wrk":
        return self

    def __exit__(self, *error: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def result(self) -> Load:
        """Return what it found."""
        told, _ = self._process.communicate()
        report = [line for line in told.splitlines() if line.startswith("REPORT ")]
        if not report:
            sys.exit(f"wrk reported nothing:\n{told}")
        return Load(**json.loads(report[-1].removeprefix("REPORT ")))


def load(server: Server, paths: Sequence[str], *, seconds: float, connections: int = 50, core: int) -> Load:
    """Ask for pages as fast as they come, and return what wrk found. Every answer has to be one."""
    with Wrk(server, paths, seconds=seconds, connections=connections, core=core) as wrk:
        found = wrk.result()
    if found.failed:
        print(f"! {found.failed} of {found.requests} requests failed: {found}", flush=True)
    return found


# What a tree of processes takes


def tree(root: int) -> list[int]:
    """Return a process with all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has ended meanwhile
        children.setdefault(parent, []).append(int(folder.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def memory_mb(root: int) -> dict[int, float]:
    """Return the memory of each process of a tree, what they share divided among them (PSS)."""
    taken = {}
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        taken[pid] = sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return taken


def cpu_seconds(root: int) -> dict[int, float]:
    """Return the processor time that each process of a tree has taken."""
    taken = {}
    for pid in tree(root):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        taken[pid] = (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND
    return taken
