import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from broadsheet.pages.models import BasePage
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("restriction", ["login", "password", "groups"])
def test_no_setting_withholds_a_published_page(client: Client, restriction: str) -> None:
    story = make_story(headline="Ferry returns")
    for page in BasePage.objects.all():
        PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="x")

    for address in ("/", story.url, story.get_parent().url):
        assert client.get(address).status_code == 200


def test_the_newsroom_is_not_offered_privacy() -> None:
    assert BasePage.private_page_options == []


@pytest.mark.parametrize("address", ["/nothing/", "/2016/nothing/", "/%F0%9F%97%9E/", "/a/b/c/d/e/f/"])
def test_an_unknown_address_is_answered_helpfully(client: Client, address: str) -> None:
    make_story(headline="Ferry returns")

    response = client.get(address)

    assert response.status_code == 404
    assert "Ferry returns" in response.content.decode()


def test_signing_in_changes_nothing_and_no_page_sets_a_cookie(admin_client: Client, client: Client) -> None:
    story = make_story(headline="Ferry returns")

    for address in ("/", story.url, "/nothing/"):
        as_anyone, as_admin = client.get(address), admin_client.get(address)
        assert as_anyone.content == as_admin.content
        assert not as_anyone.cookies
        assert "Cookie" not in as_anyone.headers.get("Vary", "")
