"""What strangers may have us ask, and for how long."""

import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from broadsheet.kit.outbound import ask as asking
from broadsheet.kit.outbound import public_hosts
from broadsheet.kit.outbound.ask import OutboundFailedError, OutboundRefusedError, ask, check_address
from broadsheet.kit.outbound.pinned_connection import Deadline

PUBLIC, LOOPBACK = "93.184.216.34", "127.0.0.1"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/", "file:///etc/passwd", "//a.example/", "https://", "http://user:secret@a.example/",
        "http://a.example:22/", "http://a.example:99999/", "http://a.example/#part", "http://a.example/\r\nX: y",
        "http://a.example/ b", "http://[::1/", "javascript:alert(1)",
        f"http://{'a.' * 127}example/",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused_unasked(url: str) -> None:
    with pytest.raises(OutboundRefusedError):
        check_address(url)


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


@pytest.mark.parametrize("addresses", [[LOOPBACK], [PUBLIC, "10.0.0.1"], []])
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    names(monkeypatch, *addresses)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))

    with pytest.raises(OutboundRefusedError):
        ask("GET", "http://rebinding.example/")


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, PUBLIC)
    went_to: list[Any] = []

    def connect(address: Any, **_: Any) -> socket.socket:
        went_to.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(OutboundFailedError):
        ask("GET", "http://rebinding.example/")
    assert went_to == [(PUBLIC, 80)]


def test_an_address_behind_which_nobody_is_leaves_time_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, "2606:4700::1111", PUBLIC)
    patience: list[float] = []

    def connect(_: Any, timeout: float) -> socket.socket:
        patience.append(timeout)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(OutboundFailedError):
        ask("GET", "http://half-dead.example/")
    assert patience[0] <= asking.WHOLE_SECONDS / 2
    assert patience[1] > patience[0]


def test_finding_out_where_a_host_is_counts_as_time(monkeypatch: pytest.MonkeyPatch) -> None:
    began: list[float] = []
    monkeypatch.setattr(asking, "Deadline", lambda seconds: began.append(seconds) or Deadline(0))
    monkeypatch.setattr(asking, "checked_addresses", lambda *_: [PUBLIC] if began else pytest.fail("before it began"))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("connected"))

    with pytest.raises(OutboundFailedError):
        ask("GET", "http://slow-names.example/")
    assert began == [asking.WHOLE_SECONDS]


class Odd(http.server.BaseHTTPRequestHandler):
    """A server that redirects, sends too much, or never ends."""

    def do_GET(self) -> None:
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/much":
            self.wfile.write(b"x" * (asking.MOST_ANSWER_BYTES + 10))
        while self.path == "/slow":
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def odd_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), Odd)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    monkeypatch.setattr(public_hosts, "is_public", lambda _: True)
    monkeypatch.setattr(asking, "PORTS", {"http": server.server_port})
    yield f"http://{LOOPBACK}:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_redirects_are_not_followed_and_long_answers_cut(odd_server: str) -> None:
    assert ask("GET", f"{odd_server}/elsewhere").status == 302
    assert len(ask("GET", f"{odd_server}/much").body) == asking.MOST_ANSWER_BYTES


def test_an_answer_that_trickles_is_ended(odd_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WHOLE_SECONDS", 0.05)
    monkeypatch.setattr(asking, "MOST_ANSWER_BYTES", 10**9)

    try:
        answer = ask("GET", f"{odd_server}/slow")
    except OutboundFailedError:
        return
    assert len(answer.body) < 10**9  # cut off by us: the server would never have ended
