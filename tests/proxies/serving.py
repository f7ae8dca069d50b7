"""A served paper, the documented proxies in front of it, and readers who ask them."""

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from tests.contracts.source import ROOT
from tooling.debian import Need, answers, find_program, missing
from tooling.processes import free_port, running
from tooling.pytest_environment import skip_or_fail

EXAMPLES = ROOT / "docs/operators/examples"
HOST = "www.your-paper.example"
DOCUMENTED_DATA = "/srv/broadsheet/data"
DOCUMENTED_APPLICATION = "127.0.0.1:8000"
START_SECONDS = 60
ACT_SECONDS = 300
BROTLI_MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


@dataclass
class Answer:
    """What a reader got."""

    code: int
    headers: Message
    body: bytes


@dataclass
class Door:
    """Where readers come in."""

    port: int
    is_tls: bool = True

    def get(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Ask as a browser does that trusts whatever certificate it is shown."""
        connection = self._connection()
        told = {"Host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, quote(path, safe="/?=&%+"), body=body, headers=told)
            response = connection.getresponse()
            names = [name.lower() for name, _ in response.getheaders()]
            assert len(names) == len(set(names)), f"a header stands twice: {names}"
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def opens(self) -> bool:
        """Tell whether anyone can come in: Caddy listens before it has made its certificate."""
        try:
            return bool(self.get("/healthz").code)
        except OSError:
            return False

    def speaks(self, *protocols: str) -> str | None:
        """Return which of these protocols the door chooses."""
        context = ssl._create_unverified_context()
        context.set_alpn_protocols(list(protocols))
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=30) as plain,
            context.wrap_socket(plain, server_hostname=HOST) as connection,
        ):
            return connection.selected_alpn_protocol()

    def _connection(self) -> http.client.HTTPConnection:
        if not self.is_tls:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        context = ssl._create_unverified_context()
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=context)


@dataclass
class Paper:
    """A small paper with data of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    addresses: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "BROADSHEET_PROFILE": "production",
            "BROADSHEET_DATA": str(self.data),
            "BROADSHEET_CONFIG": str(self.data / "none.toml"),
            "DATABASE_URL": f"sqlite:///{self.data / 'main.db'}",
            "SITE_URL": f"https://{HOST}",
            "TRUSTED_PROXY_SSL_HEADER": "HTTP_X_FORWARDED_PROTO",
            "EXPORT_PAGES": "true",
            "PHOTO_RENDITIONS_AT_UPLOAD": "false",
        }

    def does(self, act: str, *arguments: str) -> Any:
        """Let the newsroom do something; return what it tells of it."""
        command = [sys.executable, "-m", "tests.proxies.small_paper", act, *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=ACT_SECONDS
        )
        return json.loads(done.stdout.splitlines()[-1])

    def make(self) -> None:
        """Make it, with nothing rendered yet."""
        self.addresses = self.does("make")

    def start(self) -> None:
        """Serve, and wait until it answers."""
        command = [sys.executable, "-m", "broadsheet", "serve", "--port", str(self.port), "--workers", "1"]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        wait_until(lambda: answers(self.port) or self.process is None or self.process.poll() is not None)
        assert self.process.poll() is None, (self.data / "server.log").read_text()

    def kill(self) -> None:
        """End every process of the paper in the midst of whatever it does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def file(self, name: str, tree: str = "pages") -> Path:
        """Return where a page's file is exported to."""
        return self.data / "exported" / tree / f"{unquote(self.addresses[name]).lstrip('/')}@page.html"


def demand(*needs: Need) -> None:
    """Skip, or fail in CI, for want of a program."""
    if absent := [need for need in needs if not need.is_here()]:
        skip_or_fail(str(missing(*absent)))


def wait_until(condition: Callable[[], bool], *, seconds: float = START_SECONDS) -> float:
    """Wait until something is so; return when it was."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return time.time()


def nginx_configuration(folder: Path, data: Path, application: str, **changed: str) -> tuple[Path, int, int]:
    """Write the documented configuration for this machine; return its path, and the ports of TLS and plain HTTP."""
    shutil.copytree(EXAMPLES / "nginx/snippets", folder / "snippets", dirs_exist_ok=True)
    make_certificate(folder)
    tls, plain = free_port(), free_port()
    text = (EXAMPLES / "nginx/broadsheet.conf").read_text()
    replacements = {
        **changed,
        "    listen [::]:443 ssl http2;\n": "",
        "    listen [::]:80;\n": "",
        "listen 443 ": f"listen 127.0.0.1:{tls} ",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        f"/etc/letsencrypt/live/{HOST}/": f"{folder}/",
        DOCUMENTED_DATA: str(data),
        DOCUMENTED_APPLICATION: application,
    }
    for documented, ours in replacements.items():
        assert documented in text, documented
        text = text.replace(documented, ours)
    (folder / "broadsheet.conf").write_text(text)
    main = [
        *(["user root;"] if os.geteuid() == 0 else []),  # tests' folders are for their user alone
        *([f"load_module {BROTLI_MODULE};"] if BROTLI_MODULE.exists() else []),
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log warn; worker_processes 1;",
        "events { worker_connections 256; }",
        "http { access_log off; include /etc/nginx/mime.types; default_type application/octet-stream;",
        f"{_bodies(folder)} include {folder}/broadsheet.conf; }}",
    ]
    if BROTLI_MODULE.exists():
        for file in [folder / "broadsheet.conf", *(folder / "snippets").iterdir()]:
            file.write_text(file.read_text().replace("# brotli_static on;", "brotli_static on;"))
    (folder / "nginx.conf").write_text("\n".join(main))
    return folder / "nginx.conf", tls, plain


def _bodies(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)


@contextmanager
def nginx(folder: Path, data: Path, application: str, **changed: str) -> Iterator[tuple[Door, Door]]:
    """Run nginx with the documented configuration; yield its doors with TLS and without."""
    configuration, tls, plain = nginx_configuration(folder, data, application, **changed)
    command = [str(find_program("nginx")), "-c", str(configuration), "-e", str(folder / "error.log")]
    with running(command, is_ready=lambda: answers(tls)):
        yield Door(tls), Door(plain, is_tls=False)


def make_certificate(folder: Path) -> None:
    """Make a certificate that nobody trusts."""
    key, subject = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"], ["-subj", f"/CN={HOST}"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    command = [str(find_program("openssl")), "req", "-x509", *key, "-nodes", "-days", "2", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)


def caddy_configuration(folder: Path, data: Path, application: str, port: int) -> Path:
    """Write the documented Caddyfile for this machine, with a certificate of Caddy's own making."""
    shutil.copy(EXAMPLES / "caddy/broadsheet-headers", folder)
    text = (EXAMPLES / "caddy/Caddyfile").read_text()
    options = f"{{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\thttps_port {port}\n}}\n\n"
    for documented, ours in {
        f"\n{HOST} {{": f"\nhttps://{HOST}:{port}, https://127.0.0.1:{port} {{\n\ttls internal\n\tbind 127.0.0.1",
        "\nyour-paper.example {": f"\nhttps://your-paper.example:{port} {{\n\ttls internal\n\tbind 127.0.0.1",
        DOCUMENTED_DATA: str(data),
        DOCUMENTED_APPLICATION: application,
    }.items():
        assert documented in text, documented
        text = text.replace(documented, ours)
    (folder / "Caddyfile").write_text(options + text)
    return folder / "Caddyfile"


@contextmanager
def caddy(folder: Path, data: Path, application: str) -> Iterator[Door]:
    """Run Caddy with the documented configuration; yield its door."""
    port = free_port()
    configuration = caddy_configuration(folder, data, application, port)
    command = [str(find_program("caddy")), "run", "--adapter", "caddyfile", "--config", str(configuration)]
    with running(command, is_ready=Door(port).opens, environment={"XDG_DATA_HOME": str(folder), "HOME": str(folder)}):
        yield Door(port)
