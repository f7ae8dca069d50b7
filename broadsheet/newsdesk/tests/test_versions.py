"""Comparing any two versions of a story, and bringing one back as a draft."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.versions.restore_version import WaitsForItsMomentError, restore_version
from broadsheet.newsdesk.versions.selectors import versions_of
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.publishing.update_story import update_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.models import ChangeClass, Story, TakedownGround
from broadsheet.stories.recorded_content import recorded_content
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    user: User = UserFactory.create()
    return user


@pytest.fixture
def story(editor: User) -> Story:
    """A story published twice, with a draft beside it: v1, v2, and a newest version that waits."""
    made = make_story(
        headline="Ferry returns on Monday",
        live=False,
        section=SectionFactory.create(),
        by=[ContributorFactory.create(name="Marit Soleng")],
        topics=[TopicFactory.create(name="Eastmere")],
        body=[("paragraph", "<p>The white ferry came in at dawn.</p>"), ("heading", {"text": "On board"})],
    )
    publish_story(story=made, user=editor)
    redraft(made, title="Ferry returns on Tuesday")
    update_story(story=made, user=editor, change_class=ChangeClass.CORRECTION, note="It was Tuesday.")
    redraft(made, standfirst="With mail and bread.", title="Ferry returns on Wednesday")
    return Story.objects.get(pk=made.pk)


def redraft(story: Story, **fields: object) -> Revision:
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    saved: Revision = draft.save_revision()
    return saved


def page(client: Client, name: str, story: Story, *more: str, **query: str) -> str:
    response = client.get(reverse(name, args=[story.pk, *more]), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_what_will_change_stands_word_by_word(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")

    html = page(client, "newsdesk_what_will_change", story)

    assert "<del>" in html
    assert "removed:" in html
    assert "Tuesday<span" in html
    assert "Wednesday<span" in html
    assert "With mail and bread." in html
    assert "came in at dawn" not in html


def test_a_scheduled_version_is_what_will_change(client: Client, sign_in: SignIn, story: Story, editor: User) -> None:
    sign_in("Editor")
    schedule_story(story=story, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))
    redraft(story, standfirst="A thought too late.")

    html = page(client, "newsdesk_what_will_change", story)

    assert "Wednesday" in html
    assert "too late" not in html


def test_drafts_and_published_versions_stand_in_one_list(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")
    newest = story.latest_revision_id

    rows = versions_of(story)

    assert [row.name for row in rows if row.name.startswith("v")] == ["v2", "v1"]
    assert rows[0].name == f"r{newest}"
    assert [row.name for row in rows if row.is_public] == ["v2"]
    html = page(client, "newsdesk_versions", story)
    assert "It was Tuesday." in html
    assert html.count('name="old"') == html.count('name="new"') == len(rows)


@pytest.mark.parametrize(("old", "new"), [("v1", "v2"), ("v1", "newest"), ("live", "v1")])
def test_any_two_versions_are_compared(client: Client, sign_in: SignIn, story: Story, old: str, new: str) -> None:
    sign_in("Editor")

    html = page(client, "newsdesk_compare", story, old=old, new=new)

    assert "<ins>" in html
    assert "Monday" in html


def test_the_newsrooms_own_history_compares_every_kind_of_field(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")
    redraft(
        story,
        body=[("paragraph", "<p>The white ferry came in at noon.</p>"), ("quote", {"text": "<p>At last.</p>"})],
        bylines=[Byline(contributor=ContributorFactory.create(name="Ida Storm"))],
        story_topics=[StoryTopic(topic=TopicFactory.create(name="Harbour Board"))],
    )

    html = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[story.pk, "live", "latest"]))

    for words in ("noon", "At last.", "Ida Storm", "Harbour Board", "Wednesday"):
        assert words in html.content.decode()


def test_versions_that_do_not_exist_are_not_found(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")

    for name in ("v9", "r999999", "x1", "r1;drop", ""):
        response = client.get(reverse("newsdesk_compare", args=[story.pk]), {"old": name, "new": "newest"})
        assert response.status_code == 404


def test_restoring_shows_what_it_does_and_makes_a_draft(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")
    address = reverse("newsdesk_restore_version", args=[story.pk, "v1"])

    assert "Monday" in client.get(address).content.decode()
    assert Story.objects.get(pk=story.pk).get_latest_revision_as_object().title == "Ferry returns on Wednesday"
    response = client.post(address)

    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[story.pk])
    restored = Story.objects.get(pk=story.pk)
    assert restored.title == "Ferry returns on Tuesday"
    assert restored.has_unpublished_changes
    draft = restored.get_latest_revision_as_object()
    assert (draft.title, draft.change_class, draft.change_note) == ("Ferry returns on Monday", "", "")


def test_a_version_whose_draft_was_purged_comes_back_whole_from_the_record(story: Story, editor: User) -> None:
    first = recorded_content(story.revisions.order_by("pk").first().as_object())
    redraft(story, body=[], story_topics=[StoryTopic(topic=TopicFactory.create())])
    story.revisions.exclude(pk=Story.objects.get(pk=story.pk).latest_revision_id).delete()

    restore_version(story=story, user=editor, name="v1")

    restored = recorded_content(Story.objects.get(pk=story.pk).get_latest_revision_as_object())
    assert {**restored, "first_published_at": None} == {**first, "first_published_at": None}


def test_nothing_is_restored_beside_a_schedule(story: Story, editor: User) -> None:
    schedule_story(story=story, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))

    with pytest.raises(WaitsForItsMomentError):
        restore_version(story=story, user=editor, name="v1")


@pytest.mark.parametrize("name", ["newsdesk_versions", "newsdesk_compare", "newsdesk_what_will_change"])
def test_versions_are_for_those_who_edit_the_story(client: Client, sign_in: SignIn, story: Story, name: str) -> None:
    sign_in("Reporter")

    assert client.get(reverse(name, args=[story.pk])).status_code == 302


def test_a_section_editor_compares_the_stories_of_the_section(client: Client, sign_in: SignIn, story: Story) -> None:
    user = sign_in("Section editor")
    assert client.get(reverse("newsdesk_versions", args=[story.pk])).status_code == 302

    story.section.editors.add(user)

    assert "v1" in page(client, "newsdesk_versions", story)


def test_a_story_taken_down_shows_no_versions(client: Client, sign_in: SignIn, story: Story, editor: User) -> None:
    sign_in("Editor")
    take_down_story(story=story, user=editor, ground=TakedownGround.LEGAL, sentence="Gone.", reason="A ruling.")

    assert client.get(reverse("newsdesk_versions", args=[story.pk])).status_code == 302
