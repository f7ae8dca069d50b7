"""What every test may ask for."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tooling.debian import MissingProgramError
from tooling.pytest_environment import skip_or_fail
from tooling.servers import redis_server

pytest_plugins = [
    "tooling.pytest_database",
    "tooling.pytest_browser",
    "tooling.pytest_html",
    "tooling.pytest_schema_org",
]


@pytest.fixture(scope="session")
def fixtures_dir() -> Path:
    """The folder of real input (archives, photos, hostile files) beside the project, or $BROADSHEET_FIXTURES."""
    beside = Path(__file__).resolve().parent.parent / "shared" / "fixtures"
    folder = Path(os.environ.get("BROADSHEET_FIXTURES", beside))
    if not folder.is_dir():
        pytest.skip(f"no fixtures in {folder}; $BROADSHEET_FIXTURES names their folder")
    return folder


@pytest.fixture(scope="session")
def redis_url() -> Generator[str]:
    """A Redis database for the tests of this process alone."""
    try:
        with redis_server() as url:
            yield url
    except MissingProgramError as error:
        skip_or_fail(str(error))
