"""The index holds what readers can see, whatever the newsroom does."""

import itertools
import math
import random
from collections.abc import Callable, Iterator
from typing import Any

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
from broadsheet.search import follow_changes
from broadsheet.search import indexer as indexing
from broadsheet.search import open_index as open_indexes
from broadsheet.search import rebuild_index as rebuilding
from broadsheet.search.documents import story_documents
from broadsheet.search.engine.interface import Clause, Document, Found, Kind, Query
from broadsheet.search.engine.tantivy_index import TantivyIndex
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


def test_a_database_that_was_put_back_and_has_grown_since_is_noticed(followed: Followed) -> None:
    story = published("Ferry returns")
    index = followed()
    newest = Change.objects.latest("seq")
    Story.objects.filter(pk=story.pk).update(live=False)
    Change.objects.filter(pk=newest.pk).update(keys=["nav"])  # another change has the number that was read last
    Change.objects.create(keys=["nav"], at=newest.at)

    index = followed()

    assert found(index, "ferry") == set()
    assert is_true(index)


def test_another_name_of_a_topic_writes_none_of_its_stories(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = TopicFactory.create(name="Harbour")
    for number in range(3):
        published(f"Ferry {number}", topics=[topic])
    followed()
    made: list[int] = []

    def counted(pks: Any) -> list[Document]:
        made.extend(pks)
        return story_documents(pks)

    monkeypatch.setattr(follow_changes, "story_documents", counted)
    topic.synonyms = [TopicSynonym(name="Port"), TopicSynonym(name="Quay")]
    topic.save()
    followed()
    assert made == []

    topic.name, topic.synonyms = "Haven", [TopicSynonym(name="Dock")]
    topic.save()
    index = followed()
    assert len(made) == 3, "each once"
    assert is_true(index)


def test_one_story_that_cannot_be_read_keeps_no_other_out(followed: Followed) -> None:
    broken, whole = published("Ferry one"), published("Ferry two")
    Story.objects.filter(pk=broken.pk).update(body=[{"type": "paragraph", "value": 7, "id": "x"}])
    published("Ferry three")

    index = followed()

    assert {broken.pk, whole.pk} < found(index, "ferry")


def test_a_build_that_fails_leaves_nothing_behind(
    home: IndexHome, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = published("Ferry returns")
    index = followed()
    (home.folder / "killed-7").mkdir()

    def failing() -> Iterator[Document]:
        yield from story_documents([story.pk])
        raise OSError("No space left on device")

    monkeypatch.setattr(rebuilding, "all_documents", failing)
    for _ in range(3):
        with pytest.raises(OSError, match="No space"):
            rebuilding.rebuild_index(home=home)

    assert [one for one in home.folder.iterdir() if one.is_dir()] == [home.current()]
    assert found(index, "ferry") == {story.pk}


def test_a_build_keeps_the_index_of_the_version_before_until_it_is_done(
    home: IndexHome, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Ferry returns")
    followed()
    before = home.current()
    assert before is not None
    monkeypatch.setattr("broadsheet.search.index_home.fingerprint", lambda: "another")

    home.tidy()

    assert before.exists(), "the processes of the version before search in it"


def test_an_indexer_that_fails_tries_less_and_less_often(home: IndexHome, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(indexing, "_wait", lambda seconds, is_stopped: pauses.append(seconds))
    monkeypatch.setattr(Indexer, "step", failing_step)

    indexing.keep_index(home=home, is_stopped=lambda: len(pauses) == 8)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def failing_step(indexer: Indexer) -> bool:
    raise OSError("No space left on device")


def test_what_was_committed_and_not_told_is_seen_all_the_same(home: IndexHome, followed: Followed) -> None:
    index = followed()
    assert found(index, "ferry") == set()
    story = published("Ferry returns")
    indexer = Indexer(home)
    home.counter.touch = lambda: None  # type: ignore[method-assign]
    assert indexer.step()
    indexer.close()
    index._looked_at = math.inf  # a second has not passed yet, however slow this machine is
    assert found(index, "ferry") == set()

    index._looked_at = 0
    assert found(index, "ferry") == {story.pk}


def test_an_indexer_tells_when_it_begins(home: IndexHome, followed: Followed) -> None:
    followed()
    before = home.counter.value
    indexer = Indexer(home)
    assert not indexer.step()
    indexer.close()

    assert home.counter.value != before


def test_an_answer_of_before_is_not_remembered_after(
    home: IndexHome, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = followed()
    search = TantivyIndex.search
    published("Ferry returns")

    def slow(engine: TantivyIndex, query: Query) -> Found:
        answer = search(engine, query)
        monkeypatch.setattr(TantivyIndex, "search", search)
        followed()
        index.index()  # another thread looks again
        return answer

    monkeypatch.setattr(TantivyIndex, "search", slow)
    assert found(index, "ferry") == set()

    assert len(found(index, "ferry")) == 1


def test_what_is_remembered_is_bounded_by_its_size(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_indexes, "MOST_REMEMBERED_CHARACTERS", 2_000)
    text = [("paragraph", RichText(f"<p>{'The ferry. ' * 100}</p>"))]
    for number in range(3):
        published(f"Ferry {number}", body=text)
    index = followed()

    for word in ("ferry", "the", "0", "1", "2"):
        found(index, word)

    assert len(index._remembered) == 1
    assert index._characters == sum(map(open_indexes._characters, index._remembered.values()))
