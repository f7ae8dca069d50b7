"""The readers' page of results."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.rich_text import RichText

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.search import views
from broadsheet.search.asked import Asked
from broadsheet.search.open_index import OpenIndex
from broadsheet.search.query_language import MOST_NAMES
from broadsheet.search.search_stories import RESULTS, _corrected_text, search_stories
from broadsheet.search.spend import Spending
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
Followed = Callable[[], OpenIndex]


def page_of(client: Client, query: str, *, status: int = 200) -> BeautifulSoup:
    response = client.get(f"/search/{query}")
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def headlines(page: BeautifulSoup) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".result .teaser__head a")]


def choices(page: BeautifulSoup) -> dict[str, str]:
    return {link.span.get_text(): str(link["href"]) for link in page.select(".choice a") if link.span}


@pytest.fixture
def paper(followed: Followed) -> None:
    """A paper of three stories."""
    city, sport = SectionFactory.create(name="City", slug="city"), SectionFactory.create(name="Sport", slug="sport")
    topic = TopicFactory.create(name="Ferries", slug="ferries")
    person = ContributorFactory.create(name="Wren Pallister", slug="wren-pallister")
    text = [("paragraph", RichText("<p>The <em>harbour</em> &lt;board&gt; met at noon.</p>"))]
    make_story(headline="Ferry returns", section=city, topics=[topic], by=[person], body=text)
    make_story(headline="Ferry race", section=sport, topics=[topic], work_type="opinion")
    make_story(headline="Quiet Sunday", section=city)
    followed()


@pytest.mark.usefixtures("paper")
def test_the_passage_is_marked_and_escaped(client: Client) -> None:
    response = client.get("/search/?q=harbours")

    assert "The <mark>harbour</mark> &lt;board&gt; met at noon." in response.content.decode()


@pytest.mark.usefixtures("paper")
def test_results_are_narrowed_down_by_links_and_widened_again(client: Client) -> None:
    page = page_of(client, "?q=ferry+")
    assert set(headlines(page)) == {"Ferry returns", "Ferry race"}

    city = choices(page)["City"]
    narrowed = page_of(client, city.removeprefix("/search/"))
    assert headlines(narrowed) == ["Ferry returns"]

    widened = page_of(client, choices(narrowed)["City"].removeprefix("/search/"))
    assert set(headlines(widened)) == {"Ferry returns", "Ferry race"}
    assert headlines(page_of(client, choices(page)["Opinion"].removeprefix("/search/"))) == ["Ferry race"]


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=by:pallister", ["Ferry returns"]),
        ("?q=by:Wren", ["Ferry returns"]),
        ("?q=by:nobody+ferry", []),
        ("?q=section:sport", ["Ferry race"]),
        ("?q=topic:ferries+-race", ["Ferry returns"]),
        ("?q=ferry&topic=ferries&by=wren-pallister", ["Ferry returns"]),
        ("?q=ferry&section=nowhere", []),
        ("?q=ferry&type=opinion", ["Ferry race"]),
        ("?q=ferry&year=1999", []),
        ("?q=ferry&from=2999-01-01", []),
        ("?q=%22ferry+race%22", ["Ferry race"]),
        ("?q=ferry+quiet", []),
    ],
)
def test_searches_find(client: Client, query: str, found: list[str]) -> None:
    page = page_of(client, query)
    some = [] if page.select(".search__notice") else headlines(page)
    assert some == found


@pytest.mark.usefixtures("paper")
def test_a_slip_is_mended_and_said(client: Client) -> None:
    page = page_of(client, "?q=fery")
    assert "Ferry returns" in headlines(page)
    assert "ferry" in page.select_one(".search__notice").get_text()

    exactly = page_of(client, "?q=fery&exactly=1")
    assert headlines(exactly) == []


@pytest.mark.usefixtures("paper")
def test_where_no_story_has_all_words_those_with_some_are_shown_and_it_is_said(client: Client) -> None:
    page = page_of(client, "?q=ferry+sunday")

    assert set(headlines(page)) == {"Ferry returns", "Ferry race", "Quiet Sunday"}
    assert "some of them" in page.select_one(".search__notice").get_text()


@pytest.mark.usefixtures("paper")
def test_topics_and_people_of_that_name_come_first(client: Client) -> None:
    names = [link["href"] for link in page_of(client, "?q=ferries").select(".search__names a")]
    assert names == ["/topic/ferries/"]
    names = [link["href"] for link in page_of(client, "?q=pallister").select(".search__names a")]
    assert names == ["/by/wren-pallister/"]


@pytest.mark.usefixtures("paper")
def test_nothing_found_says_what_to_do(client: Client) -> None:
    page = page_of(client, "?q=zzzz&section=city")

    assert page.select_one(".search__nothing h2").get_text() == "No stories found"
    assert page.select_one(".search__nothing a")["href"] == "?q=zzzz"


@pytest.mark.usefixtures("paper")
def test_what_was_taken_away_a_moment_ago_is_not_shown(client: Client) -> None:
    Story.objects.filter(title="Ferry race").update(live=False)

    assert headlines(page_of(client, "?q=ferry")) == ["Ferry returns"]


def test_results_come_page_by_page(client: Client, followed: Followed) -> None:
    for number in range(RESULTS + 3):
        make_story(headline=f"Tide table {number}")
    followed()
    page = page_of(client, "?q=tide&sort=oldest")
    following = page_of(client, str(page.select_one("a[rel=next]")["href"]).removeprefix("/search/"))

    assert len(headlines(page)) == RESULTS
    assert len(headlines(following)) == 3
    assert not set(headlines(page)) & set(headlines(following))
    assert following.select_one("a[rel=next]") is None
    assert following.select_one("a[rel=prev]")["href"] == "/search/?q=tide&sort=oldest"
    assert following.select_one("ol.search__list")["start"] == str(RESULTS + 1)


@pytest.mark.usefixtures("paper")
def test_robots_are_sent_away_and_nobody_is_followed(client: Client) -> None:
    response = client.get("/search/?q=ferry")

    assert response["X-Robots-Tag"] == "noindex"
    assert "noindex" in BeautifulSoup(response.content, "html.parser").select_one("meta[name=robots]")["content"]
    assert not response.cookies
    assert client.post("/search/?q=ferry").status_code == 405


def test_an_empty_box_searches_for_nothing(client: Client) -> None:
    for query in ("", "?q=", "?utm_source=letter"):
        page = page_of(client, query)
        assert page.select_one(".search__tips[open]")
        assert not page.select("#results")


def test_before_there_is_an_index_readers_are_told_to_come_back(client: Client, home: Any) -> None:
    page = page_of(client, "?q=ferry", status=503)
    assert "being prepared" in page.select_one(".search__notice").get_text()
    assert page.select_one("#search-box")["value"] == "ferry"


def test_a_flood_of_searches_is_held_up_and_what_is_known_is_answered(
    client: Client, followed: Followed, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_story(headline="Ferry returns")
    followed()
    spent = OpenIndex(home, spending=Spending(a_second=0, most_saved=4))
    monkeypatch.setattr(views, "open_index", lambda: spent)
    assert headlines(page_of(client, "?q=ferry+")) == ["Ferry returns"]
    flood = [client.get(f"/search/?q=word{number}").status_code for number in range(9)]

    assert flood[-1] == 429
    assert client.get("/search/?q=another")["Retry-After"] == "5"
    assert headlines(page_of(client, "?q=ferry+")) == ["Ferry returns"], "was answered before"


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("page", ["0", "-1", "x", "1" * 500, "50", "٣"])
def test_a_page_that_makes_no_sense_is_no_error(client: Client, page: str) -> None:
    assert client.get("/search/", {"q": "ferry", "page": page}).status_code == 200


@pytest.mark.usefixtures("paper")
def test_a_name_that_is_no_name_is_no_error(client: Client) -> None:
    for name in ("section", "topic", "by"):
        assert client.get("/search/", {"q": "ferry", name: "\x00"}).status_code == 200


@pytest.mark.usefixtures("paper")
def test_every_page_leads_to_the_search(client: Client) -> None:
    text = client.get("/").content.decode()
    assert re.search(r'<form action="/search/" method="get" role="search">', text)


def test_stories_with_some_of_the_words_come_page_by_page_too(client: Client, followed: Followed) -> None:
    for number in range(RESULTS + 3):
        make_story(headline=f"Tide table {number}")
    make_story(headline="Quiet Sunday")
    followed()

    page = page_of(client, "?q=tide+sunday")
    following = page_of(client, str(page.select_one("a[rel=next]")["href"]).removeprefix("/search/"))

    assert len(headlines(following)) == 4


def test_a_search_of_many_costly_parts_is_paid_for(client: Client, followed: Followed, home: Any) -> None:
    make_story(headline="Ferry returns")
    followed()
    index = OpenIndex(home, spending=Spending(a_second=0, most_saved=1000))

    search_stories(index=index, asked=Asked(text=" ".join(f"by:person{number}" for number in range(50))))
    names = 1000 - index._spending._left
    search_stories(index=index, asked=Asked(text="fery bota quiat"))
    with_slips = 1000 - names - index._spending._left

    assert names <= 2 * MOST_NAMES + 1
    assert with_slips >= 4, "each word that is mended costs as much as a search"


def test_a_slip_is_mended_in_whole_words_only() -> None:
    assert _corrected_text("fery feryboat x-fery", {"fery": "ferry"}) == "ferry feryboat x-ferry"


def test_a_type_of_work_of_another_version_is_no_error(client: Client, followed: Followed) -> None:
    for number in range(2):
        story = make_story(headline=f"Ferry {number}")
    Story.objects.filter(pk=story.pk).update(work_type="poem")
    followed()

    assert "poem" in choices(page_of(client, "?q=ferry+"))


def test_results_are_not_kept_by_others_than_the_reader(client: Client, followed: Followed) -> None:
    followed()
    assert client.get("/search/?q=ferry")["Cache-Control"].startswith("private")


def test_a_word_that_is_longer_than_any_is_found_nowhere(client: Client, followed: Followed) -> None:
    make_story(headline="Ferry returns")
    followed()
    assert headlines(page_of(client, f"?q={'a' * 80}&exactly=1")) == []
