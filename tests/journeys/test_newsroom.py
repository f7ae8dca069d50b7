"""A story's way through the newsroom, from the reporter's first word to the reader."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.topics.tests.factories import TopicFactory
from tooling.pytest_browser import OpenPage

pytestmark = pytest.mark.browser
PASSWORD = "tide tables of eastmere"
HEADLINE = "Ferry returns to Eastmere after nine days of storm"


@pytest.fixture
def newsroom(transactional_db):
    """A reporter with a byline, an editor, a section and a topic of the paper's list."""
    people: dict[str, User] = {}
    for role in ("Reporter", "Editor"):
        user = UserFactory.create(email=f"{role.lower()}@paper.example")
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=role))
        people[role] = user
    ContributorFactory.create(name="Marit Soleng", user=people["Reporter"])
    SectionFactory.create(name="City")
    TopicFactory.create(name="Eastmere", slug="eastmere", kind="place")
    return people


def sign_in(page: Page, role: str) -> None:
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill(f"{role.lower()}@paper.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Broadsheet")


def write_story(page: Page) -> None:
    """Write a story as a reporter, and send it for approval."""
    page.get_by_role("link", name="New story").click()
    page.locator("#id_title").fill(HEADLINE)
    page.locator("#id_standfirst").fill("The first boat since the storm carried mail, bread and two hundred people.")
    page.locator("[data-streamfield-stream-container]").get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Paragraph").click()
    page.locator(".public-DraftEditor-content").first.fill("The white ferry came in at dawn.")
    page.get_by_role("tab", name="Filing").click()
    page.locator("#id_section").select_option(label="City")
    page.get_by_role("button", name="Eastmere", exact=True).click()
    expect(page.locator("#id_story_topics-FORMS")).to_contain_text("Eastmere")
    expect(page.get_by_role("button", name="Eastmere", exact=True)).to_have_count(0)


def send_for_approval(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Send to desk").click()
    expect(page.locator(".messages")).to_contain_text("submitted")


def test_a_story_goes_from_the_reporters_desk_to_the_reader(newsroom, open_page: OpenPage):
    desk = open_page("/newsroom/login/")
    sign_in(desk, "Reporter")
    write_story(desk)
    send_for_approval(desk)

    editor = open_page("/newsroom/login/")
    sign_in(editor, "Editor")
    editor.get_by_role("link", name=HEADLINE).click()
    editor.get_by_role("button", name="Toggle preview").click()
    expect(editor.frame_locator("iframe[title]").first.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    for act in ("Send to copy", "Mark as ready", "Approve and Publish"):
        editor.get_by_role("button", name="More actions").click()
        editor.get_by_role("button", name=act, exact=True).click()
        expect(editor.locator(".messages")).to_contain_text("has been updated")
        editor.goto("/newsroom/")
        editor.get_by_role("link", name=HEADLINE).first.click()

    story = Story.objects.get(title=HEADLINE, live=True)
    reader = open_page(story.url)
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_text("The white ferry came in at dawn.")).to_be_visible()
    expect(reader.get_by_role("link", name="Marit Soleng").first).to_be_visible()
    expect(reader.get_by_role("link", name="Eastmere").first).to_be_visible()
