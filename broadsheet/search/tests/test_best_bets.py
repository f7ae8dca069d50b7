"""What editors put first for certain words."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from broadsheet.changes.models import Change
from broadsheet.search.models import BestBetPhrase
from broadsheet.search.open_index import OpenIndex
from broadsheet.search.tests.factories import make_best_bet
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
Followed = Callable[[], OpenIndex]


def bets(client: Client, query: str) -> list[str]:
    page = BeautifulSoup(client.get(f"/search/?q={query}").content, "html.parser")
    return [link.get_text() for link in page.select(".best-bets__title")]


@pytest.mark.parametrize(
    "query", ["café+timetable", "CAFE++TIMETABLE+", "“Café+timetable”", "cafe%CC%81-timetable", "%22cafe%22+timetable!"]
)
def test_a_best_bet_is_found_however_its_words_are_written(client: Client, followed: Followed, query: str) -> None:
    make_best_bet("tides", "Café timetable", pages=[make_story(headline="When we are open")])
    followed()

    assert bets(client, query) == ["When we are open"]


@pytest.mark.parametrize(
    "query",
    [
        "timetable",
        "café",
        "timetable+café",
        "café+timetable+today",
        "-café+timetable",
        "café+timetable+by:x",
        "café+timetable&year=2016",
        "café+timetable&page=2",
        "café+timetable+after:2010",
        "%00",
        "",
    ],
)
def test_a_best_bet_is_for_its_words_and_no_others(client: Client, followed: Followed, query: str) -> None:
    make_best_bet("Café timetable", pages=[make_story(headline="When we are open")])
    followed()

    assert bets(client, query) == []


def test_pages_come_in_the_editors_order_and_not_among_the_results_again(client: Client, followed: Followed) -> None:
    first, second = make_story(headline="Ferry prices"), make_story(headline="Ferry times")
    make_story(headline="Ferry returns")
    make_best_bet("ferry", pages=[second, first])
    followed()

    page = BeautifulSoup(client.get("/search/?q=ferry").content, "html.parser")

    assert [link["href"] for link in page.select(".best-bets__title")] == [second.url, first.url]
    assert [link.get_text(strip=True) for link in page.select(".result h2")] == ["Ferry returns"]


def test_only_what_readers_can_see_comes_first(client: Client, followed: Followed) -> None:
    draft, shown = make_story(headline="Draft", live=False), make_story(headline="Ferry times")
    make_best_bet("ferry", pages=[draft, shown])
    followed()
    assert bets(client, "ferry") == ["Ferry times"]

    Story.objects.filter(pk=shown.pk).update(live=False)
    assert bets(client, "ferry") == []


def test_a_best_bet_ends_at_its_moment(client: Client, followed: Followed) -> None:
    end = dt.datetime(2030, 5, 1, 12, tzinfo=dt.UTC)
    make_best_bet("ferry", pages=[make_story(headline="Ferry times")], until=end)
    followed()

    with time_machine.travel(end - dt.timedelta(seconds=1), tick=False):
        assert bets(client, "ferry") == ["Ferry times"]
    with time_machine.travel(end, tick=False):
        assert bets(client, "ferry") == []


def test_a_best_bet_shows_where_no_story_has_its_words_and_for_a_slip(client: Client, followed: Followed) -> None:
    for number in range(3):
        make_story(headline=f"Ferry {number}")
    make_best_bet("ferry", "opening hours", pages=[make_story(headline="When we are open")])
    followed()

    page = BeautifulSoup(client.get("/search/?q=opening+hours").content, "html.parser")
    assert page.select_one(".best-bets")
    assert not page.select(".search__nothing")
    assert bets(client, "fery+") == ["When we are open"]


def test_words_belong_to_one_best_bet() -> None:
    bet = make_best_bet("Opening hours", pages=[make_story()])
    other = make_best_bet("Prices", pages=[make_story(headline="Prices")])

    with pytest.raises(ValidationError, match="already"):
        BestBetPhrase(bet=other, text="opening  HOURS").full_clean()
    BestBetPhrase(bet=bet, text="opening hours!").full_clean()
    with pytest.raises(ValidationError, match="no word"):
        BestBetPhrase(bet=bet, text="“…”").full_clean()


def test_what_changes_of_it_is_on_the_change_log() -> None:
    bet = make_best_bet("ferry", pages=[make_story()])
    assert "bets" in Change.objects.latest("seq").keys

    newest = Change.objects.latest("seq").seq
    bet.save()
    assert Change.objects.latest("seq").seq == newest, "nothing of it is other"
    bet.phrases.add(BestBetPhrase(text="boat"))
    bet.save()
    assert "bets" in Change.objects.latest("seq").keys
    assert Change.objects.latest("seq").seq > newest
    bet.delete()
    assert Change.objects.latest("seq").hard
