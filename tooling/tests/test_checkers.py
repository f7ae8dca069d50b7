"""The checkers find what is planted: one that finds nothing proves nothing."""

import socket

import pytest
import redis
from playwright.sync_api import Browser
from pytest_socket import SocketConnectBlockedError

from tooling.pytest_browser import OpenPage, Reader, Sightings, axe_findings
from tooling.pytest_html import ValidateHtml

GOOD_PAGE = (
    "<!doctype html><html lang=en><head><title>News</title></head><body><main><h1>News</h1></main></body></html>"
)
BAD_PAGE = GOOD_PAGE.replace("</main>", "<img src='data:,'><p id=a><p id=a></main>")


def test_vnu_finds_a_missing_alt_and_a_doubled_id(validate_html: ValidateHtml) -> None:
    assert validate_html(GOOD_PAGE) == []

    findings = "\n".join(validate_html(BAD_PAGE))

    assert "alt" in findings
    assert "Duplicate ID" in findings


def test_axe_finds_a_missing_alt(chromium: Browser) -> None:
    with chromium.new_page() as page:
        page.set_content(GOOD_PAGE)
        assert axe_findings(page) == []

        page.set_content(BAD_PAGE)
        assert [finding.split(":")[0] for finding in axe_findings(page)] == ["image-alt"]


def test_a_request_to_another_host_and_an_error_of_a_script_are_seen(chromium: Browser) -> None:
    with chromium.new_page() as page:
        sightings = Sightings([])
        sightings.watch(page)

        page.set_content("<img src='http://elsewhere.example/pixel.gif'><script>nowhere()</script>")

    assert set(sightings.faults) == {
        "request to another host: http://elsewhere.example/pixel.gif",
        "error in a script: nowhere is not defined",
    }


def test_a_reader_opens_the_running_site(open_page: OpenPage) -> None:
    page = open_page("/healthz", reader=Reader(width=390, colours="dark", scripts=False))

    assert page.viewport_size == {"width": 390, "height": 900}


def test_tests_reach_no_other_machine() -> None:
    with socket.socket() as connection, pytest.raises(SocketConnectBlockedError):
        connection.connect(("192.0.2.1", 80))


def test_a_redis_of_our_own(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("story", "1")

        assert client.get("story") == b"1"
