import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.masthead.head_metadata import json_ld, shortened
from broadsheet.masthead.models import Masthead
from broadsheet.pages.models import WorkType
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

NOON = dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)


def structured_data(client: Client, address: str) -> list[dict[str, Any]]:
    html = client.get(address).content.decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(scripts) == 1, address
    graph: list[dict[str, Any]] = json.loads(scripts[0])["@graph"]
    return graph


def whole_story() -> Story:
    return make_story(
        headline="Ferry returns to Eastmere",
        published_at=NOON,
        standfirst="After eleven years the boats are back.",
        section=SectionFactory(name="City"),
        by=[ContributorFactory(name="Ines Okafor", job_title="Reporter", fediverse="@ines@paper.example")],
        topics=[TopicFactory(name="Ferries")],
        lead_photo=PhotoFactory(photographer="Marit Soleng"),
        dateline_text="EASTMERE",
        body=[
            {"type": "paragraph", "value": "<p>One two three.</p>"},
            {"type": "correction_note", "value": {"corrected_on": "2016-10-20", "text": "<p>It was <b>six</b>.</p>"}},
        ],
    )


@pytest.mark.django_db
def test_a_story_tells_machines_what_it_tells_readers(client: Client) -> None:
    story = whole_story()

    article = structured_data(client, story.url)[0]

    assert article["@type"] == ["NewsArticle", "ReportageNewsArticle"]
    assert article["headline"] == "Ferry returns to Eastmere"
    assert article["datePublished"] == "2016-10-19T12:00:00+00:00"
    assert article["isAccessibleForFree"] is True
    assert article["author"][0]["name"] == "Ines Okafor"
    assert article["articleSection"] == "City"
    assert article["dateline"] == "EASTMERE"
    assert article["correction"] == [
        {"@type": "CorrectionComment", "text": "It was six.", "datePublished": "2016-10-20"}
    ]
    assert article["image"][0]["@type"] == "ImageObject"
    assert article["image"][0]["creditText"] == "RU PHOTO/MARIT SOLENG"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("work_type", "schema_type"),
    [
        (WorkType.OPINION, ["NewsArticle", "OpinionNewsArticle"]),
        (WorkType.ANALYSIS, ["NewsArticle", "AnalysisNewsArticle"]),
        (WorkType.SPONSORED, "AdvertiserContentArticle"),
    ],
)
def test_the_type_of_work_is_told(client: Client, work_type: WorkType, schema_type: Any) -> None:
    story = make_story(headline="Any", work_type=work_type)

    assert structured_data(client, story.url)[0]["@type"] == schema_type


@pytest.mark.django_db
def test_a_storys_head_is_complete(client: Client) -> None:
    story = whole_story()

    html = client.get(story.url).content.decode()

    assert '<link rel="canonical" href="http://127.0.0.1:8000/2016/10/19/ferry-returns-to-eastmere/">' in html
    assert '<meta name="description" content="After eleven years the boats are back.">' in html
    for name in ("og:title", "og:image", "og:image:width", "og:image:alt", "article:published_time", "article:section"):
        assert f'property="{name}"' in html
    for name in ("twitter:card", "fediverse:creator", "robots"):
        assert f'name="{name}"' in html


@pytest.mark.django_db
def test_what_an_editor_wrote_for_search_and_sharing_wins(client: Client) -> None:
    story = make_story(
        headline="Long headline", search_description="For search.", social_title="For sharing", standfirst="Standfirst."
    )

    html = client.get(story.url).content.decode()

    assert '<meta property="og:title" content="For sharing">' in html
    assert structured_data(client, story.url)[0]["headline"] == "Long headline"


@pytest.mark.django_db
def test_the_front_page_says_who_the_paper_is(client: Client) -> None:
    Masthead.objects.update_or_create(
        defaults={"name": "The Eastmere Courier", "description": "News of a port.", "founded_on": dt.date(1887, 3, 1)}
    )

    paper = structured_data(client, "/")[0]

    assert paper["@type"] == "NewsMediaOrganization"
    assert (paper["name"], paper["foundingDate"]) == ("The Eastmere Courier", "1887-03-01")


@pytest.mark.django_db
def test_structured_data_uses_only_words_of_the_vocabulary(client: Client, fixtures_dir: Path) -> None:
    story = whole_story()
    vocabulary = json.loads((fixtures_dir / "schemas/schemaorg-30.0/schemaorg-current-https.jsonld").read_text())
    known = {item["@id"].removeprefix("schema:") for item in vocabulary["@graph"]}
    person = story.bylines.first().contributor
    addresses = ["/", story.url, story.section.get_absolute_url(), person.get_absolute_url(), "/2016/10/", "/2016/"]
    addresses.append(story.story_topics.first().topic.get_absolute_url())

    for address in addresses:
        assert unknown_words(structured_data(client, address), known) == set(), address


def unknown_words(value: Any, known: set[str]) -> set[str]:
    if isinstance(value, list):
        return set().union(*(unknown_words(item, known) for item in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    types = value.get("@type", [])
    words = {name for name in value if not name.startswith("@")} | set([types] if isinstance(types, str) else types)
    return (words - known).union(*(unknown_words(item, known) for item in value.values()))


def test_text_cannot_end_the_script_that_carries_it() -> None:
    assert "</script>" not in json_ld([{"name": "</script><script>alert(1)</script>"}])
    assert json.loads(json_ld([{"name": "</script>"}]))["@graph"] == [{"name": "</script>"}]


def test_a_description_is_cut_between_words() -> None:
    assert shortened("One two three four", length=12) == "One two…"
    assert shortened(" One\n two ") == "One two"


@pytest.mark.django_db
def test_a_topic_that_the_trade_knows_is_named_by_its_address(client: Client) -> None:
    known, own = TopicFactory(name="Politics", media_topic="medtop:11000000"), TopicFactory(name="Ferries")
    story = make_story(topics=[known, own])

    about = structured_data(client, story.url)[0]["about"]

    assert about[0]["sameAs"] == "http://cv.iptc.org/newscodes/mediatopic/11000000"
    assert "sameAs" not in about[1]
    assert structured_data(client, known.get_absolute_url())[0]["about"]["sameAs"] == about[0]["sameAs"]
