"""The operator looks at the stored pages: in light and dark, on a desk and on a phone, from the left and the right."""

import socket
import time
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.delivery.invalidate_pages import invalidate_pages
from broadsheet.delivery.page_store import PageStore
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import PHONE_WIDTH, Reader, axe_findings

pytestmark = pytest.mark.browser
READERS = [Reader(), Reader(colours="dark"), Reader(width=PHONE_WIDTH), Reader(width=PHONE_WIDTH, colours="dark")]


@pytest.fixture
def busy_store(tmp_path: Path, settings: Any, transactional_db: None) -> None:
    """Give this node a follower and a week of readers."""
    settings.BROADSHEET_DATA, settings.PAGES_STORED = tmp_path, True
    store, now = PageStore(tmp_path), int(time.time() // 60)
    invalidate_pages(store=store)
    rows = [(now - number, 400 + 37 * number % 300, number % 7 * 9, number % 5 * 8) for number in range(0, 9000, 2)]
    with store.writing(quietly=True) as connection:
        connection.executemany("INSERT INTO traffic VALUES (?, ?, ?, ?)", rows)
    store.close()


@pytest.fixture
def operator(transactional_db: None) -> User:
    user: User = UserFactory.create(is_superuser=True, is_staff=True)
    return user


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("reader", READERS, ids=["light", "dark", "phone", "dark phone"])
def test_the_figures_suit_every_operator(
    open_newsroom: OpenNewsroom, operator: User, busy_store: None, reader: Reader, language: str
) -> None:
    UserProfile.objects.update_or_create(user=operator, defaults={"preferred_language": language})
    page = open_newsroom(operator, reverse("newsdesk_stored_pages"), reader=reader)

    for table in page.locator("details:has(.traffic__table) summary").all():
        table.click()
    expect(page.locator(".traffic__part--hits").first).to_be_visible()
    assert page.locator(".traffic__table").first.get_by_role("row").count() > 20
    assert [finding for finding in axe_findings(page) if "sidebar" not in finding] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= reader.width
    page.goto(reverse("newsdesk_clear_stored_pages"))
    assert [finding for finding in axe_findings(page) if "sidebar" not in finding] == []


def test_the_operator_clears_the_pages_and_may_think_better_of_it(
    open_newsroom: OpenNewsroom, operator: User, busy_store: None
) -> None:
    page = open_newsroom(operator, "/newsroom/")
    page.get_by_role("button", name="Reports").click()
    page.get_by_role("link", name="Stored pages").click()

    page.get_by_role("link", name="Clear the stored pages").click()
    page.get_by_role("link", name="Keep them").click()
    page.get_by_role("link", name="Clear the stored pages").click()
    page.get_by_role("button", name="Clear them").click()

    expect(page.get_by_text(f"0 pages of {socket.gethostname()} were cleared.")).to_be_visible()
