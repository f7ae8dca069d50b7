"""The index holds what readers can see, whatever the newsroom does."""

import itertools
import random
from collections.abc import Callable

import pytest
from wagtail.rich_text import RichText

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.change_photo_words import change_photo_words
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.update_story import update_story
from broadsheet.search.documents import story_documents
from broadsheet.search.engine.interface import Clause, Kind, Query
from broadsheet.search.index_home import IndexedElsewhereError, IndexHome
from broadsheet.search.indexer import Indexer
from broadsheet.search.open_index import OpenIndex
from broadsheet.search.verify_index import verify_index
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import ChangeClass, Story, TakedownGround
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.merge_topics import merge_topics
from broadsheet.topics.models import TopicSynonym
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
Followed = Callable[[], OpenIndex]


def found(index: OpenIndex, *words: str, kind: Kind = Kind.STORY) -> set[int]:
    answer = index.search(Query(wanted=tuple(Clause(word) for word in words), kind=kind, limit=100))
    return {hit.pk for hit in answer.hits}


def is_true(index: OpenIndex) -> bool:
    return verify_index(index=index.index()).is_clean


def update(story: Story, **fields: object) -> None:
    user = UserFactory.create(is_superuser=True)
    version = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(version, name, value)
    version.save_revision(user=user)
    update_story(story=story, user=user, change_class=ChangeClass.UPDATE)


def published(headline: str, **fields: object) -> Story:
    story = make_story(headline=headline, live=False, **fields)  # type: ignore[arg-type]
    story.save_revision()
    publish_story(story=story, user=UserFactory.create(is_superuser=True))
    return Story.objects.get(pk=story.pk)


def test_every_word_of_a_story_is_found_and_none_of_a_draft(followed: Followed) -> None:
    person = ContributorFactory.create(name="Ursula Tranmer")
    topic = TopicFactory.create(name="Saltgate barrier")
    photo = PhotoFactory.create(caption="Geese over the marsh", credit="Ilse Brandt")
    story = published(
        "Flood defences fail",
        standfirst="Fourteen months of warnings.",
        kicker="Investigation",
        body=[("paragraph", RichText("<p>The <b>gates</b> would weld shut.</p>")), ("heading", {"text": "Bolts"})],
        by=[person],
        topics=[topic],
        lead_photo=photo,
    )
    make_story(headline="Flood of drafts", live=False)

    index = followed()

    for words in ("flood", "warnings", "investigation", "weld", "bolts", "tranmer", "saltgate", "geese", "brandt"):
        assert found(index, words) == {story.pk}, words
    assert found(index, "saltgate", kind=Kind.TOPIC) == {topic.pk}
    assert found(index, "tranmer", kind=Kind.PERSON) == {person.pk}
    assert is_true(index)


def test_what_changes_is_found_as_it_is_now(followed: Followed) -> None:
    story = published("Ferry returns")
    assert found(followed(), "ferry") == {story.pk}

    update(story, title="Boat returns")
    assert (found(followed(), "ferry"), found(followed(), "boat")) == (set(), {story.pk})

    user = UserFactory.create(is_superuser=True)
    unpublish_story(story=Story.objects.get(pk=story.pk), user=user)
    assert found(followed(), "boat") == set()

    other = published("Ferry sinks")
    assert found(followed(), "ferry") == {other.pk}
    take_down_story(
        story=other, user=user, ground=TakedownGround.LEGAL, sentence="It is gone.", reason="A court said so."
    )
    index = followed()
    assert found(index, "ferry") == set()
    assert is_true(index)


def test_a_new_name_is_found_with_all_its_stories(followed: Followed) -> None:
    person, topic, section = ContributorFactory.create(), TopicFactory.create(), SectionFactory.create()
    stories = {published(f"Story {n}", by=[person], topics=[topic], section=section).pk for n in range(3)}
    published("Another")
    followed()

    person.name, topic.name = "Wren Pallister", "Vesterey"
    person.save()
    topic.save()
    index = followed()

    assert found(index, "pallister") == found(index, "vesterey") == stories
    assert is_true(index)


def test_stories_of_a_merged_topic_are_found_under_the_other(followed: Followed) -> None:
    merged, into = TopicFactory.create(name="Harbour"), TopicFactory.create(name="Port")
    story = published("Cranes", topics=[merged])
    followed()

    merge_topics(merged=merged, into=into)
    index = followed()

    assert found(index, "port") == {story.pk}
    assert found(index, "harbour", kind=Kind.TOPIC) == {into.pk}, "the former name is another name of the other"
    assert is_true(index)


def test_another_name_of_a_topic_is_one_to_find_it_by(followed: Followed) -> None:
    topic = TopicFactory.create(name="Harbour")
    followed()

    topic.synonyms = [TopicSynonym(name="Port")]
    topic.save()
    index = followed()
    assert found(index, "port", kind=Kind.TOPIC) == {topic.pk}

    topic.synonyms = []
    topic.save()
    index = followed()
    assert found(index, "port", kind=Kind.TOPIC) == set()
    assert is_true(index)


def test_other_words_of_a_photo_are_found(followed: Followed) -> None:
    photo = PhotoFactory.create(caption="A crane", credit="Ilse Brandt")
    story = published("Cranes fall", lead_photo=photo)
    followed()

    photo.caption = "A lighthouse"
    change_photo_words(photo=photo)
    index = followed()

    assert found(index, "lighthouse") == {story.pk}
    assert is_true(index)


def test_a_database_that_was_put_back_has_its_index_built_anew(followed: Followed) -> None:
    story = published("Ferry returns")
    followed()
    Change.objects.all().delete()
    Story.objects.filter(pk=story.pk).update(live=False)

    index = followed()

    assert found(index, "ferry") == set()
    assert is_true(index)


def test_a_second_indexer_is_refused_and_stands_by(home: IndexHome) -> None:
    with home.sole_indexer():
        with pytest.raises(IndexedElsewhereError), home.sole_indexer():
            pass
        looks = iter([False, True])
        with home.next_indexer(is_stopped=lambda: next(looks)) as is_ours:
            assert not is_ours
    with home.next_indexer(is_stopped=lambda: False) as is_ours:
        assert is_ours


def test_an_index_of_another_version_is_built_anew(
    home: IndexHome, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = published("Ferry returns")
    followed()
    before = home.current()
    monkeypatch.setattr("broadsheet.search.index_home.fingerprint", lambda: "another")
    assert home.current() is None

    assert found(followed(), "ferry") == {story.pk}

    assert home.current() not in {None, before}
    assert before is not None
    assert not before.exists()


def test_whoever_searches_goes_over_to_a_new_index_by_himself(home: IndexHome, followed: Followed) -> None:
    from broadsheet.search.rebuild_index import rebuild_index  # noqa: PLC0415

    story = published("Ferry returns")
    index = followed()
    assert found(index, "ferry") == {story.pk}
    before = home.current()

    assert rebuild_index(home=home) > 0

    assert home.current() != before
    assert found(index, "ferry") == {story.pk}
    other = published("Ferry sinks")
    assert found(followed(), "ferry") == {story.pk, other.pk}


def test_verify_finds_what_is_wrong(home: IndexHome, followed: Followed) -> None:
    kept, changed, gone = (published(f"Ferry {word}") for word in ("one", "two", "three"))
    index = followed()
    indexer = Indexer(home)
    assert not indexer.step()
    assert indexer._writer is not None
    strange = story_documents([kept.pk])[0]
    checkpoint = indexer._writer.checkpoint()
    indexer._writer.add([strange])
    indexer._writer.apply(upserts=(), deletes=[f"story:{gone.pk}"], upto_seq=checkpoint)
    indexer.close()
    home.counter.touch()
    Story.objects.filter(pk=changed.pk).update(title="Boat two")

    report = verify_index(index=index.index())

    assert (report.missing, report.different, report.doubled) == (
        [f"story:{gone.pk}"],
        [f"story:{changed.pk}"],
        [f"story:{kept.pk}"],
    )
    assert not report.is_clean


def test_any_sequence_of_acts_ends_in_a_true_index(followed: Followed) -> None:
    chance = random.Random(5)
    user = UserFactory.create(is_superuser=True)
    topics = [TopicFactory.create(name=f"Topic {n}") for n in range(4)]
    photo = PhotoFactory.create()
    stories: list[Story] = []
    number = itertools.count()

    def rename() -> None:
        topic = chance.choice(topics)
        topic.name = f"Topic {chance.random()}"
        topic.save()

    def publish() -> None:
        chosen = chance.sample(topics, 2)
        stories.append(published(f"Ferry {next(number)}", topics=chosen, lead_photo=photo))

    def change() -> None:
        update(chance.choice(stories), title=f"Boat {chance.random()}")

    def unpublish() -> None:
        if len(stories) > 1:
            unpublish_story(story=Story.objects.get(pk=stories.pop().pk), user=user)

    def recaption() -> None:
        photo.caption = f"Geese {chance.random()}"
        change_photo_words(photo=photo)

    publish()
    for _ in range(40):
        chance.choice((rename, publish, change, unpublish, recaption))()
        if chance.random() < 0.3:
            assert is_true(followed())
    assert is_true(followed())
