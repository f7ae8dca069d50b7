"""Keeping topics: merging, changed addresses."""

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.kit import clock
from broadsheet.newsdesk.story_form import follow_merged_topics
from broadsheet.stories.bulk_load import StoryRecord, load_batch
from broadsheet.stories.shelves import month_page, today
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.keep_old_slug import keep_old_slug
from broadsheet.topics.merge_topics import merge_topics, plan_merge
from broadsheet.topics.models import Topic, TopicRedirect, TopicSynonym
from broadsheet.topics.move_stories import CannotMoveError
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boats():
    topic = TopicFactory.create(name="Boats", slug="boats")
    TopicSynonym.objects.create(topic=topic, name="Vessels")
    TopicSynonym.objects.create(topic=topic, name="FERRIES")
    return topic


@pytest.fixture
def ferries():
    return TopicFactory.create(name="Ferries", slug="ferries")


def topics_of(story) -> list[str]:
    return list(story.story_topics.values_list("topic__name", flat=True))


def test_merging_moves_stories_once_names_and_subtopics(boats, ferries):
    one = make_story(headline="One", topics=[boats])
    both = make_story(headline="Both", topics=[ferries, boats])
    child = TopicFactory.create(name="Barges", parent=boats)

    plan = plan_merge(merged=boats, into=ferries)
    done = merge_topics(merged=boats, into=ferries)

    assert plan == done
    assert (plan.stories, plan.already_there, plan.children, plan.addresses) == (2, 1, [child], ["boats"])
    assert set(plan.synonyms) == {"Boats", "Vessels"}
    assert topics_of(one) == topics_of(both) == ["Ferries"]
    assert set(ferries.synonyms.values_list("name", flat=True)) == {"Boats", "Vessels"}
    child.refresh_from_db()
    assert child.parent == ferries


def test_links_to_the_merged_topic_lead_to_the_other(client, boats, ferries):
    keep_old_slug(topic=boats, old_slug="ships")
    merge_topics(merged=TopicFactory.create(merged_into=None, slug="hulls"), into=boats)

    merge_topics(merged=boats, into=ferries)

    for slug in ("boats", "ships", "hulls"):
        assert client.get(f"/topic/{slug}/")["Location"] == "/topic/ferries/"


def test_a_topic_is_merged_into_its_own_subtopic_without_a_ring(boats):
    barges = TopicFactory.create(name="Barges", parent=boats)

    merge_topics(merged=boats, into=barges)

    barges.refresh_from_db()
    assert barges.parent is None


def test_a_topic_is_not_merged_into_itself_or_twice(boats, ferries):
    with pytest.raises(CannotMoveError):
        merge_topics(merged=boats, into=boats)
    merge_topics(merged=boats, into=ferries)
    with pytest.raises(CannotMoveError):
        merge_topics(merged=boats, into=ferries)


def test_a_kept_version_that_names_a_merged_topic_is_edited_under_the_other(boats, ferries):
    draft = make_story(live=False, topics=[boats, ferries])
    draft.save_revision()

    merge_topics(merged=boats, into=ferries)
    version = draft.get_latest_revision_as_object()
    follow_merged_topics(version)

    assert [row.topic for row in version.story_topics.all()] == [ferries]


def test_the_editor_reads_what_will_change_before_it_does(client: Client, sign_in, boats, ferries):
    sign_in("Editor")
    make_story(topics=[boats])
    address = reverse("newsdesk_merge_topic", args=[boats.pk])

    asked = client.post(address, {"into": ferries.pk})

    assert "1 story will stand under “Ferries”" in asked.content.decode()
    assert not Topic.objects.get(pk=boats.pk).merged_into
    assert client.post(address, {"into": ferries.pk, "confirmed": asked.context["token"]}).status_code == 302
    assert Topic.objects.get(pk=boats.pk).merged_into == ferries


def test_merging_is_for_editors(client: Client, sign_in, boats):
    address = reverse("newsdesk_merge_topic", args=[boats.pk])

    sign_in("Section editor")
    assert client.get(address).status_code == 302
    sign_in("Editor")
    assert client.get(address).status_code == 200


def test_a_changed_address_of_a_topic_keeps_the_old_one(client: Client, sign_in, ferries):
    sign_in("Editor")
    form = {"name": "Ferries", "kind": "subject", "slug": "ferry-boats", "description": "null"}
    formset = {f"{name}-{count}_FORMS": 0 for name in ("synonyms", "facts") for count in ("TOTAL", "INITIAL")}

    saved = client.post(reverse("newsdesk_topics:edit", args=[ferries.pk]), form | formset)

    assert saved.status_code == 302
    assert TopicRedirect.objects.get().old_slug == "ferries"
    assert client.get("/topic/ferries/")["Location"] == "/topic/ferry-boats/"


def test_merged_topics_are_out_of_the_list(client: Client, sign_in, boats, ferries):
    sign_in("Editor")
    merge_topics(merged=boats, into=ferries)

    listed = client.get(reverse("newsdesk_topics:list")).context["object_list"]

    assert [topic.name for topic in listed] == ["Ferries"]


def test_months_in_the_page_tree_are_always_paged(client: Client, sign_in):
    sign_in("Editor")
    month = month_page(today())
    load_batch([StoryRecord(f"Story {number}", f"story-{number}", clock.now(), body=[]) for number in range(60)])

    response = client.get(reverse("wagtailadmin_explore", args=[month.pk]), {"ordering": "ord"})

    assert response.context["ordering"] != "ord"
    assert len(response.context["object_list"]) == 50
