"""What an operator renders ahead is what readers then ask for."""

import pytest
from django.core.management import call_command
from pytest_django import Settings

from broadsheet.delivery.page_store import PageStore, State
from broadsheet.delivery.tests.asking import Asker
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.tests.factories import make_story

QUAY = "набережная"


def as_asked(address: str) -> str:
    """A path as WSGI gives it: each byte a character."""
    return address.encode().decode("latin-1")


@pytest.mark.django_db
@pytest.mark.parametrize("given", [[], ["percent"], ["typed"]])
def test_pages_of_any_script_are_rendered_under_the_names_that_readers_ask_for(
    store: PageStore, settings: Settings, given: list[str]
) -> None:
    settings.BROADSHEET_DATA = store.path.parent
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = True
    story = make_story(headline="A walk on the quay", slug=QUAY, section=SectionFactory.create())
    shelf = story.url.partition("%")[0] if "%" in story.url else story.url.removesuffix(f"{QUAY}/")
    paths = {"percent": story.url, "typed": f"{shelf}{QUAY}/"}

    call_command("pages", "warm", *(paths[kind] for kind in given), json=True)

    name = as_asked(f"{shelf}{QUAY}/")
    standing = store.standing(name)
    assert standing is not None
    assert (standing.state, standing.status) == (State.FRESH, 200)
    assert Asker(store).get(name).how.startswith("Broadsheet; hit")
    assert [other for other in store.names() if "%" in other] == []
