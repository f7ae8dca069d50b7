"""An editor arranges the front page, and readers see it."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.kit import clock
from broadsheet.stories.tests.factories import make_story
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import PHONE_WIDTH, OpenPage, Reader, axe_findings

BOARD = "/newsroom/fronts/front-page/"


@pytest.fixture
def editor(live_server: object) -> User:
    """Someone who may arrange every front."""
    user: User = UserFactory.create()
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def stories(live_server: object) -> list[str]:
    """Eight stories, the newest first."""
    headlines = [f"Morning story {number}" for number in range(8)]
    for hours, headline in enumerate(headlines):
        make_story(headline=headline, published_at=clock.now() - dt.timedelta(hours=hours + 1))
    return headlines


def lead_slots(page: Page) -> list[str]:
    return page.locator(".board-zone--lead .board-card__headline").all_inner_texts()


def reader_headlines(page: Page) -> list[str]:
    return page.locator(".zone--lead .teaser__head").all_inner_texts()


def test_a_story_is_dragged_into_the_lead_previewed_published_and_taken_back(
    open_newsroom: OpenNewsroom, open_page: OpenPage, editor: User, stories: list[str]
) -> None:
    page = open_newsroom(editor, BOARD)
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(stories[:4])

    page.locator("#board-found .board-story", has_text=stories[6]).drag_to(
        page.locator(".board-zone--lead [data-slot='0']")
    )
    expected = [stories[6], *stories[:3]]
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(expected)
    expect(page.locator("#board-state")).to_have_text("Changes not saved yet")

    page.get_by_role("button", name="Preview").click()
    preview = page.frame_locator("#board-preview")
    expect(preview.locator(".zone--lead .teaser__head")).to_have_text(expected)
    page.get_by_role("button", name="Phone").click()
    expect(preview.locator(".zone--lead .teaser__head")).to_have_text(expected)
    page.get_by_role("button", name="Close").click()
    assert reader_headlines(open_page("/")) == stories[:4]

    with page.expect_navigation():  # the page before says as well that readers see it
        page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messages")).to_contain_text("Readers see this front now")
    assert reader_headlines(open_page("/")) == expected

    page.get_by_role("button", name="Give the slot back to the rule").click()
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(stories[:4])
    with page.expect_navigation():  # the page before says as well that readers see it
        page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".messages")).to_contain_text("Readers see this front now")
    assert reader_headlines(open_page("/")) == stories[:4]

    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Restore and publish").click()
    expect(page.locator(".messages")).to_contain_text("is public again")
    assert reader_headlines(open_page("/")) == expected


def test_the_board_is_worked_with_the_keyboard_alone_and_steps_are_undone(
    open_newsroom: OpenNewsroom, editor: User, stories: list[str]
) -> None:
    page = open_newsroom(editor, BOARD)
    expect(page.locator("#board-found .board-story")).to_have_count(8)

    page.get_by_role("button", name=f"Place: {stories[7]}").press("Enter")
    page.locator(".board-zone--lead [data-slot='1'] [data-act='place-here']").press("Enter")
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(
        [stories[0], stories[7], *stories[1:3]]
    )
    expect(page.locator(".board-zone--lead [data-slot='1'] [data-act='take']")).to_be_focused()

    page.locator(".board-zone--lead [data-slot='1'] [data-act='up']").press("Enter")
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text([stories[7], *stories[:3]])
    expect(page.locator(".board-zone--lead [data-slot='0'] [data-act='up']")).to_be_focused()

    page.keyboard.press("Control+z")
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(
        [stories[0], stories[7], *stories[1:3]]
    )
    page.keyboard.press("Control+z")
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(stories[:4])
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(
        [stories[0], stories[7], *stories[1:3]]
    )

    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#board-state")).to_have_text("Draft saved")
    page.reload()
    expect(page.locator(".board-zone--lead .board-card__headline")).to_have_text(
        [stories[0], stories[7], *stories[1:3]]
    )


def test_a_pin_gets_an_end_and_a_zone_its_title_and_rule(
    open_newsroom: OpenNewsroom, editor: User, stories: list[str]
) -> None:
    page = open_newsroom(editor, BOARD)
    lead = page.locator(".board-zone--lead")

    lead.locator("[data-slot='0'] [data-act='pin']").click()
    lead.locator("[data-slot='0'] [data-act='until']").click()
    page.get_by_label("End").fill("2031-05-01T18:30")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(lead.locator("[data-slot='0'] [data-part='until']")).to_contain_text("By hand until")

    page.locator("#board-kind").select_option("list")
    page.get_by_role("button", name="Add", exact=True).click()
    zone = page.locator(".board-zone--list")
    expect(zone.get_by_label("Title")).to_be_focused()
    zone.get_by_label("Title").fill("Why it matters")
    zone.get_by_label("Filled from").select_option("work_type")
    zone.get_by_label("Which").select_option("explainer")
    zone.get_by_label("Slots").fill("3")
    zone.get_by_label("Slots").press("Tab")
    expect(zone.locator("[data-part='heading']")).to_have_text("Why it matters")
    expect(zone.locator(".board-slot")).to_have_count(3)

    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#board-state")).to_have_text("Draft saved")
    page.reload()
    expect(zone.locator("[data-part='heading']")).to_have_text("Why it matters")
    expect(lead.locator("[data-slot='0'] [data-part='until']")).to_contain_text(re.compile("By hand until .*31"))


def test_two_editors_at_once_lose_nothing(open_newsroom: OpenNewsroom, editor: User, stories: list[str]) -> None:
    mine, theirs = open_newsroom(editor, BOARD), open_newsroom(editor, BOARD)
    for page, slot in ((mine, 1), (theirs, 2)):
        page.locator(f".board-zone--lead [data-slot='{slot}'] [data-act='pin']").click()
        expect(page.locator("#board-state")).to_have_text("Changes not saved yet")

    theirs.get_by_role("button", name="Save draft").click()
    expect(theirs.locator("#board-state")).to_have_text("Draft saved")
    mine.get_by_role("button", name="Save draft").click()
    expect(mine.get_by_role("heading", name="Someone else has changed this front")).to_be_visible()
    mine.get_by_role("button", name="Back to my board").click()
    expect(mine.locator("#board-state")).to_have_text("Changes not saved yet")
    mine.get_by_role("button", name="Save draft").click()
    mine.get_by_role("button", name="Save mine as the newer version").click()
    expect(mine.locator("#board-state")).to_have_text("Draft saved")

    mine.get_by_role("link", name="History").click()
    expect(mine.locator(".front-history tbody tr")).to_have_count(2)


@pytest.mark.parametrize("reader", [Reader(), Reader(width=PHONE_WIDTH), Reader(colours="dark")])
def test_the_board_can_be_used_by_everyone(
    open_newsroom: OpenNewsroom, editor: User, stories: list[str], reader: Reader
) -> None:
    page = open_newsroom(editor, BOARD, reader=reader)
    expect(page.locator("#board-found .board-story")).to_have_count(8)

    assert page.evaluate("document.documentElement.scrollWidth") <= reader.width
    assert [finding for finding in axe_findings(page) if "sidebar" not in finding] == []  # not the board's to answer
