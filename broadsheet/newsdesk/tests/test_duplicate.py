"""A copy of a story to write another from."""

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import Comment

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.duplicate_story import duplicate_story
from broadsheet.newsdesk.models import StoryAssignment, StoryNote
from broadsheet.newsdesk.tests.in_work import at_the_desk, draft, person
from broadsheet.newsdesk.workflow.add_note import add_note
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.stories.models import PublishedVersion, Story
from broadsheet.stories.shelves import month_page, today
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
OLD = dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)


def test_a_copy_is_a_draft_of_the_newest_text_on_this_months_shelf():
    marit, ferries, editor = ContributorFactory.create(), TopicFactory.create(), person("Editor")
    story = make_story(headline="Ferry returns", published_at=OLD, by=[marit], topics=[ferries])
    story.standfirst = "Newer words."
    story.save_revision()

    copy = duplicate_story(story=Story.objects.get(pk=story.pk), by=editor)

    found = Story.objects.get(pk=copy.pk)
    assert (found.title, found.standfirst, found.slug) == ("Ferry returns", "Newer words.", "ferry-returns-2")
    assert found.get_parent().pk == month_page(today()).pk
    assert (found.live, found.owner, found.first_published_at) == (False, editor, None)
    assert [byline.contributor for byline in found.bylines.all()] == [marit]
    assert [row.topic for row in found.story_topics.all()] == [ferries]
    assert found.get_latest_revision_as_object().standfirst == "Newer words."


def test_a_copy_has_nothing_of_the_storys_history():
    editor = person("Editor")
    story = at_the_desk(
        go_live_at=clock.now() + dt.timedelta(days=1),
        change_class="correction",
        change_note="It was the Tuesday ferry.",
        change_is_serious=True,
        locked=True,
        locked_by=editor,
        locked_at=clock.now(),
    )
    Comment.objects.create(page=story, user=editor, text="Sure?", contentpath="title")
    add_note(story=story, by=editor, text="Call them.")
    assign_story(story=story, assignee=editor, due_at=clock.now(), by=editor)

    copy = Story.objects.get(pk=duplicate_story(story=story, by=editor).pk)

    newest = copy.get_latest_revision_as_object()
    for version in (copy, newest):
        assert (version.go_live_at, version.change_class, version.change_note) == (None, "", "")
        assert (version.change_is_serious, version.locked, version.locked_by) == (False, False, None)
    assert copy.revisions.count() == 1
    assert copy.current_workflow_state is None
    assert not Comment.objects.filter(page=copy).exists()
    assert not StoryNote.objects.filter(story=copy.pk).exists()
    assert not StoryAssignment.objects.filter(story=copy.pk).exists()
    assert not PublishedVersion.objects.filter(object_id=copy.pk).exists()


def test_copies_of_one_story_have_addresses_of_their_own():
    editor = person("Editor")
    story = draft("Ferry")

    assert [duplicate_story(story=story, by=editor).slug for _ in range(3)] == ["ferry-2", "ferry-3", "ferry-4"]


def test_who_may_edit_a_story_and_begin_one_duplicates_it(client, sign_in):
    able = set()
    for role in ("Reporter", "Photographer", "Section editor", "Copy editor", "Editor", "Moderator", "Publisher"):
        sign_in(role)
        story = draft(f"Theirs {role}")
        client.post(reverse("newsdesk_duplicate_story", args=[story.pk]))
        if Story.objects.filter(title=story.title).count() == 2:
            able.add(role)

    assert able == {"Editor", "Publisher"}


def test_a_reporter_duplicates_their_own_and_is_led_to_the_copy(client, sign_in):
    reporter = sign_in("Reporter")
    story = draft("Mine", owner=reporter)

    answer = client.post(reverse("newsdesk_duplicate_story", args=[story.pk]))

    copy = Story.objects.get(slug="mine-2")
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
