"""The list of addresses not found, used by an editor."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from broadsheet.kit import clock
from broadsheet.newsdesk.tests.conftest import SignIn
from broadsheet.pages.count_missed_addresses import count_missed_addresses
from broadsheet.pages.models import IgnoredAddress
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def missed() -> None:
    count_missed_addresses(counts={(clock.local_date(clock.now()), "/gone/<b>?"): (7, 2)})


def page(client: Client) -> str:
    return client.get(reverse("newsdesk_missed_addresses")).content.decode()


def test_an_editor_makes_a_redirect_of_it(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    story = make_story()
    address = reverse("newsdesk_redirect_missed")
    assert "/gone/&lt;b&gt;?" in page(client)

    form = client.get(f"{address}?address=/gone/").content.decode()
    made = client.post(address, {"old_path": "/gone/<b>?", "redirect_page": story.pk, "is_permanent": "on"})

    assert 'value="/gone/"' in form
    assert made["Location"] == reverse("newsdesk_missed_addresses")
    assert Redirect.objects.get().redirect_page_id == story.pk


def test_an_editor_ignores_it_and_takes_that_back(client: Client, sign_in: SignIn) -> None:
    sign_in("Editor")
    ignore = reverse("newsdesk_ignore_missed")

    client.post(ignore, {"address": "/gone/<b>?"})
    assert IgnoredAddress.objects.get().address == "/gone/<b>?"
    assert "No reader missed anything" in page(client)
    client.post(ignore, {"address": "/gone/<b>?", "again": "1"})

    assert not IgnoredAddress.objects.exists()
    assert "No reader missed anything" not in page(client)


@pytest.mark.parametrize(
    ("role", "may"), [("Reporter", False), ("Moderator", False), ("Editor", True), ("Admin", True)]
)
def test_the_list_is_for_those_who_make_redirects(client: Client, sign_in: SignIn, role: str, may: bool) -> None:
    sign_in(role)

    answer = client.get(reverse("newsdesk_missed_addresses"))
    client.post(reverse("newsdesk_ignore_missed"), {"address": "/x"})

    assert (answer.status_code == 200) == may
    assert IgnoredAddress.objects.exists() == may
