"""Stories that say the same in several languages name each other."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.models import Change
from broadsheet.delivery.render_page import Renderer
from broadsheet.feeds.models import Translation
from broadsheet.publishing.publish_story import publish_story
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.stories.tests.recording import publish, take_off

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def alternates(client: Client, story: Story) -> dict[str, str]:
    page: Any = BeautifulSoup(client.get(story.url).content, "html.parser")
    return {link["hreflang"]: link["href"] for link in page.find_all("link", hreflang=True)}


@pytest.fixture
def three() -> list[Story]:
    english, hebrew, arabic = (
        publish("One.", headline=f"In {language}", slug=language, language=language) for language in ("en", "he", "ar")
    )
    for story in (hebrew, arabic):
        Translation.objects.create(original=english, story=story)
    return [english, hebrew, arabic]


def test_each_names_all_and_the_original_for_everybody_else(client: Client, three: list[Story]) -> None:
    expected = {story.language: f"{SITE}{story.url}" for story in three} | {"x-default": f"{SITE}{three[0].url}"}

    assert [alternates(client, story) for story in three] == [expected] * 3
    assert alternates(client, make_story(headline="Alone")) == {}


def test_what_readers_cannot_read_is_not_named(client: Client, three: list[Story]) -> None:
    take_off(three[1], hours=1)
    assert alternates(client, three[2]).keys() == {"en", "ar", "x-default"}

    take_off(three[2], hours=2)
    assert alternates(client, three[0]) == {}


def test_a_story_hears_of_a_translation_that_goes_live_later(three: list[Story]) -> None:
    draft = make_story(headline="Deutsch", slug="deutsch", language="de", live=False)
    draft.save_revision()
    Translation.objects.create(original=three[0], story=draft)
    keys = Renderer().render(three[0].url).keys

    publish_story(story=draft, user=UserFactory.create(is_superuser=True))

    assert set(Change.objects.latest("seq").keys) & keys


def test_all_pages_of_the_group_hear_of_a_change(client: Client, three: list[Story]) -> None:
    alone = publish("One.", headline="Deutsch", slug="de", language="de")
    keys = {story.pk: Renderer().render(story.url).keys for story in [*three, alone]}

    Translation.objects.create(original=three[0], story=alone)
    added = set(Change.objects.latest("seq").keys)
    take_off(three[1], hours=1)
    taken = set(Change.objects.latest("seq").keys)

    assert all(added & found for found in keys.values())
    assert all(taken & keys[story.pk] for story in three)


def test_a_group_has_one_original_and_a_language_once(three: list[Story]) -> None:
    other = make_story(headline="Deutsch", language="de")
    english = make_story(headline="Another")

    for original, story in ((three[1], other), (other, three[0]), (three[0], english)):
        with pytest.raises(ValidationError):
            Translation(original=original, story=story).full_clean()
    Translation(original=three[0], story=other).full_clean()


def test_editors_name_translations_in_the_newsroom(client: Client, three: list[Story]) -> None:
    client.force_login(UserFactory.create(is_superuser=True))
    other = make_story(headline="Deutsch", slug="de", language="de")

    answer = client.post("/newsroom/paper/translations/add/", {"original": three[0].pk, "story": other.pk})

    assert answer.status_code == 302
    assert Translation.objects.get(story=other).original == three[0]
