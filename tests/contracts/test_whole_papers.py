"""Feeds, sitemaps, structured data and what partners take over, of whole papers: the invented one and real archives.

Each is read by those who made the standards, or read them for a living: feedparser, the schemas, the Nu HTML checker.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils.html import escape
from lxml import etree

from broadsheet.bylines.models import Contributor
from broadsheet.demo.load_paper import load_paper
from broadsheet.demo.tests.test_load_paper import TASKS_LEFT_UNDONE, PaperOfSmallPictures, small_picture
from broadsheet.feeds.models import Partner
from broadsheet.feeds.partners.tokens import give_token
from broadsheet.sections.models import Section
from broadsheet.stories.models import Story
from broadsheet.topics.models import Topic
from tests.contracts.machine_readers import Schemas, feed_problems
from tests.contracts.test_structured_data import things
from tooling.pytest_html import ValidateHtml
from tooling.pytest_schema_org import CheckSchemaOrg

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SITE = "http://127.0.0.1:8000"
PLACES_OF_A_KIND = 3
STORIES_LOOKED_AT = 30
IN_PART = {"archive-digitalgov"}
"""Of some thousands of articles a quarter says as much."""
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def schemas() -> Schemas:
    """The standards' schemas, or none where there are no fixtures; the rest is checked all the same."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "fixtures"
    folder = Path(os.environ.get("BROADSHEET_FIXTURES", beside)) / "schemas"
    return Schemas(folder if folder.is_dir() else None)


def most_articles(folder: str, names: Sequence[str]) -> set[str]:
    """Return three of four articles of a folder: `archive/tests/test_real_archives.py` imports them all."""
    articles = [name for name in names if name.endswith(".md") and name != "_index.md"]
    return {name for name in articles if crc32(name.encode()) % 4}


def demonstration(folder: Path) -> None:
    (folder / "small.jpg").write_bytes(small_picture())
    PaperOfSmallPictures.folder_of_pictures = folder
    load_paper(password="eastmere", paper=PaperOfSmallPictures())


def archive(name: str, request: pytest.FixtureRequest, folder: Path) -> None:
    root = request.getfixturevalue("fixtures_dir") / name
    if name in IN_PART:
        root = Path(shutil.copytree(root, folder / name, ignore=most_articles))
    with pytest.raises(SystemExit):  # some files were not stories, which it says by its exit code
        call_command("import", "markdown", str(root), "--name", name, "--json")


@pytest.fixture(params=["demonstration", "archive-18f", "archive-digitalgov"])
def whole_paper(request: pytest.FixtureRequest, tmp_path: Path, capsys: Any) -> str:
    """One whole paper; its name."""
    with override_settings(TASKS={"default": {"BACKEND": TASKS_LEFT_UNDONE}}):
        if request.param == "demonstration":
            demonstration(tmp_path)
        else:
            archive(request.param, request, tmp_path)
    name: str = request.param
    return name


def test_machines_find_nothing_wrong(
    whole_paper: str,
    client: Client,
    schemas: Schemas,
    check_schema_org: CheckSchemaOrg,
    validate_html: ValidateHtml,
) -> None:
    problems = {address: found for address, found in [*feeds(client, schemas), *sitemaps(client, schemas)] if found}
    problems |= {address: found for address, found in handed_on(schemas) if found}

    assert problems == {}
    assert check_schema_org(structured_data(client)) == []
    if whole_paper != "archive-18f":  # of which the newest texts have captions without a figure
        assert validate_html(texts_of_feed(client)) == []


def feeds(client: Client, schemas: Schemas) -> Iterator[tuple[str, list[str]]]:
    places = [
        one.get_absolute_url()
        for model in (Section, Topic, Contributor)
        for one in model.objects.order_by("-pk")[:PLACES_OF_A_KIND]
    ]
    for place in ["/", *places]:
        yield f"{place}feed/", feed_problems(client.get(f"{place}feed/").content)
        atom = client.get(f"{place}feed/atom/").content
        yield f"{place}feed/atom/", [*feed_problems(atom), *schemas.atom(atom)]
        yield f"{place}feed/json/", schemas.json_feed(client.get(f"{place}feed/json/").content)
    yield "/corrections/feed/", schemas.atom(client.get("/corrections/feed/").content)
    yield "/feeds.opml", [] if etree.fromstring(client.get("/feeds.opml").content) is not None else ["empty"]


def texts_of_feed(client: Client) -> str:
    """Return the texts that a feed gives away as a page of somebody else's would show them."""
    items = client.get("/feed/json/").json()["items"]
    assert items
    texts = [f"<article><h1>{escape(item['title'])}</h1>{item['content_html']}</article>" for item in items]
    return f'<!doctype html><html lang="en"><title>Feed</title><body>{"".join(texts)}</body></html>'


def sitemaps(client: Client, schemas: Schemas) -> Iterator[tuple[str, list[str]]]:
    index = client.get("/sitemap.xml").content
    listed: list[str] = []
    for file in addresses_in(index):
        content = client.get(file).content
        yield file, schemas.sitemap(content)
        listed += addresses_in(content)
    stories = {story.url for story in Story.objects.filter(live=True, canonical_url="")}
    yield "in no sitemap", sorted(stories - set(listed))[:5]
    yield "in two", [] if len(listed) == len(set(listed)) else ["some address"]
    dead = [address for address in listed[:: max(1, len(listed) // 40)] if client.get(address).status_code != 200]
    yield "dead", dead
    yield "/news-sitemap.xml", schemas.news_sitemap(client.get("/news-sitemap.xml").content)


def addresses_in(content: bytes) -> list[str]:
    return [element.text.removeprefix(SITE) for element in etree.fromstring(content).iter(LOC)]  # type: ignore[union-attr]


def handed_on(schemas: Schemas) -> Iterator[tuple[str, list[str]]]:
    partner = Partner(name="The Wire")
    token = give_token(partner)
    partner.save()
    wire = Client(headers={"authorization": f"Bearer {token}"})
    items = wire.get("/-/partners/ninjs/").json()["items"]
    yield "ninjs", [problem for item in items for problem in schemas.ninjs(item)]
    yield "newsml", schemas.newsml(wire.get("/-/partners/newsml-g2/").content)
    yield "nothing handed on", [] if items else ["no story"]


def structured_data(client: Client) -> dict[str, list[Any]]:
    latest = Story.objects.filter(live=True).order_by("-first_published_at")[:STORIES_LOOKED_AT]
    lists: list[Callable[[], Any]] = [Section.objects.first, Topic.objects.first, Contributor.objects.first]
    places = [found.get_absolute_url() for one in lists if (found := one())]
    return {address: things(client, address) for address in ["/", *places, *(story.url for story in latest)]}
