"""What every page has in common: language, weight, and nothing that the content security policy refuses."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from broadsheet.masthead.models import Masthead, Navigation

ROOM = Path(__file__).resolve().parent.parent
STATIC = ROOM / "static" / "masthead"
FONTS_PRELOADED_BYTES = 85_000
SCRIPTS_COMPRESSED_BYTES = 10_000
PAGE_COMPRESSED_BYTES = 60_000

pytestmark = pytest.mark.django_db


def read(client: Client, address: str = "/") -> Any:
    return BeautifulSoup(client.get(address).content, "html.parser")


def compressed(*contents: bytes) -> int:
    return sum(len(gzip.compress(content)) for content in contents)


@pytest.mark.parametrize("address", ["/", "/no-such-page/"])
def test_a_page_holds_no_style_or_script_of_its_own(client: Client, address: str) -> None:
    page = read(client, address)

    assert page.find_all("style") == []
    assert page.find_all(style=True) == []
    assert [
        script
        for script in page.find_all("script")
        if not script.has_attr("src") and script.get("type") != "application/ld+json"
    ] == []
    assert not re.search(r"\son[a-z]+=", str(page.body))


def test_the_name_of_the_paper_is_the_heading_of_the_front_only(client: Client) -> None:
    paper = Masthead.load()
    paper.name, paper.tagline = "The Vale Courier", "Between river and sea"
    paper.save()

    page = read(client)

    assert page.h1.get_text(strip=True) == "The Vale Courier"
    assert "Between river and sea" in page.header.get_text()


def test_the_menu_of_the_newsroom_stands_in_the_head_and_the_foot(client: Client) -> None:
    menu = Navigation.load()
    empty = {"label": "", "section": None, "topic": None, "page": None, "address": ""}
    menu.header = [("link", empty | {"label": "World", "address": "/section/world/"})]
    menu.footer = [("column", {"heading": "The paper", "links": [empty | {"label": "Ethics", "address": "/ethics/"}]})]
    menu.save()

    page = read(client)

    assert [link["href"] for link in page.select(".section-menu a, .menu a")] == ["/section/world/", "/section/world/"]
    assert page.select_one(".foot-menu h2").get_text() == "The paper"
    assert page.select_one(".foot-menu a")["href"] == "/ethics/"


def test_an_empty_menu_leaves_nothing_behind(client: Client) -> None:
    page = read(client)

    assert page.find_all("nav") == []
    assert page.find_all("details") == []


def test_the_first_link_skips_to_the_content(client: Client) -> None:
    page = read(client)

    assert page.body.a["href"] == "#content"
    assert page.main["id"] == "content"


def test_a_page_asks_for_colours_only_when_the_paper_has_its_own(client: Client) -> None:
    before = str(read(client))
    paper = Masthead.load()
    paper.accent_colour = "#004488"
    paper.save()

    after = str(read(client))
    style = client.get("/-/colours.css")

    assert "/-/colours.css" not in before
    assert "/-/colours.css" in after
    assert style["Content-Type"] == "text/css"
    assert style.content.decode() == ":root{--accent-light:#004488;--accent-dark:#e58a94}\n"


def test_a_failure_is_answered_without_the_database(client: Client, django_db_blocker: Any) -> None:
    client.raise_request_exception = False

    with django_db_blocker.block():
        response = client.get("/")

    assert response.status_code == 500
    assert b"Something broke on our side" in response.content


def test_what_is_missing_is_answered_in_the_language_of_the_paper(client: Client) -> None:
    with translation.override("en"):
        response = client.get("/no-such-page/")

    page: Any = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert page.html["lang"] == "en"
    assert page.html["dir"] == "ltr"
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"


def test_preloaded_fonts_are_lean(client: Client) -> None:
    preloaded = [link["href"] for link in read(client).find_all("link", rel="preload")]

    files = [STATIC / "fonts" / Path(address).name for address in preloaded]

    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) <= FONTS_PRELOADED_BYTES


def test_every_font_comes_with_its_licence() -> None:
    licences = {path.stem.removeprefix("OFL-").split("-")[0] for path in (STATIC / "fonts").glob("OFL-*.txt")}
    families = {path.stem.split("-")[0] for path in (STATIC / "fonts").glob("*.woff2")}

    assert families - {"franklin"} <= licences
    assert "libre" in licences


def test_a_page_without_photos_weighs_under_sixty_kilobytes(client: Client) -> None:
    styles = [path.read_bytes() for path in (STATIC / "css").glob("*.css")]
    scripts = [path.read_bytes() for path in (STATIC / "js").glob("*.js")]

    assert compressed(*scripts) < SCRIPTS_COMPRESSED_BYTES
    assert compressed(client.get("/").content, *styles, *scripts) < PAGE_COMPRESSED_BYTES


def test_every_component_says_what_it_needs() -> None:
    components = sorted((ROOM / "templates" / "components").glob("*.html"))

    silent = [path.name for path in components if not path.read_text(encoding="utf-8").startswith("{# ")]

    assert components
    assert silent == []


def test_sides_are_written_as_start_and_end() -> None:
    physical = re.compile(
        r"(?<![\w-])(?:margin|padding|border|inset)-(?:left|right)\b|text-align:\s*(?:left|right)\b|(?<![\w-])float:\s*(?:left|right)"
    )

    found = {path.name: physical.findall(path.read_text(encoding="utf-8")) for path in (STATIC / "css").glob("*.css")}

    assert {name: sides for name, sides in found.items() if sides} == {}
