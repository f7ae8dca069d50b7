"""Merging, splitting, renaming and undoing: what is shown before, what happens, and what can be taken back."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.models import Change
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.topics import topic_view
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.update_story import update_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.attachments import StoryTopic
from broadsheet.stories.models import ChangeClass, Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.go_on_moving import go_on_moving
from broadsheet.topics.merge_topics import merge_topics
from broadsheet.topics.models import MoveKind, MoveState, RefiledStory, Topic, TopicMove, TopicRedirect, TopicSynonym
from broadsheet.topics.move_stories import CannotMoveError, begin_move
from broadsheet.topics.selection import Selection, rows_under
from broadsheet.topics.split_topic import plan_split, split_topic
from broadsheet.topics.tests.factories import TopicFactory
from broadsheet.topics.undo_move import undo_move

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)


@pytest.fixture
def boats() -> Topic:
    return TopicFactory.create(name="Boats", slug="boats")


@pytest.fixture
def ferries() -> Topic:
    return TopicFactory.create(name="Ferries", slug="ferries")


def published(*topics: Topic, headline: str = "A story") -> Story:
    story = make_story(headline=headline, live=False, topics=topics)
    story.save_revision()
    publish_story(story=story, user=UserFactory.create())
    return Story.objects.get(pk=story.pk)


def refile(story: Story, *topics: Topic) -> set[str]:
    """Publish the story under other topics; return the keys that were logged for it."""
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.story_topics = [StoryTopic(topic=topic) for topic in topics]
    draft.save_revision()
    update_story(story=story, user=UserFactory.create(), change_class=ChangeClass.UPDATE)
    return set(Change.objects.latest("seq").keys)


def stories_of(topic: Topic) -> list[int]:
    return sorted(topic.story_topics.values_list("story", flat=True))


def confirmed(client: Client, address: str, data: dict[str, Any]) -> Any:
    """Look at what will change, then confirm it."""
    asked = client.get(address, data | {"look": "1"})
    assert asked.status_code == 200, asked
    return client.post(address, data | {"confirmed": asked.context["token"]})


# What followers are told


def test_publishing_a_moved_story_touches_the_list_in_which_it_stood_in_the_end(boats: Topic, ferries: Topic) -> None:
    story = published(boats)
    merge_topics(merged=boats, into=ferries)

    assert f"l:topic:{ferries.pk}" in refile(story)
    assert not RefiledStory.objects.filter(is_recorded=False).exists()


def test_a_story_that_comes_back_to_a_topic_it_was_split_from_is_new_there(boats: Topic, ferries: Topic) -> None:
    story = published(boats)
    split_topic(source=boats, target=ferries, selection=Selection(story_ids=(story.pk,)))

    assert {f"l:topic:{boats.pk}", f"l:topic:{ferries.pk}"} <= refile(story, boats)


def test_a_story_moved_twice_is_told_of_where_it_stands(boats: Topic, ferries: Topic) -> None:
    story, hulls = published(boats), TopicFactory.create()
    merge_topics(merged=boats, into=ferries)
    split_topic(source=ferries, target=hulls, selection=Selection(story_ids=(story.pk,)))

    touched = refile(story)

    assert f"l:topic:{hulls.pk}" in touched
    assert f"l:topic:{ferries.pk}" not in touched


def test_a_split_touches_what_shows_the_moved_stories_topics_and_no_other_story(boats: Topic, ferries: Topic) -> None:
    beside = TopicFactory.create()
    moved, staying = published(boats, beside), published(boats, headline="Another")
    before = Change.objects.latest("seq").seq

    split_topic(source=boats, target=ferries, selection=Selection(story_ids=(moved.pk,)))

    touched = {key for change in Change.objects.filter(seq__gt=before) for key in change.keys}
    assert {f"a:{moved.pk}", f"l:topic:{boats.pk}", f"l:topic:{ferries.pk}", f"l:company:{beside.pk}"} <= touched
    assert not touched & {f"a:{staying.pk}", f"t:{boats.pk}"}


# Kept versions


def begin_draft(story: Story) -> None:
    """Leave a version behind that nobody has published yet."""
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.standfirst += "."
    draft.save_revision()


def publish_draft(story: Story) -> None:
    update_story(story=story, user=UserFactory.create(), change_class=ChangeClass.UPDATE)


def test_a_draft_from_before_a_split_leaves_the_story_where_it_was_put(boats: Topic, ferries: Topic) -> None:
    story = published(boats)
    begin_draft(story)
    split_topic(source=boats, target=ferries, selection=Selection(story_ids=(story.pk,)))

    publish_draft(story)

    assert (stories_of(boats), stories_of(ferries)) == ([], [story.pk])


def test_who_files_a_story_again_as_it_was_is_not_contradicted(boats: Topic, ferries: Topic) -> None:
    story = published(boats)
    split_topic(source=boats, target=ferries, selection=Selection(story_ids=(story.pk,)))
    refile(story, boats)
    begin_draft(story)

    publish_draft(story)

    assert stories_of(boats) == [story.pk]


def test_a_draft_from_before_a_merge_was_undone_leaves_the_story_where_it_went_back(
    boats: Topic, ferries: Topic
) -> None:
    moved, both = published(boats), published(ferries, boats, headline="Another")
    merge_topics(merged=boats, into=ferries)
    for story in (moved, both):
        begin_draft(story)
    undo_move(move=TopicMove.objects.get())

    for story in (moved, both):
        publish_draft(story)

    assert (stories_of(boats), stories_of(ferries)) == ([moved.pk, both.pk], [both.pk])


def test_a_draft_that_alone_names_a_merged_topic_is_published_under_the_other(boats: Topic, ferries: Topic) -> None:
    story = published(TopicFactory.create())
    draft = story.get_latest_revision_as_object()
    draft.story_topics = [StoryTopic(topic=boats), StoryTopic(topic=ferries)]
    draft.save_revision()
    merge_topics(merged=boats, into=ferries)

    publish_draft(story)

    assert (stories_of(boats), stories_of(ferries)) == ([], [story.pk])


# Which stories


def test_stories_are_chosen_by_words_section_and_dates(boats: Topic) -> None:
    city = SectionFactory.create()
    found = make_story(headline="Élection of a captain", topics=[boats], section=city, published_at=NOON)
    make_story(headline="Élection of a captain", slug="b", topics=[boats], published_at=NOON)
    make_story(headline="A captain", topics=[boats], section=city, published_at=NOON)
    make_story(
        headline="Élection of a captain", slug="d", topics=[boats], section=city, published_at=NOON.replace(day=21)
    )
    asked = Selection(
        words="élection CAPTAIN", section_id=city.pk, since=dt.date(2016, 10, 19), until=dt.date(2016, 10, 20)
    )

    assert [row.story_id for row in rows_under(boats, asked)] == [found.pk]
    assert Selection.from_data(asked.as_data()) == asked


def test_words_are_no_pattern(boats: Topic) -> None:
    make_story(headline="Anything", topics=[boats])

    assert not rows_under(boats, Selection(words=".*")).exists()


def test_a_split_of_everything_or_nothing_is_refused(boats: Topic, ferries: Topic) -> None:
    make_story(topics=[boats])

    for selection in (Selection(), Selection(words="nowhere")):
        with pytest.raises(CannotMoveError):
            plan_split(source=boats, target=ferries, selection=selection)


def test_a_story_under_both_stands_once(boats: Topic, ferries: Topic) -> None:
    both = make_story(topics=[ferries, boats])

    split_topic(source=boats, target=ferries, selection=Selection(story_ids=(both.pk,)))

    assert [row.topic_id for row in both.story_topics.all()] == [ferries.pk]


def test_a_story_that_names_a_topic_twice_is_one(boats: Topic, ferries: Topic) -> None:
    make_story(topics=[boats, boats])
    make_story(headline="Another", topics=[boats, boats, ferries])

    plan = merge_topics(merged=boats, into=ferries)

    move = TopicMove.objects.get()
    assert (plan.stories, plan.already_there, move.total, move.moved) == (2, 1, 2, 2)
    assert stories_of(ferries) == sorted(set(stories_of(ferries)))


# Batches


def test_a_big_topic_is_moved_in_batches_and_with_it_what_is_filed_meanwhile(boats: Topic, ferries: Topic) -> None:
    stories = [make_story(headline=f"Story {number}", topics=[boats]) for number in range(5)]
    move = begin_move(kind=MoveKind.MERGE, source=boats, target=ferries)

    go_on_moving(move_id=move.pk, at_once=2)
    assert (len(stories_of(ferries)), Topic.objects.get(pk=boats.pk).merged_into) == (2, None)
    stories.append(make_story(headline="Meanwhile", topics=[boats]))
    while go_on_moving(move_id=move.pk, at_once=2).is_under_way:
        pass

    assert stories_of(ferries) == [story.pk for story in stories]
    assert Topic.objects.get(pk=boats.pk).merged_into == ferries


def test_what_is_being_moved_is_not_moved_elsewhere(boats: Topic, ferries: Topic) -> None:
    begin_move(kind=MoveKind.MERGE, source=boats, target=ferries)

    with pytest.raises(CannotMoveError, match="still being moved"):
        merge_topics(merged=ferries, into=TopicFactory.create())


def test_nothing_is_undone_into_a_move_that_is_under_way(boats: Topic, ferries: Topic) -> None:
    make_story(topics=[boats])
    merge_topics(merged=boats, into=ferries)
    done = TopicMove.objects.get()
    begin_move(kind=MoveKind.MERGE, source=ferries, target=TopicFactory.create())

    with pytest.raises(CannotMoveError, match="still being moved"):
        undo_move(move=done)


def test_a_move_begins_with_what_the_topics_are_now(boats: Topic, ferries: Topic) -> None:
    seen = Topic.objects.get(pk=boats.pk)
    merge_topics(merged=boats, into=ferries)
    stale = TopicMove.objects.get()
    undo_move(move=TopicMove.objects.get())

    with pytest.raises(CannotMoveError, match="Only what is done"):
        undo_move(move=stale)
    merge_topics(merged=Topic.objects.get(pk=boats.pk), into=ferries)
    with pytest.raises(CannotMoveError, match="merged already"):
        begin_move(kind=MoveKind.MERGE, source=seen, target=TopicFactory.create())


def test_a_topic_is_merged_into_a_part_of_a_part_of_it_and_back(boats: Topic, ferries: Topic) -> None:
    world = TopicFactory.create()
    Topic.objects.filter(pk=boats.pk).update(parent=world)
    ships = TopicFactory.create(parent=boats)
    Topic.objects.filter(pk=ferries.pk).update(parent=ships)

    merge_topics(merged=Topic.objects.get(pk=boats.pk), into=Topic.objects.get(pk=ferries.pk))
    ferries.refresh_from_db(), ships.refresh_from_db()
    assert (ferries.parent, ships.parent) == (world, ferries)
    undo_move(move=TopicMove.objects.get())

    for topic in (boats, ferries, ships):
        topic.refresh_from_db()
    assert (boats.parent, ships.parent, ferries.parent) == (world, boats, ships)


def test_who_finds_topics_by_name_hears_of_names_that_went_over(boats: Topic, ferries: Topic) -> None:
    both = {f"n:{boats.pk}", f"n:{ferries.pk}"}
    before = Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0

    merge_topics(merged=boats, into=ferries)
    merged = Change.objects.latest("seq").seq
    undo_move(move=TopicMove.objects.get())

    for first, last in ((before, merged), (merged, Change.objects.latest("seq").seq)):
        assert both <= {key for one in Change.objects.filter(seq__gt=first, seq__lte=last) for key in one.keys}


def test_the_newsroom_goes_on_with_a_big_move_page_by_page(
    client: Client, sign_in: SignIn, boats: Topic, ferries: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in("Editor")
    make_story(topics=[boats])
    monkeypatch.setattr(topic_view, "AT_ONCE", 0)

    answer = confirmed(client, reverse("newsdesk_merge_topic", args=[boats.pk]), {"into": ferries.pk})
    move = TopicMove.objects.get()
    shown = client.get(answer["Location"]).content.decode()
    assert "0 of 1 stories are dealt with." in shown
    client.post(reverse("newsdesk_topic_move_on", args=[move.pk]))

    assert TopicMove.objects.get().state == MoveState.DONE


# Undoing


def test_a_merge_is_undone(client: Client, boats: Topic, ferries: Topic) -> None:
    parent, part, earlier = TopicFactory.create(), TopicFactory.create(parent=boats), TopicFactory.create()
    boats.parent = parent
    boats.save()
    TopicSynonym.objects.create(topic=boats, name="Vessels")
    TopicRedirect.objects.create(topic=boats, old_slug="ships")
    merge_topics(merged=earlier, into=boats)
    one, both = make_story(headline="One", topics=[boats]), make_story(headline="Both", topics=[ferries, boats])
    merge_topics(merged=boats, into=ferries)

    undo_move(move=TopicMove.objects.get(source=boats))

    boats.refresh_from_db(), part.refresh_from_db(), earlier.refresh_from_db()
    assert (boats.merged_into, boats.parent, part.parent, earlier.merged_into) == (None, parent, boats, boats)
    assert (stories_of(boats), stories_of(ferries)) == ([one.pk, both.pk], [both.pk])
    assert set(boats.synonyms.values_list("name", flat=True)) >= {"Vessels"}
    assert not ferries.synonyms.exists()
    assert client.get("/topic/ships/")["Location"] == "/topic/boats/"
    assert TopicMove.objects.get(source=boats).state == MoveState.UNDONE


def test_a_story_comes_back_as_the_last_of_its_topics(boats: Topic, ferries: Topic) -> None:
    other = TopicFactory.create()
    story = make_story(topics=[ferries, boats, other])
    for place, row in enumerate(story.story_topics.order_by("pk")):
        StoryTopic.objects.filter(pk=row.pk).update(sort_order=place)
    merge_topics(merged=boats, into=ferries)

    undo_move(move=TopicMove.objects.get())

    assert [row.topic for row in Story.objects.get(pk=story.pk).story_topics.all()] == [ferries, other, boats]


def test_undoing_leaves_alone_what_was_filed_otherwise_since(boats: Topic, ferries: Topic) -> None:
    moved, refiled = published(boats), published(boats, headline="Another")
    split_topic(source=boats, target=ferries, selection=Selection(story_ids=(moved.pk, refiled.pk)))
    refile(refiled, TopicFactory.create())

    undo_move(move=TopicMove.objects.get())

    assert (stories_of(boats), stories_of(ferries)) == ([moved.pk], [])
    assert f"l:topic:{boats.pk}" in refile(moved)


def test_what_was_merged_on_since_is_not_undone(boats: Topic, ferries: Topic) -> None:
    merge_topics(merged=boats, into=ferries)
    merge_topics(merged=ferries, into=TopicFactory.create())

    with pytest.raises(CannotMoveError, match="merged since"):
        undo_move(move=TopicMove.objects.get(source=boats))


def test_an_editor_undoes_in_the_newsroom(client: Client, sign_in: SignIn, boats: Topic, ferries: Topic) -> None:
    sign_in("Editor")
    story = make_story(topics=[boats])
    merge_topics(merged=boats, into=ferries)
    move = TopicMove.objects.get()
    assert "Undo" in client.get(reverse("newsdesk_topic_move", args=[move.pk])).content.decode()

    client.post(reverse("newsdesk_topic_move_undo", args=[move.pk]))

    assert stories_of(boats) == [story.pk]
    assert ModelLogEntry.objects.filter(action="broadsheet.topic_undo", object_id=str(boats.pk)).exists()
    assert "Undone" in client.get(reverse("newsdesk_topic_moves")).content.decode()


# The newsroom's pages


def test_the_editor_sees_what_goes_to_a_new_topic_before_it_does(client: Client, sign_in: SignIn, boats: Topic) -> None:
    user = sign_in("Editor")
    moved, staying = make_story(headline="Barge race", topics=[boats]), make_story(headline="Other", topics=[boats])
    data = {"words": "barge", "new_name": "Barges", "is_part": "on"}
    address = reverse("newsdesk_split_topic", args=[boats.pk])

    asked = client.get(address, data | {"look": "1"}).content.decode()
    assert "1 story goes." in asked
    assert "Barge race" in asked
    assert not Topic.objects.filter(name="Barges").exists()
    assert confirmed(client, address, data).status_code == 302

    barges = Topic.objects.get(slug="barges")
    assert (barges.parent, stories_of(barges), stories_of(boats)) == (boats, [moved.pk], [staying.pk])
    move = TopicMove.objects.get()
    assert (move.by_id, move.state) == (user.pk, MoveState.DONE)
    entry = ModelLogEntry.objects.get(action="broadsheet.topic_split")
    assert (entry.user, entry.data) == (user, {"to": "Barges", "stories": 1})


def test_ticked_stories_go(client: Client, sign_in: SignIn, boats: Topic, ferries: Topic) -> None:
    sign_in("Editor")
    ticked, _ = make_story(headline="Ticked", topics=[boats]), make_story(headline="Not", topics=[boats])
    address = reverse("newsdesk_split_topic", args=[boats.pk])

    confirmed(client, address, {"stories": [ticked.pk], "target": ferries.pk})

    assert stories_of(ferries) == [ticked.pk]


def test_a_plan_that_has_become_another_is_shown_again(
    client: Client, sign_in: SignIn, boats: Topic, ferries: Topic
) -> None:
    sign_in("Editor")
    address, data = reverse("newsdesk_merge_topic", args=[boats.pk]), {"into": ferries.pk}
    asked = client.get(address, data | {"look": "1"})
    make_story(topics=[boats])

    again = client.post(address, data | {"confirmed": asked.context["token"]})

    assert "Something has changed since you looked." in again.content.decode()
    assert not Topic.objects.get(pk=boats.pk).merged_into


def test_what_is_confirmed_is_what_was_looked_at(client: Client, sign_in: SignIn, boats: Topic, ferries: Topic) -> None:
    sign_in("Editor")
    address, other = reverse("newsdesk_merge_topic", args=[boats.pk]), TopicFactory.create()
    asked = client.get(address, {"into": ferries.pk, "look": "1"})

    again = client.post(address, {"into": other.pk, "confirmed": asked.context["token"]})

    assert "Something has changed since you looked." in again.content.decode()
    assert not TopicMove.objects.exists()


def test_a_look_takes_no_turn_to_write_and_goes_through_the_stories_once(
    client: Client, sign_in: SignIn, boats: Topic, ferries: Topic
) -> None:
    sign_in("Editor")
    make_story(headline="Barge race", topics=[boats])
    make_story(headline="Other", topics=[boats])
    address = reverse("newsdesk_split_topic", args=[boats.pk])
    assert '<form method="get"' in client.get(address).content.decode()

    with CaptureQueriesContext(connection) as queries:
        asked = client.get(address, {"words": "barge", "target": ferries.pk, "look": "1"})

    looked = [query["sql"] for query in queries if "standfirst" in query["sql"] and "WHERE" in query["sql"]]
    assert "1 story goes." in asked.content.decode()
    assert len([sql for sql in looked if re.search(r"REGEXP|~\*", sql)]) == 1
    assert '<form method="post"' in asked.content.decode()


def test_a_slug_that_another_topic_has_or_had_is_refused(
    client: Client, sign_in: SignIn, boats: Topic, ferries: Topic
) -> None:
    sign_in("Editor")
    TopicRedirect.objects.create(topic=ferries, old_slug="ferry")
    make_story(topics=[boats])

    for slug in ("ferries", "ferry"):
        address = reverse("newsdesk_rename_topic", args=[boats.pk])
        renamed = client.post(address, {"name": "Vessels", "slug": slug})
        split = client.post(
            reverse("newsdesk_split_topic", args=[boats.pk]), {"words": "ferry", "new_name": "New", "new_slug": slug}
        )
        assert renamed.context["form"].errors["slug"]
        assert split.context["form"].errors["new_slug"]


def test_renaming_says_what_will_change_and_keeps_name_and_address(
    client: Client, sign_in: SignIn, boats: Topic
) -> None:
    sign_in("Editor")
    make_story(topics=[boats])
    address, data = (
        reverse("newsdesk_rename_topic", args=[boats.pk]),
        {"name": "Ships", "slug": "ships", "keep_name": "on"},
    )

    asked = client.get(address, data | {"look": "1"}).content.decode()
    assert "1 story shows the new name." in asked
    confirmed(client, address, data)

    assert list(Topic.objects.get(slug="ships").synonyms.values_list("name", flat=True)) == ["Boats"]
    assert client.get("/topic/boats/")["Location"] == "/topic/ships/"
    assert ModelLogEntry.objects.get(action="broadsheet.topic_rename").data["from"] == "Boats"


@pytest.mark.parametrize("act", ["merge", "split", "rename"])
def test_greater_changes_are_for_editors(client: Client, sign_in: SignIn, boats: Topic, act: str) -> None:
    address = reverse(f"newsdesk_{act}_topic", args=[boats.pk])

    sign_in("Section editor")
    assert client.get(address).status_code == 302
    assert client.get(reverse("newsdesk_topic_moves")).status_code == 302
    sign_in("Editor")
    assert client.get(address).status_code == 200
