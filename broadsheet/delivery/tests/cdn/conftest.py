"""Servers on this machine that play a CDN's part."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    headers: dict[str, str]
    body: Any

    @property
    def keys(self) -> set[str]:
        return set(self.body.get("surrogate_keys") or self.body.get("tags"))

    @property
    def hard(self) -> bool:
        return "fastly-soft-purge" not in self.headers


@dataclass
class Played:
    """The API of a CDN: what it was asked, and what it answers."""

    address: str = ""
    calls: list[Call] = field(default_factory=list)
    status: int = 200
    answer: bytes = b'{"success": true, "status": "ok"}'
    retry_after: str = ""

    @property
    def keys(self) -> list[set[str]]:
        return [call.keys for call in self.calls]


@pytest.fixture
def api() -> Iterator[Played]:
    played = Played()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            played.calls.append(Call(self.command, self.path, headers, body))
            self.send_response(played.status)
            if played.retry_after:
                self.send_header("Retry-After", played.retry_after)
            self.end_headers()
            self.wfile.write(played.answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # so that closing waits for them
    played.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield played
    server.shutdown()
    server.server_close()
