"""The report of near-duplicate topics in the newsroom."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.stories.same_stories import topics_together
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.models import Topic
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
REPORT = "newsdesk_near_duplicates"


@pytest.fixture
def pair() -> tuple[Topic, Topic]:
    few, many = TopicFactory.create(name="Feries", slug="feries"), TopicFactory.create(name="Ferries", slug="ferries")
    make_story(topics=[many])
    return few, many


def rows(client: Client) -> list[Any]:
    return list(client.get(reverse(REPORT)).context["rows"])


def test_the_rarer_topic_is_offered_to_be_merged(client: Client, sign_in: SignIn, pair: tuple[Topic, Topic]) -> None:
    sign_in("Editor")
    few, many = pair

    (row,) = rows(client)

    assert (row.small, row.large, row.large_count) == (few, many, 1)
    merge = f"{reverse('newsdesk_merge_topic', args=[few.pk])}?into={many.pk}"
    assert merge in client.get(reverse(REPORT)).content.decode()
    assert many.name in client.get(merge).content.decode()


def test_what_is_not_the_same_is_remembered_until_it_is_compared_again(
    client: Client, sign_in: SignIn, pair: tuple[Topic, Topic]
) -> None:
    sign_in("Editor")
    sent = {"one": pair[1].pk, "other": pair[0].pk}

    client.post(reverse("newsdesk_tell_topics_apart"), sent)
    client.post(reverse("newsdesk_tell_topics_apart"), sent)
    assert rows(client) == []

    client.post(reverse("newsdesk_tell_topics_apart"), sent | {"again": "1"})
    assert len(rows(client)) == 1


def test_nonsense_is_refused(client: Client, sign_in: SignIn, pair: tuple[Topic, Topic]) -> None:
    sign_in("Editor")
    address = reverse("newsdesk_tell_topics_apart")

    assert client.post(address, {"one": "x", "other": pair[0].pk}).status_code == 404
    assert client.post(address, {"one": pair[0].pk, "other": pair[0].pk}).status_code == 302
    assert client.get(f"{reverse(REPORT)}?p=nonsense").status_code == 200
    assert len(rows(client)) == 1


def test_merged_topics_are_not_compared(client: Client, sign_in: SignIn, pair: tuple[Topic, Topic]) -> None:
    sign_in("Editor")
    Topic.objects.filter(pk=pair[0].pk).update(merged_into=pair[1])

    assert rows(client) == []


def test_topics_that_always_come_together_have_the_same_stories() -> None:
    tram, rail, city = (TopicFactory.create() for _ in range(3))
    for number in range(10):
        make_story(headline=f"Story {number}", topics=[tram, rail] if number < 6 else [city, tram])

    together = topics_together()

    assert together == {(tram.pk, rail.pk): 1.0}


def test_the_report_is_paged_and_costs_the_same_for_every_page(
    client: Client, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    sign_in("Editor")
    for number in range(30):
        word = chr(ord("a") + number % 26) * 6 + chr(ord("a") + number // 26)
        TopicFactory.create(name=f"{word} bridge"), TopicFactory.create(name=f"{word} bridge")
    client.get(reverse(REPORT))

    with django_assert_max_num_queries(40):
        assert len(rows(client)) == 25


def test_the_report_is_for_those_who_keep_topics(client: Client, sign_in: SignIn, pair: tuple[Topic, Topic]) -> None:
    sign_in("Section editor")

    assert client.get(reverse(REPORT)).status_code == 302
    client.post(reverse("newsdesk_tell_topics_apart"), {"one": pair[0].pk, "other": pair[1].pk})
    sign_in("Editor")
    assert len(rows(client)) == 1
