"""What crawlers are told, as a crawler reads it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from protego import Protego

from broadsheet.feeds.crawlers import ANSWERING, TRAINING, AiPolicy
from broadsheet.feeds.models import CrawlerPolicy
from broadsheet.feeds.robots import check_rules

pytestmark = pytest.mark.django_db
STORY = "http://127.0.0.1:8000/2016/10/19/ferry/"


def rules(client: Client, **policy: str) -> Protego:
    CrawlerPolicy.objects.update_or_create(defaults=policy)
    return Protego.parse(client.get("/robots.txt").content.decode())


@pytest.mark.parametrize(
    ("policy", "training", "answering", "reserved"),
    [(AiPolicy.ALL, True, True, 0), (AiPolicy.ANSWERS, False, True, 1), (AiPolicy.NONE, False, False, 1)],
)
def test_the_publisher_chooses_what_is_done_with_the_paper(
    client: Client, policy: AiPolicy, training: bool, answering: bool, reserved: int
) -> None:
    told = rules(client, ai_policy=policy)

    assert {told.can_fetch(STORY, name) for name in TRAINING} == {training}
    assert {told.can_fetch(STORY, name) for name in ANSWERING} == {answering}
    assert told.can_fetch(STORY, "Googlebot")
    assert client.get("/.well-known/tdmrep.json").json() == [{"location": "/", "tdm-reservation": reserved}]


def test_everybody_finds_the_sitemaps_and_nobody_the_newsroom(client: Client) -> None:
    told = rules(client)

    assert list(told.sitemaps) == ["http://127.0.0.1:8000/sitemap.xml", "http://127.0.0.1:8000/news-sitemap.xml"]
    assert not told.can_fetch("http://127.0.0.1:8000/newsroom/", "Googlebot")


def test_rules_of_the_publishers_own_stand_below(client: Client) -> None:
    told = rules(client, more_rules="User-agent: Rudebot\r\nDisallow: /topic/\r\n")

    assert not told.can_fetch("http://127.0.0.1:8000/topic/ferries/", "Rudebot")
    assert told.can_fetch(STORY, "Rudebot")


@pytest.mark.parametrize("text", ["Forbid: all", "Disallow: /", "<script>", "User-agent: A\nNonsense"])
def test_what_crawlers_would_not_understand_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        check_rules(text)
    check_rules("# A crawler\n\nUser-agent: A\nCrawl-delay: 10\nDisallow: /\n")
