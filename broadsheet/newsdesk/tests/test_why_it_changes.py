"""What the story's form asks about an update of something that readers have seen."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.models import Contributor
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.tests.filled_forms import form_data, save
from broadsheet.publishing.embargo.carry_out import Outcome, carry_out
from broadsheet.publishing.embargo.planned import planned_acts
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import PublishedVersion, Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
WHY = {"change_class", "change_note", "change_is_serious"}


@pytest.fixture
def author() -> Contributor:
    made: Contributor = ContributorFactory.create()
    return made


@pytest.fixture
def story(author: Contributor) -> Story:
    made = make_story(headline="Ferry returns", live=False, section=SectionFactory.create(), by=[author])
    publish_story(story=made, user=UserFactory.create())
    return made


@pytest.fixture
def whole(story: Story, author: Contributor) -> dict[str, Any]:
    """The form of the story, with a new headline and nothing said about why."""
    byline = story.bylines.get()
    data = form_data(contributor=author, section=story.section_id, title="Ferry returns late")
    return data | {"bylines-INITIAL_FORMS": "1", "bylines-0-id": str(byline.pk), "slug": story.slug}


def form_of(client: Client, story: Story, name: str = "edit", *more: int) -> Any:
    return client.get(reverse(f"wagtailadmin_pages:{name}", args=[story.pk, *more])).context["form"]


def last_version(story: Story) -> PublishedVersion:
    return PublishedVersion.objects.filter(object_id=story.pk).latest("number")


def test_a_first_publication_is_not_explained(client: Client, sign_in: SignIn, author: Contributor) -> None:
    sign_in("Editor")
    draft = make_story(headline="Ferry returns", live=False)
    draft.save_revision()

    assert not WHY & set(form_of(client, draft).fields)
    assert save(client, draft, form_data(contributor=author, section=SectionFactory.create().pk), publish=True) == {}


def test_the_kinds_of_change_stand_there_with_their_meanings(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")

    page = client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()

    assert "What readers are told" in page
    assert page.count('name="change_class"') == 5
    assert "The paper no longer stands by the story." in page


@pytest.mark.parametrize("button", ["action-publish", "action-submit"])
def test_an_update_is_not_sent_off_without_its_kind(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any], button: str
) -> None:
    sign_in("Editor")

    assert "choose one" in save(client, story, whole, button=button)["change_class"][0]
    assert Story.objects.get(pk=story.pk).title == "Ferry returns"


@pytest.mark.parametrize("kind", ["clarification", "correction", "retraction"])
def test_a_correction_is_not_published_without_a_note(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any], kind: str
) -> None:
    sign_in("Editor")

    wrong = save(client, story, whole | {"change_class": kind, "change_note": "  "}, publish=True)

    assert list(wrong) == ["change_note"]
    assert "what is right now" in wrong["change_note"][0]


def test_an_update_is_published_with_what_its_editor_said(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    editor = sign_in("Editor")
    said = {"change_class": "correction", "change_note": "It was Monday.", "change_is_serious": "on"}

    assert save(client, story, whole | said, publish=True) == {}

    version = last_version(story)
    assert (version.change_class, version.note, version.is_serious) == ("correction", "It was Monday.", True)
    assert version.by_id == editor.pk


def test_a_typo_is_not_set_at_the_head_of_the_story(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    sign_in("Editor")

    save(client, story, whole | {"change_class": "typo", "change_is_serious": "on"}, publish=True)

    assert not last_version(story).is_serious


def test_a_draft_is_saved_without_a_kind_and_keeps_it_until_published(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    sign_in("Editor")

    assert save(client, story, whole) == {}
    assert form_of(client, story).initial["change_class"] == ""
    assert save(client, story, whole | {"change_class": "update", "change_note": "Now with times."}) == {}
    assert form_of(client, story).initial["change_note"] == "Now with times."

    publish_story(story=story, user=UserFactory.create())
    assert (last_version(story).change_class, last_version(story).note) == ("update", "Now with times.")


def test_each_update_is_explained_anew(client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]) -> None:
    sign_in("Editor")
    save(client, story, whole | {"change_class": "update", "change_note": "Now with times."}, publish=True)

    initial = form_of(client, story).initial

    assert (initial["change_class"], initial["change_note"]) == ("", "")
    assert "change_class" in save(client, story, whole | {"title": "Ferry returns at last"}, publish=True)


def test_a_story_taken_off_the_site_is_explained_anew_when_it_returns(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    editor = sign_in("Editor")
    save(client, story, whole | {"change_class": "update"}, publish=True)
    unpublish_story(story=story, user=editor)

    assert form_of(client, story).initial["change_class"] == ""


def test_a_restored_version_does_not_bring_its_reason_back(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    sign_in("Editor")
    save(client, story, whole | {"change_class": "update"}, publish=True)
    save(client, story, whole | {"change_class": "typo", "title": "Ferry returns at last"}, publish=True)
    older = story.revisions.order_by("-pk")[1]

    form = form_of(client, story, "revisions_revert", older.pk)

    assert (form.initial["title"], form.initial["change_class"]) == ("Ferry returns late", "")


def test_the_reason_waits_with_a_scheduled_update(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    sign_in("Editor")
    tomorrow = timezone.localtime(clock.now() + dt.timedelta(days=1))
    schedule = {"go_live_at": tomorrow.strftime("%Y-%m-%d %H:%M")}

    assert "change_class" in save(client, story, whole | schedule, publish=True)
    said = {"change_class": "clarification", "change_note": "The day was unclear."}
    assert save(client, story, whole | schedule | said, publish=True) == {}

    with time_machine.travel(tomorrow + dt.timedelta(minutes=1), tick=False):
        (planned,) = planned_acts(until=clock.now())
        assert carry_out(planned=planned) is Outcome.DONE
    assert (last_version(story).change_class, last_version(story).note) == ("clarification", "The day was unclear.")


def test_the_reason_goes_through_approval(client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]) -> None:
    editor = sign_in("Editor")
    said = {"change_class": "correction", "change_note": "It was Monday."}
    assert save(client, story, whole | said, button="action-submit") == {}

    approve(story, editor)

    assert (last_version(story).change_class, last_version(story).note) == ("correction", "It was Monday.")


def approve(story: Story, editor: User) -> None:
    present = Story.objects.get(pk=story.pk)
    while present.current_workflow_task_state:
        present.current_workflow_task_state.approve(user=editor)
        present = Story.objects.get(pk=story.pk)


def test_a_moment_that_has_passed_is_refused(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    sign_in("Editor")
    yesterday = timezone.localtime(clock.now() - dt.timedelta(days=1))

    wrong = save(client, story, whole | {"go_live_at": yesterday.strftime("%Y-%m-%d %H:%M")})

    assert "still to come" in wrong["go_live_at"][0]


def test_readers_version_and_what_waits_are_told_apart(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    sign_in("Editor")
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    before = client.get(address).content.decode()
    save(client, story, whole)

    after = client.get(address).content.decode()

    assert "data-waiting-changes hidden" in before
    assert "data-waiting-changes >" in after
    assert reverse("newsdesk_what_will_change", args=[story.pk]) in after
    assert "Update now" in after
    assert "Publish</em>" not in after


def test_updates_are_not_published_by_the_dozen(
    client: Client, sign_in: SignIn, story: Story, whole: dict[str, Any]
) -> None:
    sign_in("Editor")
    save(client, story, whole)
    draft = make_story(headline="Never seen", live=False)
    draft.save_revision()

    publish_many(client, draft)
    answer = publish_many(client, draft, story)

    assert Story.objects.get(pk=draft.pk).live
    assert Story.objects.get(pk=story.pk).title == "Ferry returns"
    assert "say why it changes" in answer


def publish_many(client: Client, *stories: Story) -> str:
    address = reverse("wagtail_bulk_action", args=["pages", "basepage", "publish"])
    return client.post(f"{address}?{urlencode([('id', one.pk) for one in stories])}", follow=True).content.decode()
