"""Pressing Publish: a story's life, as the reporter, the editors and the readers see it.

Ada Quist writes; the desk, copy and the editor pass the story on; readers find it. A figure is wrong: the editor
corrects it, and readers are told, at the story, on its page of changes and on the page of corrections. An update waits
for its hour. In the end somebody's safety is at stake, and the story goes.
"""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from playwright.sync_api import Page, expect

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Act, PublishedVersion, Story
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import OpenPage, axe_findings

pytestmark = pytest.mark.browser
HEADLINE = "Harbour wall to be raised by nine metres this winter"


@pytest.fixture
def people(transactional_db: None) -> dict[str, User]:
    people = {}
    for role, name in (("Reporter", "Ada Quist"), ("Copy editor", "Lev Marsh"), ("Editor", "Ida Storm")):
        first, last = name.split()
        people[role] = UserFactory.create(first_name=first, last_name=last)
        people[role].groups.add(Group.objects.get(name=role))
    ContributorFactory.create(name="Ada Quist", user=people["Reporter"])
    SectionFactory.create(name="City", slug="city")
    return people


def write_story(page: Page) -> None:
    page.get_by_role("link", name="New story").click()
    page.locator("#id_title").fill(HEADLINE)
    page.locator("#id_standfirst").fill("The council has found the money, and the tide will not wait for the rest.")
    page.locator("[data-streamfield-stream-container]").get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Paragraph").click()
    page.locator(".public-DraftEditor-content").first.fill("The wall will stand 12 metres high by March.")
    page.get_by_role("tab", name="Filing").click()
    page.locator("#id_section").select_option(label="City")


def press(page: Page, button: str) -> None:
    """Press one of the buttons at the foot of the editor."""
    page.get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messages")).to_be_visible()


def test_a_story_is_written_published_corrected_and_taken_down(
    people: dict[str, User], open_newsroom: OpenNewsroom, open_page: OpenPage
) -> None:
    reporter = open_newsroom(people["Reporter"])
    write_story(reporter)
    press(reporter, "Send to desk")
    story = Story.objects.get(draft_title=HEADLINE)
    edit = f"/newsroom/pages/{story.pk}/edit/"

    for role, button in (
        ("Editor", "Send to copy"),
        ("Copy editor", "Mark as ready"),
        ("Editor", "Approve and Publish"),
    ):
        press(open_newsroom(people[role], edit), button)

    story.refresh_from_db()
    reader = open_page(story.url)
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_text("The wall will stand 12 metres high by March.")).to_be_visible()
    assert story.url.startswith(f"/{dt.datetime.now(dt.UTC):%Y/%m/%d}/")

    editor = open_newsroom(people["Editor"], edit)
    editor.locator(".public-DraftEditor-content").first.fill("The wall will stand 9 metres high by March.")
    editor.get_by_label("Correction").check()
    press(editor, "Update now")
    expect(editor.get_by_text("needs a note", exact=False).first).to_be_visible()
    assert Story.objects.get(pk=story.pk).live_revision_id == story.live_revision_id

    editor.locator("#id_change_note").fill("We gave the height of the wall as 12 metres. It is 9.")
    press(editor, "Update now")

    reader.reload()
    expect(reader.get_by_text("The wall will stand 9 metres high by March.")).to_be_visible()
    expect(reader.get_by_text("We gave the height of the wall as 12 metres. It is 9.")).to_be_visible()
    reader.get_by_role("link", name=re.compile("1 change")).click()
    expect(reader.locator("del").last).to_contain_text("12")
    expect(reader.locator("ins").last).to_contain_text("9")
    assert axe_findings(reader) == []
    reader.goto("/corrections/")
    expect(reader.get_by_role("link", name=HEADLINE)).to_be_visible()

    editor.goto(edit)
    editor.goto(f"/newsroom/stories/{story.pk}/take-down/")
    editor.get_by_label("Safety of a person").check()
    editor.get_by_label(re.compile("sentence", re.IGNORECASE)).fill(
        "We removed this article to protect somebody in it."
    )
    editor.get_by_label(re.compile("reason", re.IGNORECASE)).fill("A witness could be found by it.")
    editor.get_by_role("button", name="Take it down now").click()

    gone = reader.goto(story.url)
    assert gone is not None
    assert gone.status == 410
    expect(reader.get_by_text("We removed this article to protect somebody in it.")).to_be_visible()
    expect(reader.get_by_text("12 metres")).to_have_count(0)
    reader.goto("/corrections/")
    expect(reader.get_by_text("12 metres")).to_have_count(0)

    acts = PublishedVersion.objects.filter(object_id=story.pk).order_by("number").values_list("act", "change_class")
    assert list(acts) == [(Act.PUBLISHED, ""), (Act.PUBLISHED, "correction"), (Act.TAKEN_DOWN, "")]
    assert Change.objects.latest("seq").hard
    call_command("record", "verify", "--json")
