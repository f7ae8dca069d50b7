"""What a node needs to do its work, each part asked within a time limit."""

import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from broadsheet.changes.selectors import waiting_seconds
from broadsheet.delivery.following import LONGEST_LAG_SECONDS, following
from broadsheet.delivery.invalidate_pages import CURSOR
from broadsheet.delivery.page_store import PageStore
from broadsheet.search.engine.tantivy_index import TantivyIndex
from broadsheet.search.index_home import IndexHome

LIMIT_SECONDS = 2.0
"""A part that has not answered by then does not answer."""
Ask = Callable[[], str]


@dataclass(frozen=True)
class Finding:
    """How one part does."""

    name: str
    is_well: bool
    words: str


class Probe:
    """Asks one part in a thread of its own; while an answer is outstanding it is not asked again."""

    def __init__(self, name: str, ask: Ask) -> None:
        self.name = name
        self._ask = ask
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._finding = Finding(name, False, "")

    def start(self) -> None:
        """Begin to ask."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name=f"probe-{self.name}", daemon=True)
                self._thread.start()

    def finding(self, limit_seconds: float) -> Finding:
        """Return what came out, or that there is no answer."""
        thread = self._thread
        if thread is not None:
            thread.join(max(0.0, limit_seconds))
            if thread.is_alive():
                return Finding(self.name, False, f"no answer within {LIMIT_SECONDS:.0f} s")
        return self._finding

    def _run(self) -> None:
        try:
            self._finding = Finding(self.name, True, self._ask())
        except Exception as error:  # noqa: BLE001 - whatever it is, this part does not do its work
            self._finding = Finding(self.name, False, str(error).strip().partition("\n")[0] or type(error).__name__)
        finally:
            connection.close()


class NotReady(Exception):
    """A part answers, and says that it cannot do its work."""


def database_answers() -> str:
    """Ask the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "answers"


def migrations_are_applied() -> str:
    """Compare the tables with this version of the paper; once they agree they are not asked again."""
    if not _Migrations.agree:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReady("older than this version: run `broadsheet migrate`")
        _Migrations.agree = True
    return "applied"


class _Migrations:
    agree = False


def store_opens() -> str:
    """Open the page store."""
    store = PageStore(settings.BROADSHEET_DATA)
    try:
        store.fact(CURSOR)
    finally:
        store.close()
    return "opens"


def follower_keeps_up() -> str:
    """Compare how far the log was followed with what is in it."""
    store = PageStore(settings.BROADSHEET_DATA)
    try:
        state = following(store=store)
    finally:
        store.close()
    if not state.has_begun:
        raise NotReady("has not begun")
    if state.is_late:
        raise NotReady(f"a change of {state.lag_seconds:.0f} s ago is not applied")
    return "keeps up"


def search_finds_what_is_new() -> str:
    """Compare how far the log is in the search index with what is in the log."""
    home = IndexHome(settings.BROADSHEET_DATA)
    folder = home.current()
    if folder is None:
        raise NotReady("is not built yet")
    waiting = waiting_seconds(TantivyIndex(folder).checkpoint())
    if waiting > LONGEST_LAG_SECONDS:
        raise NotReady(f"a change of {waiting:.0f} s ago is not in it")
    return "keeps up"


DATABASE = Probe("database", database_answers)
MIGRATIONS = Probe("migrations", migrations_are_applied)
STORE = Probe("page store", store_opens)
FOLLOWER = Probe("follower", follower_keeps_up)
SEARCH = Probe("search index", search_finds_what_is_new)


def is_ready() -> list[Finding]:
    """Return how all parts of this node do."""
    return findings([DATABASE, MIGRATIONS, SEARCH, *([STORE, FOLLOWER] if settings.PAGES_STORED else [])])


def is_serving() -> list[Finding]:
    """Return how the parts do without which readers get nothing: stored pages need no database."""
    return findings([STORE if settings.PAGES_STORED else DATABASE])


def findings(probes: list[Probe]) -> list[Finding]:
    """Ask all at once, and return what came out within the limit."""
    for probe in probes:
        probe.start()
    deadline = time.monotonic() + LIMIT_SECONDS
    return [probe.finding(deadline - time.monotonic()) for probe in probes]


def migrations_are_missing() -> bool:
    """Tell whether the database is older than this version; not when it does not answer: stored pages are served."""
    try:
        migrations_are_applied()
    except NotReady:
        return True
    except (OperationalError, sqlite3.Error):
        return False
    return False
