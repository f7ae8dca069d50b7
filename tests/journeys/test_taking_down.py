"""An editor takes a story down: readers are told so at once, a publisher finds it in the audit and puts it back."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.kit import clock
from broadsheet.pages.count_missed_addresses import count_missed_addresses
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.publish_story import publish_story
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import PHONE_WIDTH, OpenPage, Reader, axe_findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCE = "This story has been taken down to protect a person."


def person(role: str) -> User:
    user: User = UserFactory.create(first_name=role, last_name="Storm")
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def editor(transactional_db: None) -> User:
    return person("Editor")


@pytest.fixture
def story(editor: User) -> Story:
    body = [{"type": "paragraph", "value": "<p>His name is Odd Berg.</p>", "id": "1"}]
    made = make_story(headline="The harbour master", live=False, body=body)
    publish_story(story=made, user=editor)
    draft = made.get_latest_revision_as_object()
    draft.title = "The former harbour master"
    draft.save_revision()
    correct_story(story=made, user=editor, note="He left in May.")
    return made


def findings(page: Page) -> list[str]:
    return [finding for finding in axe_findings(page) if "sidebar" not in finding]  # not this page's to answer


def test_a_story_is_taken_down_and_put_back(
    open_newsroom: OpenNewsroom, open_page: OpenPage, editor: User, story: Story
) -> None:
    page = open_newsroom(editor, f"/newsroom/pages/{story.pk}/edit/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Take down").click()

    expect(page.get_by_text(story.url)).to_be_visible()
    page.get_by_label("Safety of a person").check()
    page.get_by_label("Sentence for readers").fill(SENTENCE)
    page.get_by_label("Reason, for the record only").fill("He was threatened.")
    page.get_by_role("button", name="Take it down now").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Taken down (story {story.pk})")
    expect(page.get_by_text("Odd Berg")).to_have_count(0)
    page.reload()  # without Wagtail's green message, whose contrast is its own
    assert findings(page) == []
    reader = open_page(story.url)
    expect(reader.get_by_text(SENTENCE)).to_be_visible()

    audit = open_newsroom(person("Publisher"), "/newsroom/audit/")
    expect(audit.get_by_role("cell", name="Take down")).to_be_visible()
    audit.goto(f"/newsroom/stories/{story.pk}/record/")
    audit.get_by_role("link", name="Put back").click()
    audit.get_by_label("Reason, for the record only").fill("The danger has passed.")
    audit.get_by_role("button", name="Put it back as a draft").click()
    expect(audit.get_by_text("Put back by Publisher Storm")).to_be_visible()
    assert not Story.objects.get(pk=story.pk).live


@pytest.mark.parametrize("width", [PHONE_WIDTH, 1280])
def test_its_pages_suit_everybody(open_newsroom: OpenNewsroom, story: Story, width: int) -> None:
    publisher = person("Publisher")
    count_missed_addresses(counts={(clock.local_date(clock.now()), "/gone/" + "long-" * 30): (7, 2)})
    places = ["take-down/", "record/", "record/1/", "record/2/withdraw-note/", "record/1/withhold-words/"]
    addresses = [f"/newsroom/stories/{story.pk}/{place}" for place in places]
    addresses += ["/newsroom/audit/", "/newsroom/addresses/missed/"]

    for address in addresses:
        page = open_newsroom(publisher, address, reader=Reader(width=width))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
