"""What is suggested to who begins to write: true as any stored page, small, and made of names alone."""

import datetime as dt
import json

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change, FollowerPosition
from broadsheet.delivery.addresses import stored_name
from broadsheet.delivery.render_page import Renderer
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.search import suggestions
from broadsheet.search.follow_names import follow_names
from broadsheet.search.models import SuggestedName
from broadsheet.search.shelves import SHELVES, plain_words, shelves_of
from broadsheet.search.tests.factories import make_best_bet
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.merge_topics import merge_topics
from broadsheet.topics.models import TopicSynonym
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


def address(letter: str) -> str:
    (shelf,) = shelves_of([letter])
    return f"/-/suggestions/{shelf}.json"


def labels(client: Client, letter: str) -> list[str]:
    while follow_names():
        pass
    return [name["label"] for name in client.get(address(letter)).json()["names"]]


def published(headline: str, **fields: object) -> Story:
    story = make_story(headline=headline, live=False, **fields)  # type: ignore[arg-type]
    story.save_revision()
    publish_story(story=story, user=UserFactory.create(is_superuser=True))
    return Story.objects.get(pk=story.pk)


def test_names_are_suggested_by_the_beginning_of_any_of_their_words(client: Client) -> None:
    section = SectionFactory.create(name="Harbour news")
    topic, silent = TopicFactory.create(name="Élysée harbour"), TopicFactory.create(name="Harbour of nobody")
    topic.synonyms = [TopicSynonym(name="Quai")]
    topic.save()
    person = ContributorFactory.create(name="Wren Hale")
    published("Ferry", topics=[topic], by=[person])

    assert labels(client, "h") == ["Harbour news", "Wren Hale", "Élysée harbour"]
    assert labels(client, "E") == ["Élysée harbour"]
    assert labels(client, "n") == ["Harbour news"]
    (name,) = client.get(address("q")).json()["names"]
    assert name == {"kind": "topic", "label": "Élysée harbour", "url": topic.get_absolute_url(), "also": ["Quai"]}
    assert section.get_absolute_url() in client.get(address("n")).content.decode()
    assert silent.name not in labels(client, "o"), "there is nothing to read about it"


def test_what_readers_read_most_about_comes_first(client: Client) -> None:
    rare, usual = TopicFactory.create(name="Haddock"), TopicFactory.create(name="Harbour")
    for number in range(4):
        published(f"Ferry {number}", topics=[usual])
    published("Fish", topics=[rare])

    assert labels(client, "h") == ["Harbour", "Haddock"]


def test_names_follow_what_the_newsroom_does(client: Client) -> None:
    topic, other = TopicFactory.create(name="Harbour"), TopicFactory.create(name="Port")
    story = published("Ferry", topics=[topic])
    assert labels(client, "h") == ["Harbour"]

    topic.name = "Quay"
    topic.save()
    assert (labels(client, "h"), labels(client, "q")) == ([], ["Quay"])

    merge_topics(merged=topic, into=other)
    assert labels(client, "p") == ["Port"]
    assert labels(client, "q") == ["Port"], "what it was called leads there, too"

    unpublish_story(story=story, user=UserFactory.create(is_superuser=True))
    assert labels(client, "p") == []


def test_a_shelf_is_touched_when_its_names_change_and_by_nothing_else() -> None:
    topic = TopicFactory.create(name="Harbour")
    published("Ferry", topics=[topic])
    while follow_names():
        pass
    newest = Change.objects.latest("seq").seq

    published("Boat", topics=[TopicFactory.create(name="Zebra")])
    while follow_names():
        pass
    (shelf,) = shelves_of(["z"])
    touched = {key for keys in Change.objects.filter(seq__gt=newest).values_list("keys", flat=True) for key in keys}
    assert {key for key in touched if key.startswith("shelf:")} == {f"shelf:{shelf}"}

    newest = Change.objects.latest("seq").seq
    topic.description = "<p>Where ships are.</p>"
    topic.save()
    while follow_names():
        pass
    touched = {key for keys in Change.objects.filter(seq__gt=newest).values_list("keys", flat=True) for key in keys}
    assert not {key for key in touched if key.startswith("shelf:")}


def test_a_name_that_is_gone_is_gone_from_every_copy() -> None:
    person = ContributorFactory.create(name="Wren Hale")
    story = published("Ferry", by=[person])
    while follow_names():
        pass
    story.bylines.all().delete()

    person.delete()
    while follow_names():
        pass

    assert not SuggestedName.objects.exists()
    hard = [key for keys in Change.objects.filter(hard=True).values_list("keys", flat=True) for key in keys]
    assert any(key.startswith("shelf:") for key in hard)


def test_whoever_begins_late_has_all_names() -> None:
    for number in range(3):
        published(f"Ferry {number}", topics=[TopicFactory.create(name=f"Harbour {number}")])
    while follow_names():
        pass
    before = list(SuggestedName.objects.order_by("kind", "object_id", "shelf").values_list("label", "weight"))
    SuggestedName.objects.all().delete()
    FollowerPosition.objects.all().delete()

    while follow_names():
        pass

    assert before
    assert before == list(SuggestedName.objects.order_by("kind", "object_id", "shelf").values_list("label", "weight"))


def test_best_bets_come_first_and_end_at_their_moment(client: Client) -> None:
    SectionFactory.create(name="Opinion")
    end = timezone.now() + dt.timedelta(days=1)
    page, draft = make_story(headline="When we are open"), make_story(headline="Draft", live=False)
    make_best_bet("Opening hours", "open", pages=[draft, page], until=end)
    make_best_bet("only a draft", pages=[draft])

    assert labels(client, "o") == ["open", "Opening hours", "Opinion"]
    assert client.get(address("o")).json()["names"][0] == {"kind": "bet", "label": "open", "url": page.url}
    rendered = Renderer().render(address("o"))
    assert rendered.renew_at == end
    assert {"bets", f"c:{page.pk}", f"c:{draft.pk}"} <= rendered.keys
    with time_machine.travel(end, tick=False):
        assert labels(client, "o") == ["Opinion"]


def test_a_shelf_is_a_stored_page_and_there_are_few(client: Client) -> None:
    rendered = Renderer().render(address("h"))

    assert not rendered.personal
    assert stored_name(address("h"), "") == address("h")
    assert rendered.content_type == "application/json"
    assert all(client.get(f"/-/suggestions/{shelf}.json").status_code == 200 for shelf in (0, 9, 10, SHELVES - 1))
    for shelf in ("64", "00", "007", "-1", "x", "٣", "1000"):
        assert client.get(f"/-/suggestions/{shelf}.json").status_code == 404, shelf


def test_a_shelf_is_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST_NAMES", 3)
    monkeypatch.setattr(suggestions, "MOST_BETS", 2)
    for number in range(5):
        SectionFactory.create(name=f"Harbour {number}")
    make_best_bet(*(f"harbour {number}" for number in range(5)), pages=[make_story()])

    assert len(labels(client, "h")) == 5


def test_letters_with_marks_and_letters_that_are_alike_stand_on_the_same_shelf() -> None:
    alike = [("Łódź", "lodz"), ("Ørsted", "orsted"), ("أحمد", "احمد"), ("שָׁלוֹם", "שלום"), ("Ёлка", "елка"), ("Σ", "ς")]
    for one, other in alike:
        assert shelves_of([one]) == shelves_of([other]), one
        assert plain_words(one) == plain_words(other)
    assert plain_words("“Ünter” den-Linden 3") == ["unter", "den", "linden", "3"]
    assert json.loads(json.dumps(plain_words("\ud800 x")))  # halves of characters are no letters
