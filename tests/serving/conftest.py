"""A paper to serve: a copy of the migrated database, on SQLite."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.serving.served_paper import Paper


@pytest.fixture(scope="module")
def migrated(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database as the migrations leave it."""
    if connection.vendor != "sqlite":
        pytest.skip("the served paper has a copy of SQLite's file")
    path = tmp_path_factory.mktemp("migrated") / "main.db"
    with (
        django_db_blocker.unblock(),
        closing(connection.Database.connect(path)) as copy,  # type: ignore[attr-defined]
    ):
        connection.ensure_connection()
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # everything is in this one file then
    return path


def made_paper(folder: Path, migrated: Path) -> Paper:
    """A paper that nobody serves yet."""
    (folder / "main.db").write_bytes(migrated.read_bytes())
    return Paper(folder, f"sqlite:///{folder / 'main.db'}")


@pytest.fixture(scope="module")
def running_paper(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    """One that is served for all tests of a module."""
    paper = made_paper(tmp_path_factory.mktemp("paper"), migrated)
    try:
        paper.start()
        yield paper
    finally:
        paper.kill()


@pytest.fixture
def paper(running_paper: Paper) -> Paper:
    """The served paper, whole again after whatever the test before did to it."""
    running_paper.wait_until(running_paper.is_whole)
    return running_paper


@pytest.fixture
def mortal_paper(migrated: Path, tmp_path: Path) -> Iterator[Paper]:
    """One that is served for a test that ends it."""
    paper = made_paper(tmp_path, migrated)
    try:
        paper.start()
        yield paper
    finally:
        paper.kill()
