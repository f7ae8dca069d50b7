"""The story so far: where it stands, where it leads, and which pages hear when it changes."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.models import Change
from broadsheet.delivery.render_page import Renderer
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.withdraw_note import withdraw_note
from broadsheet.stories.add_so_far_entries import add_so_far_entries
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.models import PublishedVersion, SoFarEntry, Story, StorySoFar
from broadsheet.stories.so_far_selectors import proposed_entries
from broadsheet.stories.tests.factories import make_series, make_so_far, make_story
from broadsheet.topics.models import Topic
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2016, 10, 19)


def entry(sentence: str = "It rose.", day: dt.date = DAY, **fields: object) -> SoFarEntry:
    return SoFarEntry(day=day, sentence=sentence, **fields)


def published(topic: Topic, headline: str = "The river rises", **fields: object) -> Story:
    story = make_story(headline=headline, live=False, topics=[topic], **fields)
    story.save_revision()
    publish_story(story=story, user=UserFactory.create())
    return Story.objects.get(pk=story.pk)


def box(client: Client, address: str) -> list[tuple[str, str]] | None:
    """Return the sentences of the box at an address, with where each leads; None where there is no box."""
    answer = client.get(address)
    assert answer.status_code == 200, answer
    found = BeautifulSoup(answer.content, "html.parser").select_one(".so-far")
    if found is None:
        return None
    return [(str(row.p.get_text()), str(row.a["href"]) if row.a else "") for row in found.select("li")]


def touches(address: str) -> bool:
    newest = set(Change.objects.latest("seq").keys) - {"addresses"}
    return bool(newest & Renderer().render(address).keys)


def test_entries_lead_to_stories_and_to_versions_on_the_record(client: Client) -> None:
    topic = TopicFactory.create()
    story = published(topic)
    make_so_far(
        entry("It rose.", story=story), entry("We erred.", story=story, version=1), entry("It fell."), topic=topic
    )

    shown = box(client, topic.get_absolute_url())

    assert shown == [("It rose.", story.url), ("We erred.", f"{story.url}changes/1/"), ("It fell.", "")]


def test_a_story_that_readers_cannot_read_is_not_named(client: Client) -> None:
    topic = TopicFactory.create()
    story = published(topic, headline="Unseen")
    make_so_far(entry(story=story), topic=topic)

    unpublish_story(story=story, user=UserFactory.create())

    assert touches(topic.get_absolute_url())
    assert box(client, topic.get_absolute_url()) == [("It rose.", "")]
    assert "Unseen" not in client.get(topic.get_absolute_url()).content.decode()


def test_it_stands_in_the_stories_that_were_ticked(client: Client) -> None:
    topic = TopicFactory.create()
    ticked, other = published(topic, shows_so_far=True), published(topic, headline="Another")
    make_so_far(entry(story=ticked), entry(story=other), topic=topic)

    assert box(client, ticked.url) == [("It rose.", ""), ("It rose.", other.url)]
    assert box(client, other.url) is None


def test_the_box_of_the_series_comes_before_that_of_a_topic(client: Client) -> None:
    first, second = TopicFactory.create(), TopicFactory.create()
    story = published(first, shows_so_far=True)
    StoryTopic.objects.create(story=story, topic=second, sort_order=1)
    make_so_far(entry("Of the second."), topic=second)
    assert box(client, story.url) == [("Of the second.", "")]
    make_so_far(entry("Of the first."), topic=first)
    assert box(client, story.url) == [("Of the first.", "")]

    series = make_series(story)
    make_so_far(entry("Of the series."), series=series)

    assert box(client, story.url) == box(client, series.get_absolute_url()) == [("Of the series.", "")]


def test_where_it_stands_hears_of_a_new_box_and_of_a_new_entry() -> None:
    topic = TopicFactory.create()
    ticked, other = published(topic, shows_so_far=True), published(topic, headline="Another")
    made = make_so_far(entry(), topic=topic)
    assert touches(topic.get_absolute_url())
    assert touches(ticked.url)
    assert not touches(other.url)

    made.entries = [entry("It fell.")]
    made.save()

    assert touches(ticked.url)


def test_it_belongs_to_one_thing_and_only_to_one(db: None) -> None:
    topic = TopicFactory.create()
    for owner in ({}, {"topic": topic, "series": make_series()}):
        with pytest.raises(ValidationError):
            StorySoFar(**owner).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            StorySoFar(**owner).save()


@pytest.mark.parametrize("number", [2, 99])
def test_a_version_that_is_not_on_the_record_is_refused(number: int) -> None:
    story = published(TopicFactory.create())
    unpublish_story(story=story, user=UserFactory.create())

    with pytest.raises(ValidationError):
        entry(story=story, version=number).clean()
    with pytest.raises(ValidationError):
        entry(version=1).clean()
    entry(story=story, version=1).clean()


def test_proposed_are_the_newest_stories_and_their_notes(client: Client) -> None:
    topic, editor = TopicFactory.create(), UserFactory.create()
    story = published(topic, standfirst="Four metres at the mill.")
    make_story(headline="A draft", live=False, topics=[topic])
    correct_story(story=story, user=editor, note="It was five metres.")
    correct_story(story=story, user=editor, note="A note that is withdrawn.")
    last = PublishedVersion.objects.latest("pk")
    withdraw_note(version=last, user=editor, reason="It was right.")
    made = make_so_far(topic=topic)

    proposed = proposed_entries(made)

    assert [(one.sentence, one.version) for one in proposed] == [
        ("Four metres at the mill.", None),
        ("It was five metres.", 2),
    ]


def test_added_entries_go_where_their_day_belongs_and_are_not_proposed_again() -> None:
    topic = TopicFactory.create()
    story = published(topic)
    made = make_so_far(entry("First.", day=dt.date(2000, 1, 1)), entry("Last.", day=dt.date(2999, 1, 1)), topic=topic)

    add_so_far_entries(box=made, entries=proposed_entries(made))

    made = StorySoFar.objects.get()
    assert [one.sentence for one in made.entries.all()] == ["First.", "The river rises", "Last."]
    assert made.entries.get(story=story).version is None
    assert proposed_entries(made) == []
    assert touches(topic.get_absolute_url())
