"""The file of the page store: deleted, replaced, damaged, locked, of another version, and opened by two at once."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from broadsheet.changes.append_change import append_change
from broadsheet.delivery import page_store, store_file
from broadsheet.delivery.epoch import EPOCH, present_epoch
from broadsheet.delivery.exporting.export_pages import Exporter, export_pages
from broadsheet.delivery.follow_log import Follower, follow_log
from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.render_page import Renderer
from broadsheet.delivery.store_file import StoreFile
from broadsheet.delivery.tests.asking import Asker
from broadsheet.delivery.tests.exported import USUAL, an_exporter, folder_of, put, shown
from broadsheet.pages.cache_keys import page_key
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

STORY = "/2026/11/27/ferry/"


def delete(store: PageStore, pattern: str = "pages.db*") -> None:
    """Delete the store as an operator does, while it is open."""
    for path in store.path.parent.glob(pattern):
        path.unlink()


def damage(store: PageStore) -> None:
    """Let the disk have lost all but the head of the file, with which it can still be opened."""
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with store.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (store.path.stat().st_size - 4096))


def spoil(path: Path, version: int) -> None:
    """Leave a store of another version there."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("CREATE TABLE IF NOT EXISTS page (name TEXT)")


def at_once(*acts: Callable[[], object]) -> None:
    """Do all of this in a thread each."""
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", ["pages.db*", "pages.db"])
def test_a_store_that_was_deleted_is_one_store_again(store: PageStore, renderer: Renderer, pattern: str) -> None:
    others = PageStore(store.path.parent)
    follower, exporter, reader = Follower(store=store, renderer=renderer), an_exporter(store), Asker(others)
    story = make_story(headline="Ferry returns to Eastmere")
    follower.step()
    exporter.drain()
    assert b"Ferry returns" in reader.get(story.url).body

    delete(store, pattern)
    reader.pages._held.clear()
    assert reader.get(story.url).how == "Broadsheet; fwd=miss; stored"
    follower.step()
    reader.get(story.url)
    put(store, STORY)
    exporter.drain()
    Story.objects.filter(pk=story.pk).update(live=False)
    append_change(keys=[page_key(story.pk)], hard=True)
    with store.writing() as connection:
        connection.execute("UPDATE page SET state = 2 WHERE name = ?", (STORY,))
    follower.step()
    exporter.drain()

    assert others.standing(story.url).state is State.GONE
    assert reader.get(story.url).code == 404
    assert shown(store, "fresh") == {}
    others.close()


@pytest.mark.django_db
def test_what_stood_in_a_new_store_before_it_was_followed_is_forgotten(store: PageStore, renderer: Renderer) -> None:
    follower = Follower(store=store, renderer=renderer)
    follower.step()
    delete(store)
    put(store, STORY)

    follower.step()

    assert store.names() == []
    assert store.fact(EPOCH) == present_epoch()


@pytest.mark.django_db
def test_what_the_log_says_is_not_applied_to_a_store_that_was_made_meanwhile(
    store: PageStore, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Follower(store=store, renderer=renderer)
    follower.step()
    append_change(keys=["a:1"])

    def take_away(label: str) -> None:
        if label == "delivery.log_read":
            delete(store)
            put(store, STORY)

    monkeypatch.setattr("broadsheet.delivery.invalidate_pages.reach", take_away)
    follower.step()
    follower.step()

    assert store.names() == []


def test_an_exporter_goes_over_to_a_store_that_was_made_anew(store: PageStore) -> None:
    exporter = an_exporter(store)
    put(store, STORY)
    exporter.drain()
    delete(store)

    exporter.drain()
    assert shown(store, "pages") == shown(store, "fresh") == {}

    put(store, STORY)
    exporter.drain()
    assert len(shown(store, "fresh")) == 1


def test_an_exporter_does_not_put_pages_of_a_store_that_was_deleted_meanwhile(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter = an_exporter(store)
    exporter.drain()
    put(store, STORY)

    def take_away(label: str) -> None:
        if label == "delivery.export_staged":
            monkeypatch.undo()
            delete(store)
            an_exporter(store)._begin()
            put(store, "/")

    monkeypatch.setattr("broadsheet.delivery.exporting.export_pages.reach", take_away)
    exporter.step()

    assert shown(store, "fresh") == {}


def test_a_file_in_the_place_of_another_is_told_from_it(store: PageStore) -> None:
    first = store.file
    store.close()
    delete(store)  # the next one may well have the same inode
    assert store.file != first


def test_a_transaction_ends_in_the_file_where_it_began(store: PageStore) -> None:
    with suppress(sqlite3.OperationalError), store.writing() as connection:  # without WAL, SQLite refuses to commit
        store.set_fact("one", 1)
        delete(store)
        assert store.connection is connection
        assert store.fact("one") == 1
    assert store.fact("one") == 0


def test_a_page_that_cannot_be_read_makes_the_store_anew(store: PageStore) -> None:
    other = PageStore(store.path.parent)
    put(store, STORY, "Ferry " * 10_000)
    assert other.standing(STORY) is not None
    damage(store)
    store.close()
    other.close()
    before = store.file

    with pytest.raises(sqlite3.DatabaseError):
        store.names()

    put(store, "/")
    assert store.file == other.file != before
    assert other.names() == ["/"]
    other.close()


def test_what_one_found_damaged_does_not_take_away_what_another_has_made(store: PageStore) -> None:
    other = PageStore(store.path.parent)
    put(store, STORY)
    other.names()
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT

    store.recover(error)
    put(store, "/")
    other._file.remove_damaged(other._local.opened)

    assert store.names() == ["/"]
    other.close()


@pytest.mark.parametrize("who", ["follower", "exporter"])
def test_who_keeps_the_store_true_makes_it_anew_when_it_is_damaged(
    store: PageStore, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    put(store, STORY, "Ferry " * 10_000)
    damage(store)
    store.close()
    steps = iter(range(2))

    def step(self: object) -> float:
        return float(len(store.connection.execute("SELECT * FROM page").fetchall()))

    def is_stopped() -> bool:
        return next(steps, None) is None

    monkeypatch.setattr("os.nice", lambda niceness: None)
    for worker in (Follower, Exporter):
        monkeypatch.setattr(worker, "step", step)
        monkeypatch.setattr(worker, "wait", lambda self, seconds: None)
    if who == "follower":
        follow_log(store=store, is_stopped=is_stopped)
    else:
        export_pages(store=store, folder=folder_of(store), usual=USUAL, is_stopped=is_stopped)

    assert store.connection.execute("SELECT * FROM page").fetchall() == []


def test_what_is_left_beside_a_deleted_file_does_not_get_into_the_new_one(store: PageStore) -> None:
    put(store, STORY, "Ferry " * 10_000)
    store.close()
    program = (
        "import sys; from broadsheet.kit.sqlite_library import use_newest_library as use; use(); import sqlite3;"
        "store = sqlite3.connect(sys.argv[1]); store.execute('UPDATE page SET state = 1'); store.commit();"
        "print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as another:
        another.stdout.readline()
        store.path.unlink()
        left = {path.name: path.stat().st_ino for path in store.path.parent.glob("pages.db-*")}
        put(store, "/")
        beside = {path.name: path.stat().st_ino for path in store.path.parent.glob("pages.db-*")}

        assert store.names() == ["/"]
        assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not left.items() & beside.items()
        another.communicate()


def test_a_locked_store_is_not_removed(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_file, "BUSY_TIMEOUT_MS", 1)
    put(store, STORY)
    place = store.path.stat().st_ino
    store.close()
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        store.names()
    holder.close()

    assert store.path.stat().st_ino == place
    assert store.names() == [STORY]


def test_a_change_of_the_journal_waits_until_it_may(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, STORY)
    store.connection.execute("PRAGMA journal_mode = DELETE")
    store.close()
    holder = sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(store_file.time, "sleep", lambda seconds: holder.close())
    monkeypatch.setattr(store_file, "_pragmas", lambda: ["PRAGMA busy_timeout = 0", "PRAGMA journal_mode = WAL"])

    assert store.names() == [STORY]
    assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("version", [None, 0, page_store.SCHEMA_VERSION - 1])
def test_two_that_open_an_outdated_store_at_once_end_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int | None
) -> None:
    if version is not None:
        spoil(tmp_path / "pages.db", version)
    both, found = threading.Barrier(2), StoreFile._found
    first: set[int] = set()
    files: list[int] = []

    def look(self: StoreFile) -> object:
        opened = found(self)
        if threading.get_ident() not in first:
            first.add(threading.get_ident())
            both.wait(timeout=60)  # both have seen what there is before either makes another
        return opened

    def open_it() -> None:
        store = PageStore(tmp_path)
        put(store, f"/{threading.get_ident()}/")
        both.wait(timeout=60)
        files.append(store.file)
        store.close()

    with monkeypatch.context() as patch:
        patch.setattr(StoreFile, "_found", look)
        at_once(open_it, open_it)

    assert len(files) == 2
    assert len(set(files)) == 1
    with closing(PageStore(tmp_path)) as store:
        assert len(store.names()) == 2  # neither has lost what it stored


def test_a_process_that_is_to_end_leaves_the_store_to_the_next_version(
    store: PageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, STORY)
    delete(store)
    spoil(store.path, page_store.SCHEMA_VERSION + 1)

    for one in (store, PageStore(store.path.parent)):
        with pytest.raises(sqlite3.OperationalError, match="another version"):
            one.names()
    monkeypatch.setattr(store_file, "OTHERS_LEAVE_SECONDS", 0.0)
    assert store.names() == []  # it did not end, so that it is the one that stays
