"""The health port: /healthz and /readyz from a process that does nothing else, so that they never wait for pages."""

import json
import socket
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from broadsheet.ops import health

SECONDS_TO_ASK = 5.0


class _Handler(BaseHTTPRequestHandler):
    timeout = SECONDS_TO_ASK
    server_version = "Broadsheet"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer, with the body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer, without it."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        asked = urlsplit(self.path)
        status, content = 404, {"status": "There are /healthz and /readyz here."}
        if asked.path == "/healthz":
            status, content = health.alive()
        elif asked.path == "/readyz":
            serving_only = "serving" in parse_qs(asked.query, keep_blank_values=True)
            status, content = health.ready(serving_only=serving_only)
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing: it is asked every few seconds."""


class _OnHeldSocket(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, held: socket.socket) -> None:
        super().__init__(held.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = held


def serve_health(descriptor: int) -> None:
    """Answer on the socket until a signal ends the process."""
    _OnHeldSocket(socket.socket(fileno=descriptor)).serve_forever()
