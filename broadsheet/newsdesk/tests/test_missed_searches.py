"""What readers look for in vain, used by an editor."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from broadsheet.kit import clock
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.search.count_missed_searches import SearchInVain, count_missed_searches
from broadsheet.search.models import IgnoredSearch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def missed() -> None:
    today = clock.local_date(clock.now())
    count_missed_searches(counts={SearchInVain(today, hour, "zebra crossing"): 2 for hour in (8, 9, 10)})
    count_missed_searches(counts={SearchInVain(today, 9, "once only"): 9, SearchInVain(today, 9, ""): 4})


def page(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse("newsdesk_missed_searches")).content, "html.parser")


def test_an_editor_makes_a_best_bet_of_it(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    list_ = page(client)

    assert [cell.get_text() for cell in list_.select("tbody th, tbody td")][:2] == ["zebra crossing", "6"]
    assert "once only" not in list_.get_text()
    assert "4 more searches are not kept singly" in list_.get_text()
    form = BeautifulSoup(client.get(str(list_.select_one("tbody a")["href"])).content, "html.parser")
    assert form.select_one("#id_phrases-0-text")["value"] == "zebra crossing"


def test_an_editor_ignores_it_and_takes_that_back(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    ignore = reverse("newsdesk_ignore_missed_search")

    client.post(ignore, {"words": "zebra crossing"})
    assert IgnoredSearch.objects.get().words == "zebra crossing"
    assert "Readers found what they looked for" in page(client).get_text()
    client.post(ignore, {"words": "zebra crossing", "again": "1"})

    assert not IgnoredSearch.objects.exists()
    assert page(client).select("tbody th")


@pytest.mark.parametrize(("days", "is_shown"), [("1", False), ("7", True), ("", True), ("1000", True), ("x", True)])
def test_the_editor_says_how_many_days_are_looked_at(
    client: Client, sign_in: SignIn, days: str, is_shown: bool
) -> None:
    before = clock.local_date(clock.now()) - dt.timedelta(days=3)
    count_missed_searches(counts={SearchInVain(before, hour, "night ferry"): 1 for hour in (8, 9, 10)})
    sign_in("Editor")

    answer = client.get(reverse("newsdesk_missed_searches"), {"days": days})

    assert ("night ferry" in answer.content.decode()) == is_shown


@pytest.mark.parametrize(("role", "may"), [("Reporter", False), ("Section editor", False), ("Editor", True)])
def test_the_list_is_for_those_who_make_best_bets(client: Client, sign_in: SignIn, role: str, may: bool) -> None:
    sign_in(role)

    answer = client.get(reverse("newsdesk_missed_searches"))
    client.post(reverse("newsdesk_ignore_missed_search"), {"words": "x"})

    assert (answer.status_code == 200) == may
    assert IgnoredSearch.objects.exists() == may
