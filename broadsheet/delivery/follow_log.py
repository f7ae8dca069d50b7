"""The follower: one process of a node that keeps its page store true.

It applies the change log, and renders anew what readers have read lately, so that they rarely meet an old page and
never wait for one. It renders in a process of its own: a rendering would hold up the requests beside it.
"""

import logging
import sqlite3
import time
from dataclasses import dataclass

from django.db import Error as DatabaseError
from django.db import connection

from broadsheet.changes.await_news import News
from broadsheet.delivery.addresses import is_front
from broadsheet.delivery.epoch import begin_epoch
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import Renderer, RenderFailedError
from broadsheet.delivery.single_flight import single_flight
from broadsheet.delivery.store_page import store_page
from broadsheet.delivery.tidy_store import tidy_store
from broadsheet.kit.fail_points import reach
from broadsheet.kit.memory import Memory

LOOK_SECONDS = 0.25
"""How long a change may stay unseen whose announcement was lost."""
GAP_SECONDS = 0.9
"""From one rendering of a page to the next, so that ten updates in a second are two renderings and not ten."""
LATELY_SECONDS = 24 * 3600
"""Pages that nobody has read for so long are rendered when somebody does."""
RENDERS_A_SECOND = 40
"""Beyond this, what is due waits: an editors' burst must leave the machine to readers. Fronts do not wait."""
PAUSE_AFTER_FAILURE_SECONDS = 1.0
TIDY_SECONDS = 60
MOST_DUE = 500
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """A page to be rendered anew, and from when on it may be."""

    name: str
    at: float


class Follower:
    """What the process does, step by step."""

    def __init__(self, *, store: PageStore, renderer: Renderer | None = None, gap_seconds: float = GAP_SECONDS) -> None:
        self._store = store
        self._renderer = renderer or Renderer(Memory())
        self._gap_seconds = gap_seconds
        self._allowance = float(RENDERS_A_SECOND)
        self._allowance_at = time.monotonic()
        self._next_tidy = 0.0
        self._news = News()
        self._begun = False

    def step(self) -> float:
        """Do the next thing; return for how many seconds there is nothing more to do."""
        if not self._begun:
            begin_epoch(store=self._store)
            self._store.counter.touch()  # a follower before this one may have died before it told
            self._begun = True
        if invalidate_pages(store=self._store):
            return 0.0
        self._mark_renewed()
        if time.monotonic() >= self._next_tidy:
            tidy_store(store=self._store)
            self._next_tidy = time.monotonic() + TIDY_SECONDS
        due = self._next_due()
        if due is None:
            return LOOK_SECONDS
        if due.at > time.time():
            return min(LOOK_SECONDS, due.at - time.time())
        self._render(due.name)
        return 0.0

    def drain(self) -> None:
        """Apply the whole log and render all that is due, whenever it was read: the store is then as true as can be."""
        while True:
            while invalidate_pages(store=self._store):
                pass
            self._mark_renewed()
            names = self._store.names("state != 0 ORDER BY id")
            if not names:
                return
            for name in names:
                self._render(name)

    def wait(self, seconds: float) -> None:
        """Wait so long, or until the change log has grown."""
        self._news.wait(seconds)

    def close(self) -> None:
        """Wait no longer."""
        self._news.close()

    def _mark_renewed(self) -> None:
        condition, now = "renew_at <= ?", time.time()
        if self._store.names(f"state = 0 AND {condition} LIMIT 1", (now,)):
            with self._store.writing():
                self._store.mark_stale(condition, (now,), since=now)

    def _next_due(self) -> Due | None:
        """Return what is to be rendered next: fronts, then what was read last; each some time after it last was."""
        now = time.time()
        rows = self._store.connection.execute(
            "SELECT name, rendered_at FROM page WHERE state != 0 AND read_at > ? ORDER BY read_at DESC LIMIT ?",
            (now - LATELY_SECONDS, MOST_DUE),
        ).fetchall()
        found = [Due(name, rendered_at + self._gap_seconds) for name, rendered_at in rows]
        ready = [due for due in found if due.at <= now]
        if fronts := [due for due in ready if is_front(due.name)]:
            return fronts[0]
        if ready:
            wait_seconds = self._allowance_seconds()
            return ready[0] if wait_seconds <= 0 else Due(ready[0].name, now + wait_seconds)
        return min(found, key=lambda due: due.at, default=None)

    def _allowance_seconds(self) -> float:
        """Return for how long the budget allows no rendering."""
        now = time.monotonic()
        gained = (now - self._allowance_at) * RENDERS_A_SECOND
        self._allowance = min(float(RENDERS_A_SECOND), self._allowance + gained)
        self._allowance_at = now
        return (1.0 - self._allowance) / RENDERS_A_SECOND

    def _render(self, name: str) -> None:
        self._allowance -= 1
        with single_flight(self._store.flights, name, wait_seconds=0):
            try:
                page = self._renderer.render(name)
            except RenderFailedError as error:
                self._put_off(name, error)
                return
            if page.personal:
                logger.error("%s is not kept any more: it reads %s", name, ", ".join(sorted(page.personal)))
                with self._store.writing():
                    self._store.forget("name = ?", (name,))
                return
            reach("delivery.rendered")
            store_page(store=self._store, page=page)

    def _put_off(self, name: str, error: RenderFailedError) -> None:
        """Let a page that cannot be rendered wait; if the database is away, let all wait."""
        if not _database_answers():
            raise error
        logger.error("%s could not be rendered: %s", name, error)
        with self._store.writing():
            later = time.time() + PAUSE_AFTER_FAILURE_SECONDS
            self._store.connection.execute("UPDATE page SET rendered_at = ? WHERE name = ?", (later, name))


def follow_log(*, store: PageStore, is_stopped: "Stopped") -> None:
    """Keep the store true until told to stop; while the database is away, wait for it."""
    follower = Follower(store=store)
    troubled = False
    while not is_stopped():
        try:
            pause_seconds = follower.step()
        except (DatabaseError, RenderFailedError, sqlite3.Error) as error:
            connection.close()
            store.close()
            pause_seconds = PAUSE_AFTER_FAILURE_SECONDS
            if not troubled:
                logger.error("The page store cannot be kept true, and waits until it can: %s", error)
            troubled = True
        else:
            if troubled:
                logger.info("The page store is kept true again")
            troubled = False
        if pause_seconds:
            follower.wait(pause_seconds)
    follower.close()


class Stopped:
    """Asked before each step whether to go on."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        """Stop before the next step."""
        self._is_set = True

    def __call__(self) -> bool:
        return self._is_set


def _database_answers() -> bool:
    try:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
