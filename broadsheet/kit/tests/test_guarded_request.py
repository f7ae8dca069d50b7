"""Asking an address that somebody typed: what leads into our own house, is too large, or takes too long is refused."""

import gzip
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit.outbound.guarded_request import Limits, RequestFailedError, guarded_get
from broadsheet.kit.outbound.public_hosts import HostRefusedError, checked_addresses, is_public
from broadsheet.kit.tests.serving import Served, answer, served

HOUSE = {"feeds.example": ["127.0.0.1"], "inside.example": ["127.0.0.1"]}
"""What a stand-in for the name service knows; the system knows none of these names."""


def resolver(host: str, port: int) -> list[str]:
    return HOUSE.get(host, [host])


@pytest.fixture
def server() -> Iterator[Served]:
    with served() as running:
        yield running


def ask(server: Served, path: str, **options: object):
    return guarded_get(
        server.url(path, "feeds.example"), **{"allowed_hosts": ["feeds.example"], "resolver": resolver, **options}
    )


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1"),
        *("fd00:ec2::254", "2001:db8::1", "fec0::1", "64:ff9b:1::a00:1"),
    ],
)
def test_no_address_of_our_own_house_is_asked(address: str) -> None:
    with pytest.raises(HostRefusedError):
        checked_addresses("feeds.example", 443, resolver=lambda host, port: ["93.184.215.14", address])


def test_public_addresses_are_asked_and_others_only_where_the_operator_says_so() -> None:
    def private(host: str, port: int) -> list[str]:
        return ["10.0.3.7"]

    assert checked_addresses("a.example", 80, resolver=lambda *_: ["93.184.215.14"]) == ["93.184.215.14"]
    assert checked_addresses("a.example", 80, allowed=["10.0.3.0/24"], resolver=private) == ["10.0.3.7"]
    assert checked_addresses("a.example", 80, allowed=["A.example"], resolver=private) == ["10.0.3.7"]
    with pytest.raises(HostRefusedError):
        checked_addresses("a.example", 80, allowed=["10.0.4.0/24", "b.example"], resolver=private)


@given(st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7"))
def test_no_private_address_is_public(address) -> None:
    assert not is_public(address)


def test_an_answer_comes_with_its_headers(server: Served) -> None:
    server.paths["/feed?a=ü b".replace("ü b", "%C3%BC")] = answer(b"<rss/>", Content_Type="Text/XML; charset=utf-8")

    found = ask(server, "/feed?a=ü")

    assert (found.status, found.body, found.media_type) == (200, b"<rss/>", "text/xml")
    assert server.asked[0][1]["host"] == f"feeds.example:{server.port}"


def test_nothing_is_asked_at_an_address_that_was_not_checked(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    tried: list[str] = []

    def connect(place: tuple[str, int], **_: object) -> socket.socket:
        tried.append(place[0])
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(RequestFailedError):
        guarded_get(server.url("/", "rebinding.example"), resolver=lambda *_: next(answers))

    assert tried == ["93.184.215.14"]
    assert server.asked == []


def test_a_redirect_into_our_own_house_is_not_followed(server: Served) -> None:
    for path, target in {"/a": "inside.example", "/b": "127.0.0.1", "/c": "169.254.169.254"}.items():
        server.paths[path] = answer(status=302, Location=server.url("/secret", target))
        with pytest.raises(RequestFailedError, match="not an address of the public internet"):
            ask(server, path)

    assert [path for path, _ in server.asked] == ["/a", "/b", "/c"]


def test_redirects_are_followed_but_not_for_ever_nor_to_other_schemes(server: Served) -> None:
    server.paths |= {
        "/moved": answer(status=301, Location="/here"),
        "/here": answer(b"here"),
        "/round": answer(status=302, Location="/round"),
        "/file": answer(status=302, Location="file:///etc/passwd"),
        "/nowhere": answer(status=302),
    }

    assert ask(server, "/moved").url.endswith("/here")
    for path in ("/round", "/file", "/nowhere"):
        with pytest.raises(RequestFailedError):
            ask(server, path)


def test_a_password_goes_to_its_own_host_alone(server: Served) -> None:
    secret = {"Authorization": "Basic abc"}
    server.paths |= {
        "/away": answer(status=302, Location=server.url("/other", "inside.example")),
        "/other": answer(b"x"),
    }
    allowed = ["feeds.example", "inside.example"]

    ask(server, "/away", secret_headers=secret, allowed_hosts=allowed)
    with pytest.raises(RequestFailedError, match="use https"):
        ask(server, "/away", secret_headers=secret, allowed_hosts=["127.0.0.0/8"])

    assert [("authorization" in headers) for _, headers in server.asked] == [True, False]


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://a.example/",
            "https://user:word@a.example/",
            "https://",
            "http://a.example:99999/",
        ),
        *("http://a.example/a b", "http://a.example/\r\nX: y", "gopher://a.example/", "//a.example/"),
    ],
)
def test_other_addresses_than_plain_web_addresses_are_refused(url: str) -> None:
    with pytest.raises(RequestFailedError):
        guarded_get(url, resolver=lambda *_: pytest.fail("it was looked up"))


def test_what_is_too_large_is_refused_packed_or_not(server: Served) -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    server.paths |= {
        "/large": answer(b"0" * 200_001),
        "/bomb": answer(bomb, Content_Encoding="gzip"),
        "/packed": answer(gzip.compress(b"small"), Content_Encoding="gzip"),
        "/cut": answer(gzip.compress(b"small")[:-6], Content_Encoding="gzip"),
        "/odd": answer(b"?", Content_Encoding="br"),
        "/endless": endless,
    }
    limits = Limits(most_bytes=200_000)

    assert ask(server, "/packed", limits=limits).body == b"small"
    for path in ("/large", "/bomb", "/endless"):
        with pytest.raises(RequestFailedError, match="larger than"):
            ask(server, path, limits=limits)
    for path in ("/cut", "/odd"):
        with pytest.raises(RequestFailedError):
            ask(server, path, limits=limits)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"0" * 10_000)


def test_what_takes_too_long_is_given_up_however_it_dawdles(server: Served) -> None:
    done = threading.Event()

    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not done.wait(0.02):
            handler.wfile.write(b".")

    def drips_headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not done.wait(0.02):
            handler.wfile.write(b".")

    server.paths |= {"/silent": lambda handler: done.wait(), "/drips": drips, "/headers": drips_headers}

    try:
        for path in ("/silent", "/drips", "/headers"):
            with pytest.raises(RequestFailedError, match="took longer"):
                ask(server, path, limits=Limits(seconds=0.2))
    finally:
        done.set()


def test_a_failure_says_what_the_server_said_and_when_to_come_again(server: Served) -> None:
    server.paths["/busy"] = answer(status=503, Retry_After="120")

    with pytest.raises(RequestFailedError, match="503 Service Unavailable") as failure:
        ask(server, "/busy")

    assert failure.value.retry_after_seconds == 120


def test_what_has_not_changed_is_not_sent_again(server: Served) -> None:
    server.paths["/same"] = answer(status=304)

    assert ask(server, "/same", headers={"If-None-Match": '"1"'}).status == 304
    assert server.asked[0][1]["if-none-match"] == '"1"'
