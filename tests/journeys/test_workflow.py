"""A story's way through the newsroom in the browser: boards, notes, sending back, notices, locks."""

import datetime as dt
import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from broadsheet.accounts.models import User
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.newsdesk.tests.in_work import at_the_desk, draft, person, send
from broadsheet.newsdesk.workflow.add_note import add_note
from broadsheet.newsdesk.workflow.assign_story import assign_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import PHONE_WIDTH, Reader, axe_findings

pytestmark = pytest.mark.browser
HEADLINE = "Ferry returns to Eastmere after nine days of storm"
PHONE = Reader(width=PHONE_WIDTH)


@pytest.fixture
def reporter(transactional_db: object) -> User:
    return person("Reporter", first_name="Marit", last_name="Soleng")


@pytest.fixture
def editor(transactional_db: object) -> User:
    return person("Editor", first_name="Fenella", last_name="Strand")


@pytest.fixture
def story(reporter: User, editor: User) -> Story:
    """A story at the desk, overdue, with a note, locked by its editor; and a draft."""
    section = SectionFactory.create(name="City")
    draft("A draft", owner=reporter)
    made = at_the_desk(HEADLINE, owner=reporter, section=section, by=[ContributorFactory.create(user=reporter)])
    assign_story(story=made, assignee=editor, due_at=clock.now() - dt.timedelta(hours=1), by=reporter)
    add_note(story=made, by=reporter, text="Photos of the quay are on their way.")
    return made


def check(page: Page) -> None:
    """See that axe finds nothing and that nothing runs over the screen."""
    assert [finding for finding in axe_findings(page) if "sidebar" not in finding] == []  # not these pages' to answer
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("reader", [Reader(width=1280), PHONE], ids=["desktop", "phone"])
def test_the_newsrooms_pages_about_work_are_for_everybody(
    open_newsroom: OpenNewsroom, editor: User, story: Story, reader: Reader
) -> None:
    Story.objects.filter(pk=story.pk).update(locked=True, locked_by=editor, locked_at=clock.now())
    page = open_newsroom(editor, "/newsroom/boards/", reader=reader)
    check(page)

    for path in ("boards/due/", f"stories/{story.pk}/desk/", "notices/"):
        page.goto(f"/newsroom/{path}")
        check(page)


def test_an_editor_gives_a_story_to_somebody_by_keyboard_alone(
    open_newsroom: OpenNewsroom, editor: User, reporter: User, story: Story
) -> None:
    page = open_newsroom(editor, "/newsroom/boards/")

    page.get_by_role("checkbox", name=f"Choose “{HEADLINE}”").focus()
    page.keyboard.press("Space")
    page.get_by_label("Give the chosen to").focus()
    page.keyboard.type("Marit")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Assign", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.locator(".messages")).to_contain_text("1 story was assigned.")
    expect(page.locator(".work-card", has_text=HEADLINE)).to_contain_text("Marit Soleng")


def test_a_story_goes_back_with_a_note_that_its_writer_finds(
    open_newsroom: OpenNewsroom, editor: User, reporter: User, story: Story
) -> None:
    desk = open_newsroom(editor, f"/newsroom/stories/{story.pk}/desk/")
    desk.get_by_text("Send it back").click()
    desk.get_by_label("Note", exact=False).first.fill("Please name the captain.")
    desk.get_by_role("button", name="Send back to the writer").click()
    expect(desk.locator(".messages")).to_contain_text("was sent")

    page = open_newsroom(reporter, "/newsroom/")
    page.get_by_role("link", name=re.compile(r"Notices \(\d\)")).click()
    expect(page.locator(".notices")).to_contain_text("Fenella Strand sent")
    page.get_by_role("button", name="Go to the story").first.click()
    expect(page.locator(".story-notes")).to_contain_text("Please name the captain.")
    page.get_by_role("link", name="Open the story").click()
    expect(page.locator(".messages")).to_contain_text("Please name the captain.")


def test_the_form_sends_a_story_back_only_with_a_note(open_newsroom: OpenNewsroom, editor: User, story: Story) -> None:
    send(story, "approve", editor)
    page = open_newsroom(editor, f"/newsroom/pages/{story.pk}/edit/")

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Send back to Desk").click()
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("button", name="Send back to Desk").click()
    expect(dialog).to_contain_text("This field is required.")
    dialog.get_by_role("textbox").fill("Which ferry?")
    dialog.get_by_role("button", name="Send back to Desk").click()

    expect(page.locator(".messages")).to_contain_text("has been updated")
    page.goto(f"/newsroom/stories/{story.pk}/desk/")
    expect(page.locator(".story-notes")).to_contain_text("Which ferry?")


def test_who_stands_elsewhere_reads_where_the_story_is(
    open_newsroom: OpenNewsroom, reporter: User, story: Story
) -> None:
    page = open_newsroom(reporter, f"/newsroom/pages/{story.pk}/edit/")

    expect(page.locator(".messages")).to_contain_text("At the desk since")
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()
    expect(page.get_by_role("button", name="Save draft")).to_have_count(0)


def test_two_people_in_one_form_are_told_of_each_other(
    open_newsroom: OpenNewsroom, client: Client, editor: User, story: Story
) -> None:
    second = person("Editor", first_name="Beatrix", last_name="Nwosu")
    page = open_newsroom(editor, f"/newsroom/pages/{story.pk}/edit/")
    expect(page.locator("#id_title")).to_be_visible()

    client.cookies.clear()  # else signing in would end the first one's session
    other = open_newsroom(second, f"/newsroom/pages/{story.pk}/edit/")

    page.locator("#id_kicker").fill("Weather")

    warning = re.compile("Fenella Strand (has unsaved changes|saved a new version)")
    expect(other.get_by_role("button", name=warning)).to_be_visible(timeout=60_000)  # Wagtail asks every ten seconds
    for window in (page, other):
        window.goto("/healthz")


def test_comments_are_begun_in_every_tab(open_newsroom: OpenNewsroom, editor: User, story: Story) -> None:
    page = open_newsroom(editor, f"/newsroom/pages/{story.pk}/edit/")
    page.get_by_role("button", name="Toggle comments").click()

    for tab, field in (("Text", "#id_standfirst"), ("Filing", "#id_section"), ("Search & social", "#id_seo_title")):
        page.get_by_role("tab", name=tab).click()
        panel = page.locator(".w-panel", has=page.locator(field)).last
        panel.hover()
        expect(panel.get_by_role("button", name="Add comment").first).to_be_attached()
