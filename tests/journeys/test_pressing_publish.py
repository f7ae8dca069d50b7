"""Pressing Publish: a story's life, as the reporter, the editors and the readers see it.

Ada Quist writes; the desk, copy and the editor pass the story on; readers find it. A figure is wrong: the editor
corrects it, and readers are told, at the story, on its page of changes and on the page of corrections. An update waits
for its hour on the embargo board, and is let out early. In the end somebody's safety is at stake, and the story goes.
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
from broadsheet.kit import clock
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Act, ChangeClass, PublishedVersion, Story
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import OpenPage, axe_findings

pytestmark = pytest.mark.browser
HEADLINE = "Harbour wall to be raised by nine metres this winter"

SECOND_STANDFIRST = "The council has found all of the money, and work begins on Monday."


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


def plan_update(story: Story, editor: User) -> None:
    """Have a second standfirst wait until tomorrow."""
    draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.standfirst, draft.change_class, draft.change_note = SECOND_STANDFIRST, ChangeClass.UPDATE, ""
    draft.save_revision(user=editor)
    schedule_story(story=story, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))


def take_down(page: Page, story: Story) -> None:
    page.goto(f"/newsroom/stories/{story.pk}/take-down/")
    page.get_by_label("Safety of a person").check()
    page.get_by_label(re.compile("sentence", re.IGNORECASE)).fill("We removed this article to protect somebody in it.")
    page.get_by_label(re.compile("reason", re.IGNORECASE)).fill("A witness could be found by it.")
    with page.expect_navigation():
        page.get_by_role("button", name="Take it down now").click()


def let_out_early(page: Page) -> None:
    """Publish now what waits on the embargo board."""
    page.goto("/newsroom/embargoes/")
    expect(page.get_by_role("article", name=HEADLINE)).to_contain_text("Update")
    page.get_by_role("article", name=HEADLINE).get_by_role("link", name="Publish now").click()
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Publish now").click()


def expect_text(page: Page, words: str) -> None:
    """Wait until the form holds these words: Wagtail's rich text writes them into it a moment after they were typed."""
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile(words))
    expect(page.locator(".public-DraftEditor-content").first).to_contain_text(words)


def is_told_of_the_correction(reader: Page) -> None:
    """At the story, on its page of changes, and on the page of corrections."""
    expect(reader.get_by_text("We gave the height of the wall as 12 metres. It is 9.")).to_be_visible()
    reader.get_by_role("link", name=re.compile("1 change")).click()
    expect(reader.locator("del").last).to_contain_text("12")
    expect(reader.locator("ins").last).to_contain_text("9")
    assert axe_findings(reader) == []
    reader.goto("/corrections/")
    expect(reader.get_by_role("link", name=HEADLINE)).to_be_visible()


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
    expect_text(reporter, "12 metres")
    press(reporter, "Send to desk")
    reporter.context.close()
    story = Story.objects.get(draft_title=HEADLINE)
    edit = f"/newsroom/pages/{story.pk}/edit/"

    for role, button in (
        ("Editor", "Send to copy"),
        ("Copy editor", "Mark as ready"),
        ("Editor", "Approve and Publish"),
    ):
        desk = open_newsroom(people[role], edit)
        expect_text(desk, "12 metres")
        press(desk, button)
        desk.context.close()

    story.refresh_from_db()
    reader = open_page(story.url)
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_text("The wall will stand 12 metres high by March.")).to_be_visible()
    assert story.url.startswith(f"/{dt.datetime.now(dt.UTC):%Y/%m/%d}/")

    editor = open_newsroom(people["Editor"], edit)
    editor.locator(".public-DraftEditor-content").first.fill("The wall will stand 9 metres high by March.")
    expect_text(editor, "9 metres")
    editor.get_by_label("Correction").check()
    press(editor, "Update now")
    expect(editor.get_by_text("needs a note", exact=False).first).to_be_visible()
    assert Story.objects.get(pk=story.pk).live_revision_id == story.live_revision_id

    editor.locator("#id_change_note").fill("We gave the height of the wall as 12 metres. It is 9.")
    press(editor, "Update now")

    reader.reload()
    expect(reader.get_by_text("The wall will stand 9 metres high by March.")).to_be_visible()
    is_told_of_the_correction(reader)

    plan_update(story, people["Editor"])
    let_out_early(editor)
    reader.goto(story.url)
    expect(reader.get_by_text(SECOND_STANDFIRST)).to_be_visible()
    expect(reader.get_by_role("link", name=re.compile("2 changes"))).to_be_visible()

    take_down(editor, story)
    gone = reader.goto(story.url)
    assert gone is not None
    assert gone.status == 410
    expect(reader.get_by_text("We removed this article to protect somebody in it.")).to_be_visible()
    expect(reader.get_by_text("12 metres")).to_have_count(0)
    reader.goto("/corrections/")
    expect(reader.get_by_text("12 metres")).to_have_count(0)

    acts = PublishedVersion.objects.filter(object_id=story.pk).order_by("number").values_list("act", "change_class")
    published = [(Act.PUBLISHED, ""), (Act.PUBLISHED, "correction"), (Act.PUBLISHED, "update")]
    assert list(acts) == [*published, (Act.TAKEN_DOWN, "")]
    assert Change.objects.latest("seq").hard
    call_command("record", "verify", "--json")
