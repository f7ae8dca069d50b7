"""What pages tell search engines are things of schema.org, with properties that these have and values that fit them."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.masthead.models import Masthead
from broadsheet.pages.models import WorkType
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory
from tests.contracts.test_valid_html import bare_addresses, full_addresses, record_addresses, set_up_paper
from tooling.pytest_schema_org import CheckSchemaOrg

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def things(client: Client, address: str) -> list[Any]:
    """Return the objects of a page's structured data."""
    script = BeautifulSoup(client.get(address).content, "html.parser").find("script", type="application/ld+json")
    return json.loads(script.string)["@graph"] if script else []


def test_structured_data_is_schema_orgs(client: Client, check_schema_org: CheckSchemaOrg) -> None:
    set_up_paper()
    Masthead.objects.update(contact_email="desk@paper.example", profile_urls="https://social.example/@paper")
    work = [make_story(headline=f"A {kind}", work_type=kind).url for kind in WorkType.values]
    known = TopicFactory(media_topic="medtop:11000000")
    named = make_story(headline="Known", topics=[known]).url
    addresses = [*full_addresses(), *bare_addresses(), *record_addresses(), *work, named, known.get_absolute_url()]

    pages = {address: things(client, address) for address in addresses}

    assert sum(map(len, pages.values())) > len(addresses)
    assert check_schema_org(pages) == []


def test_what_is_none_of_schema_orgs_is_found(check_schema_org: CheckSchemaOrg) -> None:
    wrong = {"@type": "NewsArticle", "headlin": "Ferry returns"}
    number = {"@type": "ImageObject", "width": 1200}

    right = {"@type": "NewsArticle", "headline": "Ferry returns"}

    problems = [line for line in check_schema_org({"/": [wrong, right, number]}) if "error TS" in line]

    assert len(problems) == 2
    assert "headlin" in problems[0]
    assert "number" in problems[1]
