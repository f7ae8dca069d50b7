"""The test database: a file of SQLite's, or a PostgreSQL; put back as the migrations made it after every test that
commits.

Django empties all tables after such a test, and with them the root page, the locale and the site that migrations
made; the next test would then meet a house that no reader ever sees.
"""

import hashlib
import os
import shutil
from collections.abc import Generator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

ROOT = Path(__file__).resolve().parent.parent
setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)  # noqa: B010
"""`restore` does more than Django's emptying of all tables, which the record of what was published refuses."""
_COMMITTING_FIXTURES = {"transactional_db", "live_server", "django_db_reset_sequences"}
_DATABASE_FIXTURES = {"db", *_COMMITTING_FIXTURES}


def _sqlite() -> Any:
    """Return the SQLite library that Django uses, which is not always the standard library's."""
    return connection.Database  # type: ignore[attr-defined]


class MigratedCopy(Protocol):
    """A copy of the database as the migrations left it."""

    def restore(self) -> None:
        """Make the test database equal to the copy."""

    def discard(self) -> None:
        """Remove the copy."""


class SqliteCopy:
    """A second database in a file that later runs begin with, copied back page by page."""

    def __init__(self) -> None:
        path = _migrated_earlier()
        if not path.is_file():
            for outdated in path.parent.glob("migrated-*.db"):
                outdated.unlink(missing_ok=True)
            self._write(path)
        self._copy = _sqlite().connect(f"file:{path}?mode=ro", uri=True)

    def restore(self) -> None:
        """See `MigratedCopy`."""
        connection.ensure_connection()
        self._copy.backup(connection.connection)

    def discard(self) -> None:
        """See `MigratedCopy`."""
        self._copy.close()

    def _write(self, path: Path) -> None:
        """Write the file whole or not at all: other test processes do the same at the same time."""
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        connection.ensure_connection()
        with closing(_sqlite().connect(unfinished)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        unfinished.rename(path)


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
def django_db_keepdb(tmp_path_factory: pytest.TempPathFactory) -> bool:
    """Keep SQLite's test database in a file: threads then have connections and transactions of their own.

    The file begins as a copy of one migrated by an earlier run with the same migrations, if there was one.
    """
    if connection.vendor != "sqlite":
        return False
    path = tmp_path_factory.mktemp("database") / "main.db"
    connection.settings_dict["TEST"]["NAME"] = str(path)
    if _migrated_earlier().is_file():
        shutil.copyfile(_migrated_earlier(), path)
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_keepdb: bool, django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Generator[None]:
    """Keep a copy of the migrated database for `pytest_runtest_teardown`."""
    with django_db_blocker.unblock():
        copy: MigratedCopy = SqliteCopy() if connection.vendor == "sqlite" else PostgresqlCopy()
    request.config.stash[_migrated_copy] = copy
    request.config.stash[_blocker] = django_db_blocker
    yield
    del request.config.stash[_migrated_copy]
    with django_db_blocker.unblock():
        copy.discard()


@cache
def _migrated_earlier() -> Path:
    """Return the file that holds, or is to hold, the database as the present migrations make it."""
    digest = hashlib.sha256(_sqlite().sqlite_version.encode())
    for app in apps.get_app_configs():
        for migration in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(migration.read_bytes())
    for name in ("record_guards.py", "recorded_content.py"):  # triggers are made after the migrations
        digest.update(Path(apps.get_app_config("stories").path, name).read_bytes())
    return ROOT / ".tooling" / f"migrated-{digest.hexdigest()[:16]}.db"


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
        caches["default"].clear()
        if _commits(item) and _migrated_copy in item.config.stash:
            with item.config.stash[_blocker].unblock():
                item.config.stash[_migrated_copy].restore()
                ContentType.objects.clear_cache()  # the copy may be another process's, with other numbers


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(_fixtures(item) & _COMMITTING_FIXTURES)


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))
