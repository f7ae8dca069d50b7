"""The Nu HTML checker in tests."""

import json
from collections.abc import Callable, Generator
from urllib.request import Request, urlopen

import pytest

from tooling.debian import MissingProgramError
from tooling.pytest_environment import skip_or_fail
from tooling.servers import vnu_server

_TIMEOUT_SECONDS = 60

ValidateHtml = Callable[[str], list[str]]


@pytest.fixture(scope="session")
def validate_html() -> Generator[ValidateHtml]:
    """Return `validate_html(html)`: what the checker reports, as lines; an empty list for a valid page."""
    try:
        with vnu_server() as address:
            yield lambda html: _reports(address, html)
    except MissingProgramError as error:
        skip_or_fail(str(error))


def _reports(address: str, html: str) -> list[str]:
    headers = {"Content-Type": "text/html; charset=utf-8"}
    with urlopen(Request(address, data=html.encode(), headers=headers), timeout=_TIMEOUT_SECONDS) as response:
        messages = json.load(response)["messages"]
    return [
        f"line {message.get('lastLine', '?')}: {message.get('subType', message['type'])}: {message['message']}"
        f" near {message.get('extract', '')!r}"
        for message in messages
    ]
