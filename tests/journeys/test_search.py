"""A reader looks for something: with keys alone, without scripts, from right to left, with a slip of the fingers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.rich_text import RichText

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.search.follow_names import follow_names
from broadsheet.search.index_home import IndexHome
from broadsheet.search.indexer import Indexer
from broadsheet.search.open_index import open_index
from broadsheet.search.shelves import SHELVES, plain_words
from broadsheet.search.tests.factories import make_best_bet
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory
from tooling.pytest_browser import PHONE_WIDTH, OpenPage, Reader, axe_findings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def index(tmp_path: Path, settings: Any) -> Callable[[], None]:
    settings.BROADSHEET_DATA = tmp_path
    open_index.cache_clear()

    def follow() -> None:
        indexer = Indexer(IndexHome(tmp_path))
        while indexer.step():
            pass
        indexer.close()

    return follow


@pytest.fixture
def paper(index: Callable[[], None]) -> None:
    city, sport = SectionFactory.create(name="City", slug="city"), SectionFactory.create(name="Sport", slug="sport")
    ferries, person = TopicFactory.create(name="Ferries"), ContributorFactory.create(name="Wren Pallister")
    text = [("paragraph", RichText("<p>The harbour board met in public for the first time since 1838.</p>"))]
    make_story(
        headline="The ferry returns", section=city, topics=[ferries], by=[person], body=text, lead_photo=PhotoFactory()
    )
    make_story(headline="The ferry race", section=sport, topics=[ferries], standfirst="Nine boats, one winner.")
    make_story(headline="A quiet Sunday", section=city)
    index()


@pytest.fixture
def suggested(paper: None) -> None:
    while follow_names():
        pass


def results(page: Page) -> list[str]:
    return page.locator(".result .teaser__head").all_inner_texts()


READERS = [Reader(), Reader(width=PHONE_WIDTH, colours="dark")]


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("reader", READERS)
def test_every_page_of_the_search_suits_every_reader(checked_page: OpenPage, reader: Reader) -> None:
    for query in ("", "?q=ferry", "?q=fery", "?q=ferry+sunday", "?q=zzzz", "?q=ferry&section=city&from=2020-01-01"):
        checked_page(f"/search/{query}", reader=reader)


@pytest.mark.usefixtures("paper")
def test_a_reader_searches_narrows_down_opens_a_story_and_comes_back(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("button", name="Search").click()
    page.locator("#search-box").fill("fery")
    page.locator("#search-box").press("Enter")
    expect(page.get_by_text("These are the results for")).to_be_visible()
    assert len(results(page)) == 2

    page.get_by_role("link", name="City").click()
    assert results(page) == ["The ferry returns"]
    narrowed = page.url

    page.get_by_role("link", name="The ferry returns").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The ferry returns")
    page.go_back()
    assert page.url == narrowed
    assert results(page) == ["The ferry returns"]


@pytest.mark.usefixtures("paper")
def test_keys_alone_are_enough(open_page: OpenPage) -> None:
    page = open_page("/section/city/")
    page.keyboard.press("/")
    page.keyboard.type("quiet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=quiet")
    link = page.get_by_role("link", name="A quiet Sunday")
    for _ in range(40):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A quiet Sunday")

    page.wait_for_load_state()  # its scripts have run
    page.keyboard.press("Control+k")
    expect(page.locator("#header-search")).to_be_focused()


@pytest.mark.usefixtures("paper")
def test_keys_lead_a_phone_to_the_page_of_the_search(open_page: OpenPage) -> None:
    page = open_page("/section/city/", reader=Reader(width=PHONE_WIDTH))
    page.keyboard.press("Control+k")

    page.wait_for_url("**/search/?q=")
    expect(page.locator("#search-box")).to_be_focused()


@pytest.mark.usefixtures("paper")
def test_without_scripts_a_reader_searches_and_narrows_down(open_page: OpenPage) -> None:
    page = open_page("/section/city/", reader=Reader(scripts=False))
    page.locator("#header-search").fill("ferry")
    page.get_by_role("button", name="Search").click()
    assert len(results(page)) == 2

    page.get_by_text("Narrow down").click()
    page.get_by_role("link", name="Sport").first.click()
    assert results(page) == ["The ferry race"]


def test_an_arabic_paper_is_searched_from_right_to_left(
    checked_page: OpenPage, index: Callable[[], None], settings: Any
) -> None:
    settings.LANGUAGE_CODE = "ar"
    text = [("paragraph", RichText("<p>كان مقياس الطاحونة القديمة يشير إلى أربعة أمتار.</p>"))]
    make_story(headline="النهر يقف عند السور الجديد", slug="river", language="ar", body=text)
    index()

    for reader in (Reader(), Reader(width=PHONE_WIDTH)):
        page = checked_page("/search/?q=الطاحونه", reader=reader)
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert results(page) == ["النهر يقف عند السور الجديد"]
        assert page.locator("mark").all_inner_texts() == ["الطاحونة"]


def options(page: Page) -> list[str]:
    return [text.replace("\n", " ") for text in page.get_by_role("option").all_inner_texts()]


@pytest.mark.usefixtures("suggested")
@pytest.mark.parametrize("reader", READERS)
def test_names_are_suggested_to_every_reader(open_page: OpenPage, reader: Reader) -> None:
    page = open_page("/search/", reader=reader)
    page.locator("#search-box").press_sequentially("fer")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")

    assert options(page) == ["Ferries Topic"]
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= reader.width


@pytest.mark.usefixtures("suggested")
def test_keys_lead_through_the_suggestions_and_back(open_page: OpenPage) -> None:
    make_best_bet("fares", pages=[Story.objects.get(title="A quiet Sunday")])
    page = open_page("/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially("f")
    expect(page.get_by_role("option")).to_have_count(2)
    assert options(page) == ["fares Recommended", "Ferries Topic"]
    expect(box).to_have_attribute("aria-expanded", "true")

    for key, selected in (("ArrowDown", "fares"), ("ArrowDown", "Ferries"), ("ArrowDown", ""), ("ArrowUp", "Ferries")):
        box.press(key)
        active = box.get_attribute("aria-activedescendant")
        assert (page.locator(f"#{active} bdi").inner_text() if active else "") == selected
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box.input_value() == "f"
    box.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(2)
    box.press("ArrowDown")
    box.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("A quiet Sunday")


@pytest.mark.usefixtures("suggested")
def test_one_document_is_enough_for_all_that_begins_alike(open_page: OpenPage) -> None:
    page = open_page("/section/city/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    box = page.locator("#header-search")
    box.press_sequentially("ferr")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press_sequentially("y race")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")

    page.wait_for_url("**/search/?q=ferry+race")
    assert len([url for url in asked if url.endswith(".json")]) == 1


@pytest.mark.usefixtures("suggested")
def test_a_suggestion_is_clicked(open_page: OpenPage) -> None:
    page = open_page("/search/")
    page.locator("#search-box").fill("pallister")
    page.get_by_role("option", name="Wren Pallister").click()

    page.wait_for_url("**/by/**")


def test_the_browser_finds_a_name_on_the_shelf_where_it_stands(open_page: OpenPage) -> None:
    names = [
        "Łódź",
        "Ørsted Œuvre",
        "İstanbul",
        "Straße",
        "أحمد ٱلله ــة",
        "שָׁלוֹם",
        "Ёлка",
        "ΣΊΣΥΦΟΣ",
        "가나",
        "がく",
        "ﬁn",
        "x²³",
    ]
    page = open_page("/search/")

    read = page.evaluate(
        """async (names) => {
            const { plainWords, shelfOf } = await import("/static/search/suggest.js");
            return names.map((name) => plainWords(name).map((word) => [word, shelfOf(word)]));
        }""",
        names,
    )

    for name, words in zip(names, read, strict=True):
        assert words == [[word, ord(word[0]) % SHELVES] for word in plain_words(name)], name
