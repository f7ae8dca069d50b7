"""Keeping the story so far in the newsroom."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.tests.filled_forms import form_data, save
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import SoFarEntry, Story, StorySoFar
from broadsheet.stories.tests.factories import make_so_far, make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def form(topic: Any, **entry: Any) -> dict[str, Any]:
    row = {"day": "2016-10-19", "sentence": "It rose.", "story": "", "version": "", **entry}
    data: dict[str, Any] = nested_form_data(
        {"topic": topic.pk if topic else "", "series": "", "heading": "", "entries": inline_formset([row])}
    )
    return data


def test_an_editor_tells_the_story_so_far(client: Client, sign_in: SignIn) -> None:
    sign_in("Section editor")
    topic, story = TopicFactory.create(), make_story()

    saved = client.post(reverse("newsdesk_so_far:add"), form(topic, story=story.pk))

    assert saved.status_code == 302
    entry = SoFarEntry.objects.get()
    assert (entry.box.topic, entry.day, entry.story) == (topic, dt.date(2016, 10, 19), story)


def test_one_without_an_owner_and_a_version_without_a_record_are_refused(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    topic, story = TopicFactory.create(), make_story()

    refused = client.post(reverse("newsdesk_so_far:add"), form(None)).content.decode()
    assert "Choose a topic or a series, and not both." in refused
    refused = client.post(reverse("newsdesk_so_far:add"), form(topic, story=story.pk, version=7)).content.decode()
    assert "The record of this story has no such version." in refused
    assert not StorySoFar.objects.exists()


def test_what_is_ticked_among_the_proposals_is_added(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    topic = TopicFactory.create()
    wanted, _ = make_story(headline="Wanted", topics=[topic]), make_story(headline="Not wanted", topics=[topic])
    box, address = make_so_far(topic=topic), ""
    address = reverse("newsdesk_so_far_proposals", args=[box.pk])
    assert "Not wanted" in client.get(address).content.decode()

    client.post(address, {"entries": [f"{wanted.pk}.0", "999.0", "x"]})

    assert [entry.story for entry in SoFarEntry.objects.all()] == [wanted]
    assert client.get(reverse("newsdesk_so_far:edit", args=[box.pk])).status_code == 200


def test_topics_lead_to_their_story_so_far(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    topic = TopicFactory.create()
    address = reverse("newsdesk_topics:edit", args=[topic.pk])
    new = f"{reverse('newsdesk_so_far:add')}?topic={topic.pk}"
    assert new in client.get(address).content.decode()
    assert topic.name in client.get(new).content.decode()

    box = make_so_far(topic=topic)

    assert reverse("newsdesk_so_far:edit", args=[box.pk]) in client.get(address).content.decode()


def test_reporters_propose_nothing(client: Client, sign_in: SignIn) -> None:
    sign_in("Reporter")
    box = make_so_far(topic=TopicFactory.create())

    assert client.get(reverse("newsdesk_so_far_proposals", args=[box.pk])).status_code == 302


def test_an_editor_ticks_a_story(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    story = make_story(live=False, section=SectionFactory.create())
    story.save_revision()

    assert save(client, story, form_data(section=story.section_id, shows_so_far="on")) == {}

    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().shows_so_far is True
