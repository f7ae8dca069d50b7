"""The operator's page about the stored pages."""

import datetime as dt
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.append_change import append_change
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore
from broadsheet.delivery.render_page import RenderedPage
from broadsheet.delivery.store_page import store_page
from broadsheet.delivery.store_status import Minute
from broadsheet.newsdesk.stored_pages.graph import HEIGHT, WIDTH, make_graph
from broadsheet.newsdesk.tests.conftest import SignIn

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 4, 12, 0, 30, tzinfo=dt.UTC)
MINUTE = int(NOON.timestamp() // 60)


@pytest.fixture
def store(tmp_path: Path, settings: Any) -> Iterator[PageStore]:
    settings.BROADSHEET_DATA, settings.PAGES_STORED = tmp_path, True
    store = PageStore(tmp_path)
    yield store
    store.close()


@pytest.fixture
def operator(client: Client, store: PageStore) -> Client:
    client.force_login(UserFactory.create(is_superuser=True, is_staff=True))
    return client


def keep(store: PageStore, name: str, text: str = "Ferry") -> None:
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    store_page(
        store=store, page=RenderedPage(name=name, as_of=0, status=200, headers=headers, body=text.encode() * 1000)
    )


def count(store: PageStore, *minutes: tuple[int, int, int, int]) -> None:
    with store.writing(quietly=True) as connection:
        connection.executemany("INSERT INTO traffic VALUES (?, ?, ?, ?)", minutes)


def shown(client: Client) -> str:
    return client.get(reverse("newsdesk_stored_pages")).content.decode()


def test_the_operator_sees_the_figures_of_this_node(operator: Client, store: PageStore) -> None:
    invalidate_pages(store=store)
    for name in ("/", "/section/city/"):
        keep(store, name)
    with store.writing():
        store.mark_stale("name = '/'")
    keep(store, "/", "Ferry")
    now = int(time.time() // 60)
    count(store, (now - 3, 90, 6, 4), (now - 600, 60, 0, 0))

    page = shown(operator)

    assert socket.gethostname() in page
    assert "96.0 %" in page
    assert "of 100 requests in the last hour" in page
    assert "1 without a difference" in page
    assert "0 of them are old" in page
    assert page.count('<svg class="traffic__drawing"') == 2
    assert "no longer true" not in page


def test_a_node_without_readers_says_so(operator: Client) -> None:
    page = shown(operator)

    assert page.count("No reader asked this node") == 2
    assert "traffic__drawing" not in page
    assert "of 0 requests in the last hour" in page


def test_a_store_that_nobody_follows_says_so(operator: Client, store: PageStore) -> None:
    assert "Nobody follows the change log on this node yet" in shown(operator)
    invalidate_pages(store=store)
    assert "Nobody follows" not in shown(operator)


def test_a_follower_that_lags_is_told_of_after_a_minute(operator: Client, store: PageStore) -> None:
    invalidate_pages(store=store)
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=False) as now:
        append_change(keys=["a:1"])
        assert "no longer true" not in shown(operator)
        now.shift(90)
        page = shown(operator)

    told = re.search(r"Readers are shown what is no longer true: 1 change is not applied, of (\d+) seconds ago", page)
    assert told
    assert 60 < int(told[1]) <= 91  # PostgreSQL writes the change's moment by a clock that does not stand still


def test_a_paper_that_stores_no_pages_says_so(operator: Client, settings: Any) -> None:
    settings.PAGES_STORED = False
    assert "Pages are not stored here" in shown(operator)


def test_the_operator_finds_it_among_the_reports(operator: Client) -> None:
    assert reverse("newsdesk_stored_pages") in operator.get("/newsroom/").content.decode()


def test_the_operator_is_asked_before_the_pages_are_cleared(operator: Client, store: PageStore) -> None:
    keep(store, "/")
    address = reverse("newsdesk_clear_stored_pages")

    asked = operator.get(address).content.decode()
    assert "1 page of the node" in asked
    assert store.names() == ["/"]

    answer = operator.post(address, {"node": socket.gethostname()}, follow=True)
    assert "1 page of" in answer.content.decode()
    assert store.names() == []


def test_the_pages_of_another_node_than_the_one_that_was_seen_are_not_cleared(
    operator: Client, store: PageStore
) -> None:
    keep(store, "/")

    answer = operator.post(reverse("newsdesk_clear_stored_pages"), {"node": "node-2"}, follow=True)

    assert "Nothing was cleared" in answer.content.decode()
    assert store.names() == ["/"]


@pytest.mark.parametrize("role", ["Editor", "Publisher", "Admin", ""])
def test_it_is_for_the_operator_alone(client: Client, store: PageStore, sign_in: SignIn, role: str) -> None:
    keep(store, "/")
    if role:
        sign_in(role)
        assert reverse("newsdesk_stored_pages") not in client.get("/newsroom/").content.decode()

    for address in ("newsdesk_stored_pages", "newsdesk_clear_stored_pages"):
        assert client.get(reverse(address)).status_code == 302
        client.post(reverse(address), {"node": socket.gethostname()})
    assert store.names() == ["/"]


def test_the_hour_has_a_bar_for_each_minute_that_had_requests() -> None:
    minutes = [Minute(MINUTE - 60, 9, 9, 9), Minute(MINUTE - 59, 1, 0, 1), Minute(MINUTE, 4, 2, 2)]

    graph = make_graph(minutes, now=NOON, spans=60, span_minutes=1)

    first, last = graph.bars
    assert (first.at, last.at) == (dt.datetime(2026, 3, 4, 11, 1, tzinfo=dt.UTC), NOON.replace(second=0))
    assert graph.most == 8
    assert [part.kind for part in last.parts] == ["hits", "stale", "misses"]
    assert [part.kind for part in first.parts] == ["hits", "misses"]
    assert last.parts[0].y + last.parts[0].height == HEIGHT
    assert last.parts[-1].y == 0
    assert 0 < first.parts[0].x < last.parts[0].x < last.parts[0].x + last.parts[0].width < WIDTH


def test_the_week_tells_requests_a_minute_also_of_the_hour_that_runs() -> None:
    half_past = NOON + dt.timedelta(minutes=29)
    minutes = [Minute(MINUTE - 1, 60, 0, 0), *(Minute(MINUTE + number, 10, 0, 0) for number in range(30))]

    graph = make_graph(minutes, now=half_past, spans=168, span_minutes=60)

    assert [bar.hits for bar in graph.bars] == [1.0, 10.0]
    assert graph.until - graph.since > dt.timedelta(hours=167)


def test_time_runs_from_the_right_where_words_do() -> None:
    minutes = [Minute(MINUTE - 30, 1, 0, 0), Minute(MINUTE, 1, 0, 0)]

    graph = make_graph(minutes, now=NOON, spans=60, span_minutes=1, from_the_right=True)

    older, newer = (bar.parts[0].x for bar in graph.bars)
    assert newer < WIDTH / 60 < older


def test_without_requests_there_is_nothing_to_draw() -> None:
    assert make_graph([], now=NOON, spans=60, span_minutes=1).bars == ()
    assert make_graph([Minute(MINUTE, 0, 0, 0)], now=NOON, spans=60, span_minutes=1).bars[0].parts == ()
