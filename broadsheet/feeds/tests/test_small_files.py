"""The small files as those who check them read them."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from lxml import etree
from sectxt import Parser

from broadsheet.feeds.crawlers import AiPolicy
from broadsheet.feeds.models import CrawlerPolicy, SmallFiles
from broadsheet.fronts.models import HomePage
from broadsheet.kit import rendering
from broadsheet.masthead.models import Masthead
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import InformationPage

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return str(answer.content.decode())


def test_security_txt_is_what_rfc_9116_says(client: Client, settings: Any) -> None:
    settings.SITE_URL, settings.SERVES_TLS = "https://paper.example", True
    SmallFiles.objects.create(
        security_contacts="mailto:security@paper.example\n\nhttps://paper.example/report",
        security_policy_url="https://paper.example/policy",
        security_key_url="https://paper.example/key.asc",
    )

    text = read(client, "/.well-known/security.txt")

    parser: Any = Parser(text.encode())
    assert parser.is_valid(), parser.errors
    assert "Contact: https://paper.example/report\n" in text
    assert "Canonical: https://paper.example/.well-known/security.txt\n" in text


def test_security_txt_is_good_for_half_a_year_and_made_anew_every_month(client: Client, time_machine: Any) -> None:
    SmallFiles.objects.create(security_contacts="mailto:security@paper.example")
    time_machine.move_to(dt.datetime(2026, 8, 17, tzinfo=dt.UTC), tick=False)
    with rendering.recorded_rendering() as rendered:
        august = read(client, "/.well-known/security.txt")
    time_machine.move_to(dt.datetime(2026, 8, 31, 23, tzinfo=dt.UTC), tick=False)

    assert read(client, "/.well-known/security.txt") == august
    assert "Expires: 2027-03-01T00:00:00Z" in august
    assert rendered.renew_at == dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


def test_a_paper_that_names_nobody_has_no_security_txt(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


def test_trust_txt_says_what_the_masthead_and_the_publisher_say(client: Client) -> None:
    home = HomePage.objects.get()
    owner, draft = (
        home.add_child(instance=InformationPage(title=name, slug=name, live=name == "owner"))
        for name in ("owner", "contact")
    )
    Masthead.objects.update_or_create(
        defaults={
            "profile_urls": "https://social.example/@paper",
            "ownership_page_id": owner.pk,
            "contact_page_id": draft.pk,
            "contact_email": "desk@paper.example",
        }
    )
    SmallFiles.objects.create(trust_lines="belongto=https://association.example/")
    CrawlerPolicy.objects.create(ai_policy=AiPolicy.ANSWERS)

    text = read(client, "/trust.txt")

    assert text.splitlines() == [
        "belongto=https://association.example/",
        "social=https://social.example/@paper",
        f"disclosure={SITE}/owner/",
        "contact=mailto:desk@paper.example",
        "datatrainingallowed=no",
    ]
    assert read(client, "/.well-known/trust.txt") == text


def test_a_paper_without_advertising_says_that_nobody_may_sell_any(client: Client) -> None:
    text = read(client, "/ads.txt")

    assert text.splitlines() == ["placeholder.example.com, placeholder, DIRECT, placeholder", "OWNERDOMAIN=127.0.0.1"]


def test_a_paper_with_advertising_names_its_sellers(client: Client) -> None:
    SmallFiles.objects.create(ads_lines="adsystem.example, pub-1, DIRECT, f08c47fec0942fa0\nOWNERDOMAIN=group.example")

    assert read(client, "/ads.txt").splitlines()[1:] == ["OWNERDOMAIN=group.example"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("security_contacts", "security@paper.example"),
        ("security_contacts", "http://paper.example/"),
        ("trust_lines", "friend=https://paper.example/"),
        ("trust_lines", "member= "),
        ("ads_lines", "adsystem.example, pub-1, OWNER"),
        ("ads_lines", "adsystem.example, pub-1, DIRECT\n<html>"),
    ],
)
def test_a_line_that_nobody_would_understand_is_refused(field: str, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SmallFiles(**{field: text}).full_clean()

    assert field in refused.value.message_dict


def test_a_readers_program_takes_all_feeds_at_once(client: Client) -> None:
    SectionFactory(name="Arts & <Letters>", slug="arts")

    answer = client.get("/feeds.opml")

    tree: Any = etree.fromstring(answer.content)
    found = {outline.get("text"): outline.get("xmlUrl") for outline in tree.iter("outline") if outline.get("type")}
    assert answer["Content-Type"] == "text/x-opml; charset=utf-8"
    assert found == {
        "Broadsheet": f"{SITE}/feed/",
        "Arts & <Letters>": f"{SITE}/section/arts/feed/",
        "Corrections": f"{SITE}/corrections/feed/",
    }
