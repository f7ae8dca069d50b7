"""Loaded by pytest before anything else: every test process has settings, data and limits of its own."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

from tooling.servers import DATABASE_VARIABLE

_DATA = Path(tempfile.mkdtemp(prefix="broadsheet-tests-"))
(_DATA / "static").mkdir()  # WhiteNoise warns when there is none

os.environ["BROADSHEET_PROFILE"] = "test"
os.environ["BROADSHEET_DATA"] = str(_DATA)
os.environ["BROADSHEET_CONFIG"] = str(_DATA / "no-configuration.toml")
os.environ["DATABASE_URL"] = os.environ.get(DATABASE_VARIABLE, f"sqlite:///{_DATA / 'main.db'}")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in the thread that runs the tests

hypothesis.settings.register_profile("dev", max_examples=25, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "dev")


def skip_or_fail(reason: str) -> NoReturn:
    """Skip the test for want of a program; where $CI is set everything must be there, so fail it."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_configure(config: pytest.Config) -> None:
    """Describe our markers (`--strict-markers` refuses all others)."""
    os.environ.pop("BROADSHEET_CONFIG")  # the settings are read by now; tests of them start without it
    for marker in (
        "browser: drives headless Chromium (given by itself to every test that does)",
        "database: uses the database (given by itself to every test that does); these run on PostgreSQL too",
        "one_database: would say the same on any database, takes long, and runs on SQLite alone",
        "postgresql: holds on PostgreSQL only",
    ):
        config.addinivalue_line("markers", marker)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shutil.rmtree(_DATA, ignore_errors=True)
