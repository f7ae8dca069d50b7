"""The server dies while a reporter types, for a moment or for longer; every keystroke is there afterwards."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from tests.journeys.conftest import OpenNewsroom
from tooling.debian import answers
from tooling.processes import free_port
from tooling.pytest_browser import axe_findings

START_SECONDS = 60
HEADLINE = "The ferry returns to Eastmere after nine days of storm and one of fog"
PARAGRAPH = "The white ferry came in at dawn, with mail, bread and two hundred people who had waited on the island."
KEY_MILLISECONDS = 15
PATIENCE_MILLISECONDS = 60_000


@dataclass
class Paper:
    """A paper served by processes of its own, as in production; it can be killed and started again."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it answers."""
        environment = {
            **os.environ,
            "BROADSHEET_DATA": str(self.data),
            "DATABASE_URL": f"sqlite:///{self.data / 'main.db'}",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
        }
        command = [sys.executable, "-m", "broadsheet", "serve", "--port", str(self.port), "--workers", "1"]
        with (self.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.port):
            assert self.process.poll() is None, (self.data / "server.log").read_text()
            assert time.monotonic() < deadline, (self.data / "server.log").read_text()

    def kill(self) -> None:
        """End every process of the paper in the midst of whatever it does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def reporter(transactional_db: None, client: Client) -> User:
    """A reporter who has signed in."""
    user: User = UserFactory.create()
    user.groups.add(Group.objects.get(name="Reporter"))
    client.force_login(user)
    return user


@pytest.fixture
def draft(reporter: User) -> Story:
    story = make_story(headline="x", slug="ferry", live=False, owner=reporter, body=[("paragraph", "<p>x</p>")])
    story.save_revision(user=reporter)
    return story


@pytest.fixture
def paper(draft: Story, tmp_path: Path) -> Iterator[Paper]:
    """The paper with the draft in it, served."""
    if connection.vendor != "sqlite":
        pytest.skip("the served paper has a copy of SQLite's file")
    (tmp_path / "static").mkdir()
    with closing(connection.Database.connect(tmp_path / "main.db")) as copy:  # type: ignore[attr-defined]
        connection.connection.backup(copy)
    served = Paper(tmp_path, free_port())
    served.start()
    yield served
    served.kill()


@pytest.fixture
def desk(chromium: Browser, paper: Paper, client: Client) -> Iterator[BrowserContext]:
    """The reporter's browser, signed in."""
    context = chromium.new_context(base_url=f"http://127.0.0.1:{paper.port}", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": "127.0.0.1", "path": "/"}])
    yield context
    context.close()


def open_editor(desk: BrowserContext, draft: Story) -> Page:
    page = desk.new_page()
    page.goto(f"/newsroom/pages/{draft.pk}/edit/")
    expect(paragraph_of(page)).to_be_visible(timeout=PATIENCE_MILLISECONDS)
    return page


def paragraph_of(page: Page) -> Locator:
    return page.locator(".public-DraftEditor-content").first


def type_over(page: Page, field: Locator, text: str, *, at_half: Callable[[], None] | None = None) -> None:
    """Type a text over what stands in a field, key by key; do something in the middle of it."""
    field.click()
    page.keyboard.press("ControlOrMeta+A")
    half = len(text) // 2
    page.keyboard.type(text[:half], delay=KEY_MILLISECONDS)
    if at_half:
        at_half()
    page.keyboard.type(text[half:], delay=KEY_MILLISECONDS)


def expect_saved(desk: BrowserContext, draft: Story) -> None:
    """See in a fresh tab that the newsroom has every keystroke, and that nothing is offered any more."""
    page = open_editor(desk, draft)
    expect(page.locator("#id_title")).to_have_value(HEADLINE)
    expect(paragraph_of(page)).to_have_text(PARAGRAPH)
    expect(page.locator(".kept-typing")).to_have_count(0)
    page.close()


def test_a_tab_left_open_saves_every_keystroke_when_the_server_is_back(
    paper: Paper, desk: BrowserContext, draft: Story
) -> None:
    page = open_editor(desk, draft)
    type_over(page, page.locator("#id_title"), HEADLINE, at_half=paper.kill)
    paper.start()
    type_over(page, paragraph_of(page), PARAGRAPH, at_half=paper.kill)
    expect(page.locator(".footer__save-warning")).to_contain_text("kept in this browser", timeout=PATIENCE_MILLISECONDS)

    paper.start()

    indicator = page.locator("#w-autosave-indicator")
    expect(indicator).to_have_attribute("data-w-autosave-state-value", "saved", timeout=PATIENCE_MILLISECONDS)
    page.wait_for_function("Object.keys(localStorage).every(key => !key.startsWith('broadsheet-typing:'))")
    expect_saved(desk, draft)


def test_a_tab_closed_in_despair_finds_every_keystroke_when_it_is_opened_again(
    paper: Paper, desk: BrowserContext, draft: Story
) -> None:
    page = open_editor(desk, draft)
    type_over(page, paragraph_of(page), PARAGRAPH, at_half=paper.kill)
    type_over(page, page.locator("#id_title"), HEADLINE)
    page.close(run_before_unload=False)
    paper.start()

    page = open_editor(desk, draft)
    expect(page.locator(".kept-typing")).to_contain_text("was not saved")
    page.get_by_text("Show what I typed").click()
    expect(page.locator(".kept-typing")).to_contain_text(PARAGRAPH)
    assert axe_findings(page, within=".kept-typing") == []
    page.get_by_role("button", name="Keep what I typed").click()

    expect(page.locator(".kept-typing")).to_have_count(0, timeout=PATIENCE_MILLISECONDS)
    expect_saved(desk, draft)


def type_with_the_server_away(page: Page) -> None:
    page.route(re.compile(r"/edit/$"), lambda route: route.abort())
    page.locator("#id_title").fill(HEADLINE)
    page.wait_for_function("Object.keys(localStorage).some(key => key.startsWith('broadsheet-typing:'))")


def test_what_was_typed_does_not_write_over_a_newer_version(
    open_newsroom: OpenNewsroom, reporter: User, draft: Story
) -> None:
    page = open_newsroom(reporter, f"/newsroom/pages/{draft.pk}/edit/")
    type_with_the_server_away(page)
    newer = draft.get_latest_revision_as_object()
    newer.title = "The desk's headline"
    newer.save_revision(user=UserFactory.create())

    page.unroute_all()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Keep what I typed").click()

    expect(page.locator(".kept-typing")).to_contain_text("A newer version has been saved meanwhile.")
    assert latest(draft).title == "The desk's headline"
    page.get_by_role("button", name="Make mine the newest version").click()
    expect(page.locator("#id_title")).to_have_value(HEADLINE)
    assert latest(draft).title == HEADLINE
    assert "The desk's headline" in [version.as_object().title for version in draft.revisions.all()]


def test_what_was_typed_can_be_discarded(open_newsroom: OpenNewsroom, reporter: User, draft: Story) -> None:
    page = open_newsroom(reporter, f"/newsroom/pages/{draft.pk}/edit/")
    type_with_the_server_away(page)

    page.unroute_all()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="Discard").click()

    expect(page.locator(".kept-typing")).to_have_count(0)
    page.reload()
    expect(page.locator(".kept-typing")).to_have_count(0)
    assert latest(draft).title == "x"


def test_what_was_sent_by_a_button_is_not_offered_again(
    open_newsroom: OpenNewsroom, reporter: User, draft: Story
) -> None:
    page = open_newsroom(reporter, f"/newsroom/pages/{draft.pk}/edit/")
    page.locator("#id_title").fill(HEADLINE)
    page.get_by_role("button", name="Save draft").click()

    expect(page.locator(".messages")).to_contain_text("has been updated")
    page.goto(f"/newsroom/pages/{draft.pk}/edit/")
    expect(page.locator("#id_title")).to_have_value(HEADLINE)
    expect(page.locator(".kept-typing")).to_have_count(0)


def test_rich_text_spelled_anew_by_its_editor_was_not_typed(
    open_newsroom: OpenNewsroom, reporter: User, draft: Story
) -> None:
    page = open_newsroom(reporter, f"/newsroom/pages/{draft.pk}/edit/")

    told_apart = page.evaluate(
        """async () => {
            const keeper = document.querySelector("script[src*='typing/keep']").src;
            const { fingerprint } = await import(keeper.replace("keep.js", "fields.js"));
            const link = { type: "LINK", mutability: "MUTABLE", data: { url: "/" } };
            const block = (extra) => ({ text: "The ferry", type: "unstyled", depth: 0, inlineStyleRanges: [],
                entityRanges: [{ offset: 4, length: 5, key: 0 }], ...extra });
            const print = (blocks, entity, indent) =>
                fingerprint([["body", JSON.stringify({ blocks, entityMap: { 0: entity } }, null, indent)]]);
            const bold = [{ offset: 0, length: 3, style: "BOLD" }];
            const shown = print([block({ key: "76zcd" })], link, 4);
            return {
                "spelled anew": shown !== print([block({ key: "a1b2c", data: {} })], link),
                "another word": shown !== print([block({ text: "The barge" })], link),
                "in bold": shown !== print([block({ inlineStyleRanges: bold })], link),
                "another link": shown !== print([block()], { ...link, data: { url: "/news/" } }),
            };
        }"""
    )

    assert told_apart == {"spelled anew": False, "another word": True, "in bold": True, "another link": True}


def latest(draft: Story) -> Story:
    version: Story = Story.objects.get(pk=draft.pk).get_latest_revision_as_object()
    return version
