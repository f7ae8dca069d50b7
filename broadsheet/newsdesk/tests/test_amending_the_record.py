"""Taking back notes and words, from a story's record in the newsroom."""

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.publish_story import publish_story
from broadsheet.stories.models import RecordAmendment, Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    editor = UserFactory.create()
    made = make_story(headline="Ferry returns", live=False)
    publish_story(story=made, user=editor)
    draft = made.get_latest_revision_as_object()
    draft.title = "Ferry does not return"
    draft.save_revision()
    correct_story(story=made, user=editor, note="The ferry stays in dock.")
    return made


def address(name: str, story: Story, number: int) -> str:
    return reverse(f"newsdesk_{name}", args=[story.pk, number])


def test_an_editor_withdraws_a_note_and_the_record_says_so(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")
    record = reverse("newsdesk_story_record", args=[story.pk])
    assert address("withdraw_note", story, 2) in client.get(record).content.decode()

    client.post(address("withdraw_note", story, 2), {"reason": "It named the wrong ferry."})

    page = client.get(record).content.decode()
    assert "It named the wrong ferry." in page
    assert address("withdraw_note", story, 2) not in page


def test_only_words_that_readers_no_longer_see_may_be_withheld(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Editor")

    page = client.get(reverse("newsdesk_story_record", args=[story.pk])).content.decode()
    client.post(address("withhold_words", story, 1), {"reason": "A ruling."})
    refused = client.post(address("withhold_words", story, 2), {"reason": "A ruling."}, follow=True)

    assert address("withhold_words", story, 1) in page
    assert address("withhold_words", story, 2) not in page
    assert [amendment.version.number for amendment in RecordAmendment.objects.all()] == [1]
    assert "Change the story first" in refused.content.decode()


def test_a_reason_is_compulsory(client: Client, sign_in: SignIn, story: Story) -> None:
    sign_in("Publisher")

    response = client.post(address("withdraw_note", story, 2), {"reason": " "})

    assert "reason" in response.context["form"].errors
    assert not RecordAmendment.objects.exists()


@pytest.mark.parametrize("role", ["Reporter", "Section editor", "Moderator"])
def test_others_take_nothing_back(client: Client, sign_in: SignIn, story: Story, role: str) -> None:
    sign_in(role)

    client.post(address("withdraw_note", story, 2), {"reason": "I do not like it."})

    assert not RecordAmendment.objects.exists()
