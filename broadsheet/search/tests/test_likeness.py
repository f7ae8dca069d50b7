"""Which stories are found to read alike, and what pages hear of it."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from wagtail.rich_text import RichText

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.search import follow_likeness as likeness
from broadsheet.search.index_home import IndexHome
from broadsheet.search.open_index import OpenIndex
from broadsheet.stories.models import SimilarStory, Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
Followed = Callable[[], OpenIndex]
KEEPER = "The lighthouse keeper of Scar mended the foghorn with rope and tar."


def published(headline: str, text: str) -> Story:
    story = make_story(headline=headline, live=False, body=[("paragraph", RichText(f"<p>{text}</p>"))])
    story.save_revision()
    publish_story(story=story, user=UserFactory.create(is_superuser=True))
    return Story.objects.get(pk=story.pk)


def alike(story: Story) -> list[int]:
    return list(SimilarStory.objects.filter(story=story).order_by("place").values_list("similar_id", flat=True))


@pytest.fixture
def related(home: IndexHome, followed: Followed) -> Callable[[], None]:
    for number in range(12):
        published(f"Budget {number}", "The council voted on money and roads.")

    def follow() -> None:
        followed()
        while likeness.follow_likeness(home.current()):
            followed()

    follow()
    return follow


def test_a_story_that_reads_alike_stands_below_without_a_shared_topic(
    client: Client, related: Callable[[], None]
) -> None:
    first = published("Foghorn mended", KEEPER)
    related()
    second = published("Scar light", KEEPER)
    related()

    assert alike(second) == [first.pk]
    page = BeautifulSoup(client.get(second.url).content, "html.parser")
    assert first.url in [link["href"] for link in page.select("main a[href]")]


def test_publishing_makes_no_other_story_old(related: Callable[[], None]) -> None:
    first = published("Foghorn mended", KEEPER)
    related()
    newest = Change.objects.latest("seq").seq
    second = published("Scar light", KEEPER)
    related()

    touched = {key for keys in Change.objects.filter(seq__gt=newest).values_list("keys", flat=True) for key in keys}
    assert {key for key in touched if key.startswith("like:")} == {f"like:{second.pk}"}
    assert alike(first) == []


def test_what_is_unpublished_is_like_nothing_any_more(related: Callable[[], None]) -> None:
    first = published("Foghorn mended", KEEPER)
    related()
    second = published("Scar light", KEEPER)
    related()
    unpublish_story(story=first, user=UserFactory.create(is_superuser=True))
    related()

    assert alike(second) == []


def test_a_change_of_very_many_stories_is_left_to_the_command(
    related: Callable[[], None], monkeypatch: pytest.MonkeyPatch, home: IndexHome
) -> None:
    monkeypatch.setattr(likeness, "MOST_OF_A_CHANGE", 0)
    first, second = published("Foghorn mended", KEEPER), published("Scar light", KEEPER)
    related()
    assert (alike(first), alike(second)) == ([], [])

    call_command("search", "relate", "--json")
    assert (alike(first), alike(second)) == ([second.pk], [first.pk])


def test_whoever_begins_has_the_newest_stories_related(related: Callable[[], None]) -> None:
    first, second = published("Foghorn mended", KEEPER), published("Scar light", KEEPER)
    FollowerPosition.objects.all().delete()
    SimilarStory.objects.all().delete()

    related()

    assert (alike(first), alike(second)) == ([second.pk], [first.pk])


def test_one_node_is_enough(
    home: IndexHome, related: Callable[[], None], followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Foghorn mended", KEEPER)
    related()
    published("Scar light", KEEPER)
    followed()
    similar_to = likeness.similar_to

    def slow(*args: object) -> object:
        found = similar_to(*args)  # type: ignore[arg-type]
        monkeypatch.setattr(likeness, "similar_to", similar_to)
        while likeness.follow_likeness(home.current()):
            pass
        return found

    monkeypatch.setattr(likeness, "similar_to", slow)
    assert likeness.follow_likeness(home.current())

    position = FollowerPosition.objects.get(follower=likeness.FOLLOWER)
    assert position.seq == Change.objects.latest("seq").seq, "it was not set back"
