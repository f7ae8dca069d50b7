"""What readers look for in vain: counted without the database, within bounds, and about nobody."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.search import count_missed_searches as counting
from broadsheet.search.count_missed_searches import SearchInVain, count_missed_searches, thin_missed_searches
from broadsheet.search.missed_searches import COUNTER, SearchCounter, countable
from broadsheet.search.models import IgnoredSearch, MissedSearch
from broadsheet.search.open_index import OpenIndex
from broadsheet.search.selectors import Missed, missed_besides, missed_searches
from broadsheet.search.tests.factories import make_best_bet
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 4)
NOON = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def counted_afresh() -> Iterator[None]:
    COUNTER.write()
    MissedSearch.objects.all().delete()
    with time_machine.travel(NOON, tick=False):
        yield
    COUNTER._counts.clear()


def rows() -> dict[str, int]:
    COUNTER.write()
    return dict(MissedSearch.objects.filter(count__gt=0).values_list("words", "count"))


def in_hours(words: str, *hours: int, day: dt.date = TODAY) -> dict[SearchInVain, int]:
    return {SearchInVain(day, hour, words): 1 for hour in hours}


@pytest.fixture
def paper(followed: Callable[[], OpenIndex]) -> None:
    for number in range(4):
        make_story(headline=f"Ferry returns {number}")
    make_story(headline="Quiet Sunday")
    TopicFactory.create(name="Lighthouses")
    ContributorFactory.create(name="Wren Pallister")
    make_best_bet("opening hours", pages=[make_story(headline="When we are open")])
    followed()


@pytest.mark.usefixtures("paper")
def test_what_the_paper_has_not_is_counted_by_its_words(client: Client) -> None:
    for query in ("Café+zebra", "cafe+ZEBRA", "quiet+zebra", "zebra+stripes"):
        client.get(f"/search/?q={query}")

    assert rows() == {"cafe zebra": 2, "quiet zebra": 1, "zebra stripes": 1}


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize(
    "query",
    [
        "ferry",
        "fery",
        "lighthouses",
        "pallister",
        "opening+hours",
        "zebra&section=nowhere",
        "zebra&year=1999",
        "zebra&page=2",
        "",
    ],
)
def test_what_is_found_or_narrowed_down_is_not_counted(client: Client, query: str) -> None:
    client.get(f"/search/?q={query}")

    assert rows() == {}


@pytest.mark.usefixtures("paper")
def test_counting_asks_the_database_nothing(client: Client) -> None:
    client.get("/search/?q=zebra")
    with CaptureQueriesContext(connection) as captured:
        client.get("/search/?q=zebra")

    assert [query["sql"] for query in captured if "missedsearch" in query["sql"]] == []
    assert rows() == {"zebra": 2}


def test_nothing_is_kept_about_readers() -> None:
    kept = {field.name for field in MissedSearch._meta.get_fields()}
    assert kept == {"id", "day", "words", "count", "occasions", "last_hour"}


@pytest.mark.parametrize(
    "text",
    [
        "ida@paper.example",
        "ida＠paper example",
        "https://paper.example/ida",
        "www.paper.example",
        "+49 170 123456",
        "٠١٢٣٤٥٦٧٨٩ هاتف",
        "passport C01X00T47",
        "4111 1111 1111 1111",
        "12345",
        "x",
        "…",
        "\x00",
        "what did the neighbour of my aunt say",
        "word" * 20,
        "-zebra",
        "by:nobody zebra",
    ],
)
def test_what_may_tell_of_somebody_stands_under_all_others(text: str) -> None:
    assert countable(text) == ""


@pytest.mark.parametrize(
    ("text", "words"), [("Budget 2016", "budget 2016"), ("“Crèche”", "creche"), ("東京 塔", "東京 塔")]
)
def test_what_a_paper_can_answer_is_kept(text: str, words: str) -> None:
    assert countable(text) == words


def test_nothing_is_shown_before_it_was_looked_for_in_several_hours() -> None:
    count_missed_searches(counts={SearchInVain(TODAY, 9, "zebra"): 50})
    count_missed_searches(counts={SearchInVain(TODAY, 9, "zebra"): 50, SearchInVain(TODAY, 11, "zebra"): 1})
    assert missed_searches(days=7) == []

    yesterday = TODAY - dt.timedelta(days=1)
    count_missed_searches(counts=in_hours("zebra", 9, day=yesterday))

    assert missed_searches(days=7) == [Missed("zebra", 102, TODAY)]
    assert missed_searches(days=1) == []


def test_what_is_answered_by_now_or_does_not_matter_is_not_listed() -> None:
    for words in ("zebra", "opening hours", "old bet", "casino"):
        count_missed_searches(counts=in_hours(words, 8, 9, 10))
    page = make_story()
    make_best_bet("Opening hours", pages=[page])
    make_best_bet("Old bet", pages=[page], until=NOON - dt.timedelta(days=1))
    IgnoredSearch.objects.create(words="casino")

    assert [row.words for row in missed_searches(days=7)] == ["old bet", "zebra"]


def test_a_flood_fills_neither_memory_nor_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SearchCounter, "most", 20)
    monkeypatch.setattr(counting, "MOST_A_DAY", 30)
    counter = SearchCounter()

    for wave in range(4):
        for number in range(100):
            counter.add(SearchInVain(TODAY, 9, f"word {wave} {number}"))
        assert len(counter._counts) <= 21
        counter.write()

    assert MissedSearch.objects.count() <= 31
    assert sum(MissedSearch.objects.values_list("count", flat=True)) == 400
    assert missed_besides(days=1) > 0


def test_old_counts_are_thinned_and_rare_ones_sooner() -> None:
    ages = {"rare": (40, 1), "often": (40, 9), "ancient": (400, 99), "new": (1, 1)}
    for words, (days, count) in ages.items():
        MissedSearch.objects.create(day=TODAY - dt.timedelta(days=days), words=words, count=count)

    thin_missed_searches(today=TODAY)

    assert set(MissedSearch.objects.values_list("words", flat=True)) == {"often", "new"}
