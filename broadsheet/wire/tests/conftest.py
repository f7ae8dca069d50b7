"""Every test of the wire has folders of its own, and a server that plays the agency."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from broadsheet.kit.tests.serving import Served, served


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> Path:
    """The folder of all agencies' folders; photos and secrets stand beside it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BROADSHEET_DATA = tmp_path
    settings.WIRE_FOLDERS = tmp_path / "wire"
    settings.WIRE_SECRETS = tmp_path / "secrets"
    settings.WIRE_ALLOWED_HOSTS = ["127.0.0.1"]
    for folder in (settings.WIRE_FOLDERS, settings.WIRE_SECRETS):
        folder.mkdir()
    return tmp_path / "wire"


@pytest.fixture
def agency() -> Iterator[Served]:
    """An agency's server on loopback."""
    with served() as running:
        yield running
