"""Addresses at which readers found nothing: counted without the database, within bounds, and about nobody."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from broadsheet.pages import count_missed_addresses as counting
from broadsheet.pages.count_missed_addresses import count_missed_addresses, thin_missed_addresses
from broadsheet.pages.missed_addresses import COUNTER, Miss, MissCounter
from broadsheet.pages.models import IgnoredAddress, MissedAddress
from broadsheet.pages.selectors import Missed
from broadsheet.pages.selectors import missed_addresses as missed
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 4)


@pytest.fixture(autouse=True)
def counted_afresh() -> Iterator[None]:
    COUNTER.write()
    MissedAddress.objects.all().delete()
    with time_machine.travel(dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC), tick=False):
        yield
    COUNTER._counts.clear()


def rows() -> dict[str, tuple[int, int]]:
    COUNTER.write()
    found = MissedAddress.objects.exclude(address="").values_list("address", "count", "own_links")
    return {address: (count, own) for address, count, own in found}


def test_what_readers_missed_is_counted_by_address_and_day(client: Client) -> None:
    for address in ("/gone/", "/gone", "/gone/?mail=ida@paper.example", "/2016/10/19/nothing/"):
        client.get(address)
    client.get("/gone/", headers={"referer": "http://testserver/about/"})
    client.get("/gone/", headers={"referer": "https://elsewhere.example/"})

    assert rows() == {"/gone": (5, 1), "/2016/10/19/nothing": (1, 0)}
    assert MissedAddress.objects.get(address="/gone").day == TODAY


def test_nothing_is_kept_about_readers() -> None:
    assert {field.name for field in MissedAddress._meta.get_fields()} == {"id", "day", "address", "count", "own_links"}


def test_what_leads_somewhere_is_not_missed(client: Client) -> None:
    story = make_story()
    Redirect.add_redirect("/old/", story)

    for address in ("/old/", story.url, "/newsroom/nothing/", "/media/r/1/x/w320.webp", "/static/nothing.css"):
        client.get(address)

    assert rows() == {}


def test_counting_asks_the_database_nothing(client: Client) -> None:
    client.get("/nothing/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/nothing/")

    assert [query["sql"] for query in captured if "missedaddress" in query["sql"]] == []


@pytest.mark.parametrize("address", ["/" + "a" * 4000, "/%00", "/%0a%1b[31m", "/%ff%fe", "/\u202egone"])
def test_what_nobody_can_have_meant_stands_under_all_others(client: Client, address: str) -> None:
    client.get(address)
    COUNTER.write()

    counted = MissedAddress.objects.filter(count__gt=0)
    assert [row.count for row in counted] == [1]
    assert all(row.address.isprintable() and len(row.address) <= 255 for row in counted)


def test_a_flood_fills_neither_memory_nor_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MissCounter, "most", 20)
    monkeypatch.setattr(counting, "MOST_A_DAY", 30)
    counter = MissCounter()

    for wave in range(4):
        for number in range(100):
            counter.add(Miss(TODAY, f"/{wave}/{number}", is_own_link=False))
        assert len(counter._counts) <= 21
        counter.write()

    assert MissedAddress.objects.count() <= 31
    assert sum(MissedAddress.objects.values_list("count", flat=True)) == 400


def test_counts_add_up_over_processes() -> None:
    for _ in range(3):
        count_missed_addresses(counts={(TODAY, "/gone"): (2, 1)})

    assert missed(days=1) == [Missed("/gone", 6, 3, TODAY)]


def test_old_counts_are_thinned_and_rare_ones_sooner() -> None:
    ages = {"/rare": (40, 1), "/often": (40, 9), "/ancient": (400, 99), "/new": (1, 1)}
    for address, (days, count) in ages.items():
        MissedAddress.objects.create(day=TODAY - dt.timedelta(days=days), address=address, count=count)

    thin_missed_addresses(today=TODAY)

    assert set(MissedAddress.objects.values_list("address", flat=True)) == {"/often", "/new"}


def test_what_was_mended_or_does_not_matter_is_not_listed() -> None:
    counts = {(TODAY, "/a"): (5, 0), (TODAY, "/b"): (4, 0), (TODAY, "/c"): (1, 0), (TODAY, "/d"): (2, 2)}
    count_missed_addresses(counts=counts)
    Redirect.add_redirect("/a", "https://elsewhere.example/")
    IgnoredAddress.objects.create(address="/b")

    assert [row.address for row in missed(days=7)] == ["/d", "/c"]
