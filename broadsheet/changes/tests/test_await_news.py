"""Followers hear of what was committed, on whichever node, and of nothing else."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections, transaction

from broadsheet.changes import await_news
from broadsheet.changes.append_change import append_change, appending
from broadsheet.changes.await_news import News
from broadsheet.kit.statements import run_together

LONG_SECONDS = 60.0
"""Whoever waits so long has not heard."""
LISTENERS = """SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%%' AND pid != pg_backend_pid()"""
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> Iterator[News]:
    monkeypatch.setattr(await_news, "AGAIN_SECONDS", 0.01)
    news = News()
    yield news
    news.close()


def listeners() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(LISTENERS)
        return [pid for (pid,) in cursor.fetchall()]


def append() -> None:
    append_change(keys=["a:1"])


def append_prepared() -> None:
    run_together(appending(keys=["a:1"]))


def elsewhere(act: Callable[[], object]) -> threading.Thread:
    """Commit something on another connection, as another node does."""

    def commit() -> None:
        with transaction.atomic():
            act()
        connection.close()

    thread = threading.Thread(target=commit)
    thread.start()
    return thread


@pytest.mark.parametrize("act", [append, append_prepared])
def test_what_is_committed_while_a_follower_waits_is_heard(news: News, act: Callable[[], object]) -> None:
    news.wait(0)

    thread = elsewhere(act)

    assert news.wait(LONG_SECONDS)
    thread.join()
    assert not news.wait(0)


def test_what_was_committed_before_a_follower_waits_is_heard(news: News) -> None:
    news.wait(0)

    for _ in range(3):
        elsewhere(append).join()

    assert news.wait(LONG_SECONDS)
    assert not news.wait(0)


def test_what_was_not_committed_is_not_heard(news: News) -> None:
    news.wait(0)

    with transaction.atomic():
        append()
        assert not news.wait(0)
        transaction.set_rollback(True)

    assert not news.wait(0)


@pytest.mark.postgresql
def test_a_lost_connection_is_made_again(news: News) -> None:
    assert news.wait(LONG_SECONDS)
    [lost] = listeners()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [lost])

    assert news.wait(LONG_SECONDS)
    assert news.wait(LONG_SECONDS)

    assert listeners() not in ([], [lost])
    elsewhere(append)
    assert news.wait(LONG_SECONDS)


@pytest.mark.postgresql
def test_a_database_that_is_away_is_waited_for(news: News, monkeypatch: pytest.MonkeyPatch) -> None:
    there = connection.settings_dict["PORT"]
    monkeypatch.setitem(connections.settings["default"], "PORT", "1")
    assert not news.wait(0.05)

    monkeypatch.setitem(connections.settings["default"], "PORT", there)

    assert news.wait(LONG_SECONDS)
    assert len(listeners()) == 1


@pytest.mark.postgresql
def test_behind_a_pooler_nobody_listens_and_this_machines_changes_are_heard(
    news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    news.wait(0)
    assert listeners() == []

    elsewhere(append).join()

    assert news.wait(LONG_SECONDS)
    assert listeners() == []
