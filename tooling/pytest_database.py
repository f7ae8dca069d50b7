"""The test database: a file of SQLite's, or a PostgreSQL; put back as the migrations made it after every test that
commits.

Django empties all tables after such a test, and with them the root page, the locale and the site that migrations
made; the next test would then meet a house that no reader ever sees.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Protocol

import pytest
from django.core.cache import cache
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

_COMMITTING_FIXTURES = {"transactional_db", "live_server", "django_db_reset_sequences"}
_DATABASE_FIXTURES = {"db", *_COMMITTING_FIXTURES}


class MigratedCopy(Protocol):
    """A copy of the database as the migrations left it."""

    def restore(self) -> None:
        """Make the test database equal to the copy."""

    def discard(self) -> None:
        """Remove the copy."""


class SqliteCopy:
    """A second file, copied back page by page."""

    def __init__(self, path: Path) -> None:
        self._copy = connection.Database.connect(path)
        connection.ensure_connection()
        connection.connection.backup(self._copy)

    def restore(self) -> None:
        """See `MigratedCopy`."""
        connection.ensure_connection()
        self._copy.backup(connection.connection)

    def discard(self) -> None:
        """See `MigratedCopy`."""
        self._copy.close()


class PostgresqlCopy:
    """A second database on the same server, from which the first is created anew."""

    def __init__(self) -> None:
        self._name = connection.settings_dict["NAME"]
        self._copy_name = f"{self._name}_migrated"
        self._replace(self._copy_name, self._name)

    def restore(self) -> None:
        """See `MigratedCopy`."""
        self._replace(self._name, self._copy_name)

    def discard(self) -> None:
        """See `MigratedCopy`."""
        self._execute(f'DROP DATABASE "{self._copy_name}" WITH (FORCE)')

    def _replace(self, name: str, original: str) -> None:
        connections.close_all()
        self._execute(
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{original}"'
        )

    def _execute(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


_migrated_copy = pytest.StashKey[MigratedCopy]()
_blocker = pytest.StashKey[DjangoDbBlocker]()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite's test database in a file: threads then have connections and transactions of their own."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "main.db")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Generator[None]:
    """Keep a copy of the migrated database for `pytest_runtest_teardown`."""
    with django_db_blocker.unblock():
        copy: MigratedCopy
        if connection.vendor == "sqlite":
            copy = SqliteCopy(tmp_path_factory.mktemp("database") / "migrated.db")
        else:
            copy = PostgresqlCopy()
    request.config.stash[_migrated_copy] = copy
    request.config.stash[_blocker] = django_db_blocker
    yield
    with django_db_blocker.unblock():
        copy.discard()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that uses the database, and skip on SQLite what holds on PostgreSQL only."""
    for item in items:
        if item.get_closest_marker("django_db") or _fixtures(item) & _DATABASE_FIXTURES:
            item.add_marker("database")
        if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="holds on PostgreSQL only"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """After the test's own teardown: empty the cache, and restore the database if the test committed."""
    yield
    if item.get_closest_marker("database"):
        cache.clear()
        if _commits(item) and _migrated_copy in item.config.stash:
            with item.config.stash[_blocker].unblock():
                item.config.stash[_migrated_copy].restore()


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(_fixtures(item) & _COMMITTING_FIXTURES)


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))
