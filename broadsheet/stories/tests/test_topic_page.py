"""A topic's page: its facts, its stories by month, the topics near it; and what makes it old."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.models import Change
from broadsheet.delivery.render_page import Renderer
from broadsheet.kit.paging import Cursor
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.update_story import update_story
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.bulk_load import StoryRecord, load_batch
from broadsheet.stories.models import ChangeClass, Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.topic_page import STORIES_LOOKED_AT, surroundings_of, years_of_topic
from broadsheet.topics.models import Topic, TopicFact
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)


def page(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return BeautifulSoup(answer.content, "html.parser")


def counts(topic: Topic) -> dict[str, int]:
    return {f"{month.first_day:%Y-%m}": month.count for year in years_of_topic(topic) for month in year.months}


def published(topic: Topic, moment: dt.datetime = NOON, **fields: Any) -> Story:
    story = make_story(live=False, topics=[topic], published_at=moment, **fields)
    story.save_revision()
    with time_machine.travel(moment, tick=False):
        publish_story(story=story, user=UserFactory.create())
    return Story.objects.get(pk=story.pk)


def refile(story: Story, *topics: Topic) -> set[str]:
    """Publish the story under other topics; return the keys that were logged for it."""
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.story_topics = [StoryTopic(topic=topic) for topic in topics]
    draft.save_revision()
    update_story(story=story, user=UserFactory.create(), change_class=ChangeClass.UPDATE)
    return set(Change.objects.latest("seq").keys)


@pytest.mark.parametrize("below", ["", "?before={older}", "2016/10/", "2016/10/?before={older}"])
def test_every_page_of_a_topic_hears_of_its_photo(below: str) -> None:
    topic = TopicFactory.create()
    published(topic)
    older = Cursor(NOON + dt.timedelta(days=1), 1)
    rendered = Renderer().render(f"{topic.get_absolute_url()}{below.format(older=older)}")

    topic.photo = PhotoFactory.create()
    topic.save()

    assert rendered.status == 200
    assert set(Change.objects.latest("seq").keys) & rendered.keys


def test_key_facts_stand_in_the_editors_order_with_their_day(client: Client) -> None:
    topic = TopicFactory.create()
    TopicFact.objects.create(topic=topic, sort_order=1, label="Inhabitants", value="310,000", as_of=dt.date(2016, 1, 2))
    TopicFact.objects.create(topic=topic, sort_order=0, label="Founded", value="1212")

    facts = page(client, topic.get_absolute_url()).select(".facts dl > div")

    assert [fact.get_text(" ", strip=True) for fact in facts] == [
        "Founded 1212",
        "Inhabitants 310,000 as of Jan. 2, 2016",
    ]


def test_other_facts_make_the_topics_own_page_old_and_no_story() -> None:
    topic = TopicFactory.create()
    story = published(topic)
    topic.facts = [TopicFact(label="Founded", value="1212")]

    topic.save()

    touched = set(Change.objects.latest("seq").keys)
    assert touched & Renderer().render(topic.get_absolute_url()).keys
    assert not touched & (Renderer().render(story.url).keys - {"addresses"})


def test_months_count_what_readers_see(client: Client) -> None:
    topic = TopicFactory.create()
    first, _ = published(topic, headline="One"), published(topic, headline="Two")
    published(topic, NOON + dt.timedelta(days=60), headline="Three")
    make_story(live=False, topics=[topic], headline="A draft")
    load_batch([StoryRecord(headline="Four", slug="four", published_at=NOON, body=[], topics=[topic.pk])])
    load_batch([StoryRecord(headline="Five", slug="five", published_at=None, live=False, body=[], topics=[topic.pk])])

    assert counts(topic) == {"2016-12": 1, "2016-10": 3}
    unpublish_story(story=first, user=UserFactory.create())
    assert counts(topic) == {"2016-12": 1, "2016-10": 2}
    months = page(client, topic.get_absolute_url()).select(".timeline .months a")
    assert [month["href"] for month in months] == [
        "/topic/" + topic.slug + "/2016/12/",
        f"/topic/{topic.slug}/2016/10/",
    ]


def test_a_topic_that_was_chosen_twice_counts_once() -> None:
    topic = TopicFactory.create()
    story = published(topic)
    load_batch([StoryRecord(headline="Two", slug="two", published_at=NOON, body=[], topics=[topic.pk, topic.pk])])

    refile(story, topic, topic)

    assert counts(topic) == {"2016-10": 2}


def test_a_month_begins_by_the_papers_own_clock(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Jerusalem"
    topic = TopicFactory.create()

    published(topic, dt.datetime(2016, 9, 30, 22, tzinfo=dt.UTC))

    assert counts(topic) == {"2016-10": 1}


def test_a_month_of_a_topic_lists_its_stories_by_day(client: Client) -> None:
    topic = TopicFactory.create(parent=TopicFactory.create(name="Rivers"))
    for number, day in enumerate((1, 1, 2)):
        make_story(headline=f"Story {number}", topics=[topic], published_at=NOON.replace(day=day))
    make_story(headline="November", topics=[topic], published_at=NOON + dt.timedelta(days=30))

    shown = page(client, f"{topic.get_absolute_url()}2016/10/")

    assert [day["id"] for day in shown.select("section.day")] == ["day-2", "day-1"]
    assert [head.get_text(strip=True) for head in shown.select(".teaser__head")] == ["Story 2", "Story 1", "Story 0"]
    assert [crumb.get_text(strip=True) for crumb in shown.select(".crumbs li")] == ["Rivers", topic.name]


@pytest.mark.parametrize("month", ["2016/09", "2016/13", "0000/01"])
def test_a_month_without_stories_is_no_page(client: Client, month: str) -> None:
    topic = TopicFactory.create()
    make_story(topics=[topic], published_at=NOON)

    assert client.get(f"{topic.get_absolute_url()}{month}/").status_code == 404


def test_months_of_a_merged_topic_lead_to_those_of_the_other(client: Client) -> None:
    into = TopicFactory.create()
    merged = TopicFactory.create(merged_into=into)

    assert client.get(f"/topic/{merged.slug}/2016/10/")["Location"] == f"/topic/{into.slug}/2016/10/"


def test_related_topics_are_those_that_stand_most_often_beside_it() -> None:
    topic, often, twice, once = (TopicFactory.create() for _ in range(4))
    for number in range(4):
        others = [often, *([twice] if number < 2 else []), *([once] if number == 0 else [])]
        make_story(headline=f"Story {number}", topics=[topic, *others], published_at=NOON)

    assert surroundings_of(topic).related == [often, twice]


def test_related_topics_are_looked_for_in_the_newest_stories_only() -> None:
    topic, formerly = TopicFactory.create(), TopicFactory.create()
    old = [
        StoryRecord(headline=f"Old {number}", slug=f"old-{number}", published_at=NOON, body=[], topics=pair)
        for number, pair in enumerate([[topic.pk, formerly.pk]] * 3)
    ]
    later = NOON + dt.timedelta(days=1)
    new = [
        StoryRecord(headline=f"New {number}", slug=f"new-{number}", published_at=later, body=[], topics=[topic.pk])
        for number in range(STORIES_LOOKED_AT)
    ]
    load_batch(old)
    assert surroundings_of(topic).related == [formerly]

    load_batch(new)

    assert surroundings_of(topic).related == []


def test_a_topic_hears_when_its_stories_lose_another_topic() -> None:
    topic, beside, elsewhere = (TopicFactory.create() for _ in range(3))
    story = published(topic)
    refile(story, topic, beside)

    touched = refile(story, topic, elsewhere)

    assert touched & Renderer().render(topic.get_absolute_url()).keys
    assert f"l:topic:{topic.pk}" not in touched, "its list is as it was"


def test_parent_and_parts_lead_to_each_other_and_hear_of_each_other(client: Client) -> None:
    parent, part = TopicFactory.create(name="Rivers"), TopicFactory.create(name="Ferries")
    keys = Renderer().render(parent.get_absolute_url()).keys

    part.parent = parent
    part.save()

    assert set(Change.objects.latest("seq").keys) & (keys - {"addresses"})
    links = page(client, parent.get_absolute_url()).select("nav.name-links a")
    assert [link["href"] for link in links] == [part.get_absolute_url()]
    assert page(client, part.get_absolute_url()).select_one(".crumbs a")["href"] == parent.get_absolute_url()


def test_older_pages_of_a_topic_show_its_list_alone(client: Client) -> None:
    topic = TopicFactory.create()
    TopicFact.objects.create(topic=topic, label="Founded", value="1212")
    make_story(topics=[topic], published_at=NOON)

    shown = page(client, f"{topic.get_absolute_url()}?before=20990101T000000.000000~999999999")

    assert not shown.select(".facts, .timeline")
    assert shown.select(".teaser")
