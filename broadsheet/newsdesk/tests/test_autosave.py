"""What the server knows of forms that are open in browsers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.newsdesk.tests.filled_forms import form_data, save
from broadsheet.publishing.publish_story import publish_story
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
THIS_FORM, ANOTHER_FORM = "m2x8k1-this0form", "m2x8k1-another0form"


@pytest.fixture
def draft() -> Story:
    story = make_story(headline="Ferry returns", live=False)
    story.save_revision()
    return story


def open_form(client: Client, story: Story) -> dict[str, str]:
    """Return what a form just opened knows of the newest version."""
    context = client.get(address(story)).context
    return {
        "loaded_revision_id": str(context["page"].latest_revision_id),
        "loaded_revision_created_at": context["loaded_revision_created_at"],
    }


def autosave(client: Client, story: Story, *, form: str, **fields: str) -> dict[str, Any]:
    data = form_data() | fields | {"typing_id": form}
    answer: dict[str, Any] = client.post(address(story), data, headers={"Accept": "application/json"}).json()
    return answer


def address(story: Story) -> str:
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def newest(story: Story) -> Story:
    version: Story = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    return version


def test_a_form_whose_answer_was_lost_goes_on_with_its_own_version(
    client: Client, sign_in: SignIn, draft: Story
) -> None:
    sign_in("Editor")
    opened = open_form(client, draft)
    lost = autosave(client, draft, form=THIS_FORM, title="Ferry ret", **opened)

    answer = autosave(client, draft, form=THIS_FORM, title="Ferry returns late", **opened)

    assert answer["revision_id"] == lost["revision_id"]
    assert newest(draft).title == "Ferry returns late"


def test_the_same_person_in_another_tab_is_told_of_the_newer_version(
    client: Client, sign_in: SignIn, draft: Story
) -> None:
    sign_in("Editor")
    opened = open_form(client, draft)
    autosave(client, draft, form=THIS_FORM, title="Here", **opened)

    answer = autosave(client, draft, form=ANOTHER_FORM, title="There", **opened)

    assert answer["error_code"] == "invalid_revision"
    assert newest(draft).title == "Here"


def test_a_form_left_open_does_not_write_over_a_version_that_was_published(
    client: Client, sign_in: SignIn, draft: Story
) -> None:
    editor = sign_in("Editor")
    saved = autosave(client, draft, form=THIS_FORM, title="Published", **open_form(client, draft))
    publish_story(story=draft, user=editor)
    left_open = {"overwrite_revision_id": str(saved["revision_id"])}

    answer = autosave(client, draft, form=THIS_FORM, title="Typed afterwards", **left_open)

    assert answer["revision_id"] != saved["revision_id"]
    assert draft.revisions.get(pk=saved["revision_id"]).as_object().title == "Published"
    assert newest(draft).title == "Typed afterwards"


def test_the_next_page_tells_which_forms_arrived(client: Client, sign_in: SignIn, draft: Story) -> None:
    sign_in("Editor")

    save(client, draft, form_data(typing_id=THIS_FORM))
    save(client, draft, form_data(typing_id="<script>"))

    page = client.get(address(draft)).content.decode()
    assert f'["{THIS_FORM}"]</script>' in page
