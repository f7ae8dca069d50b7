"""Headless Chromium in tests: pages that may talk to our own server only, and the accessibility checker axe."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tooling.debian import CHROMIUM, find_program, missing
from tooling.pytest_environment import skip_or_fail

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
DESKTOP_WIDTH = 1280
PHONE_WIDTH = 390
_HEIGHT = 900
_TIMEOUT_MILLISECONDS = 30_000
_OWN_HOSTS = {"localhost", "127.0.0.1", ""}  # no host: data: and blob: addresses


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that drives the browser."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Generator[Browser]:
    """Debian's Chromium, started once for each test process."""
    program = find_program("chromium")
    if program is None:
        skip_or_fail(str(missing(CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How somebody looks at the paper."""

    width: int = DESKTOP_WIDTH
    colours: Literal["light", "dark"] = "light"
    scripts: bool = True


@dataclass
class Sightings:
    """What no page of ours may do, as it was seen."""

    faults: list[str]

    def watch(self, page: Page) -> None:
        """Note requests to other hosts, errors of scripts, and what the console calls an error."""
        page.on("request", self._note_foreign_request)
        page.on("pageerror", self._note_script_error)
        page.on("console", self._note_console_error)

    def _note_foreign_request(self, request: Request) -> None:
        if (urlsplit(request.url).hostname or "") not in _OWN_HOSTS:
            self.faults.append(f"request to another host: {request.url}")

    def _note_script_error(self, error: Error) -> None:
        self.faults.append(f"error in a script: {error}")

    def _note_console_error(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Generator[OpenPage]:
    """Return `open_page(path, reader=Reader(...))`: a page of the running site in a browser of its own.

    A request to another host, an error in a script or a refused resource (CSP) fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    sightings = Sightings([])

    def open_one(path: str = "/", *, reader: Reader = Reader()) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": reader.width, "height": _HEIGHT},
            color_scheme=reader.colours,
            java_script_enabled=reader.scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(_TIMEOUT_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        sightings.watch(page)
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert sightings.faults == []


@pytest.fixture
def browser_page(open_page: OpenPage) -> Page:
    """The front page, opened on a desk's screen."""
    return open_page("/")


@pytest.fixture
def checked_page(open_page: OpenPage) -> OpenPage:
    """Return `checked_page(path, reader=Reader(...))`: as `open_page`, and axe finds nothing, nothing runs over."""

    def open_checked(path: str, *, reader: Reader = Reader()) -> Page:
        page = open_page(path, reader=reader)
        assert axe_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= reader.width
        return page

    return open_checked


def axe_findings(page: Page, *, within: str = "") -> list[str]:
    """Return what axe holds against the page by WCAG 2.2 A and AA and its best practices: rule, help, first places.

    `within` is a selector, where the rest of the page is not ours.
    """
    if not AXE.is_file():
        skip_or_fail("Missing: axe. In the project's folder: npm ci")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    run_only = {"type": "tag", "values": AXE_RULES}
    asked = {"within": within, "rules": run_only}
    script = "({within, rules}) => axe.run(within || document, {runOnly: rules})"
    result: dict[str, Any] = page.evaluate(script, asked)
    return [
        f"{violation['id']}: {violation['help']}: {[node['html'] for node in violation['nodes'][:3]]}"
        for violation in result["violations"]
    ]
