"""An editor changes what readers see, looks at what will change, and plans by the board."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import Page, expect

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.kit import clock
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import Reader, axe_findings

PATIENCE_MILLISECONDS = 30_000


@pytest.fixture
def editor(transactional_db: None) -> User:
    user: User = UserFactory.create()
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def story(editor: User) -> Story:
    made = make_story(
        headline="Ferry returns on Monday",
        live=False,
        section=SectionFactory.create(),
        by=[ContributorFactory.create()],
        body=[("paragraph", "<p>The white ferry came in at dawn.</p>")],
    )
    publish_story(story=made, user=editor)
    return made


def update_now(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Update now").click()


def test_an_editor_corrects_a_published_story_and_says_why(
    open_newsroom: OpenNewsroom, editor: User, story: Story
) -> None:
    page = open_newsroom(editor, f"/newsroom/pages/{story.pk}/edit/")
    page.locator("#id_title").fill("Ferry returns on Tuesday")
    expect(page.get_by_text("your changes wait")).to_be_visible(timeout=PATIENCE_MILLISECONDS)

    page.get_by_role("link", name="See what will change").click()
    expect(page.locator(".word-changes ins")).to_contain_text("Tuesday")
    page.get_by_role("link", name="Open the story").click()
    update_now(page)
    expect(page.get_by_text("Say why the published story changes")).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    page.get_by_label("Correction").check()
    page.get_by_label("Note to readers").fill("The ferry returns on Tuesday, not on Monday.")
    update_now(page)

    expect(page.locator(".messages")).to_contain_text("has been published", timeout=PATIENCE_MILLISECONDS)
    page.goto(story.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ferry returns on Tuesday")
    expect(page.get_by_text("The ferry returns on Tuesday, not on Monday.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_versions_and_embargoes_suit_everybody(
    open_newsroom: OpenNewsroom, editor: User, story: Story, width: int
) -> None:
    draft = story.get_latest_revision_as_object()
    draft.title = "Ferry returns on Tuesday"
    draft.save_revision(user=editor)
    schedule_story(story=story, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))
    page = open_newsroom(editor, reader=Reader(width=width))

    for name, args in (
        ("newsdesk_embargo_board", []),
        ("newsdesk_embargo_move", ["story", story.pk]),
        ("newsdesk_versions", [story.pk]),
        ("newsdesk_what_will_change", [story.pk]),
        ("newsdesk_restore_version", [story.pk, "v1"]),
    ):
        page.goto(reverse(name, args=args))
        expect(page.get_by_text("Ferry returns on").first).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        assert axe_findings(page, within="main") == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_time_typed_with_its_offset_is_left_as_it_was_typed(open_newsroom: OpenNewsroom, editor: User) -> None:
    planned = make_story(headline="Tomorrow's story", live=False)
    schedule_story(story=planned, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))
    page = open_newsroom(editor, reverse("newsdesk_embargo_move", args=["story", planned.pk]))
    tomorrow = f"{clock.now() + dt.timedelta(days=1):%Y-%m-%d} 06:00:00+02:00"

    page.get_by_label("New moment").fill(tomorrow)
    page.get_by_role("button", name="Move it").focus()
    expect(page.get_by_label("New moment")).to_have_value(tomorrow)
    page.get_by_role("button", name="Move it").press("Enter")

    expect(page.locator(".messages")).to_contain_text("04:00:00")


def test_the_board_works_without_scripts(open_newsroom: OpenNewsroom, editor: User) -> None:
    planned = make_story(headline="Tomorrow's story", live=False)
    schedule_story(story=planned, user=editor, go_live_at=clock.now() + dt.timedelta(days=1))
    page = open_newsroom(editor, reverse("newsdesk_embargo_board"), reader=Reader(scripts=False))

    page.get_by_role("link", name="Publish now").click()
    page.get_by_role("button", name="Publish now").click()

    expect(page.get_by_text("Nothing waits for its moment.")).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    planned.refresh_from_db()
    assert planned.live
