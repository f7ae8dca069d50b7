"""Staff reach the newsroom, and nobody else does."""

from broadsheet.accounts.tests.factories import UserFactory
from tests.journeys.conftest import OpenNewsroom
from tooling.pytest_browser import OpenPage


def test_an_administrator_finds_the_newsroom_open(open_newsroom: OpenNewsroom) -> None:
    administrator = UserFactory(is_superuser=True)

    page = open_newsroom(administrator)

    assert page.url.endswith("/newsroom/")
    assert page.locator("h1").first.is_visible()


def test_a_passer_by_is_asked_to_sign_in(open_page: OpenPage) -> None:
    page = open_page("/newsroom/")

    assert "/newsroom/login/" in page.url
