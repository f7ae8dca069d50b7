"""The newsroom's index is true: of drafts, of what is written in bulk, after whatever befell the database."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from wagtail.rich_text import RichText
from wagtail.search.backends import get_search_backend

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.put_back_story import put_back_story
from broadsheet.publishing.take_down_story import take_down_story
from broadsheet.search.engine.interface import Clause, Kind, Query
from broadsheet.search.index_home import IndexHome
from broadsheet.search.indexer import keep_index
from broadsheet.search.newsroom.documents import all_newsroom_documents
from broadsheet.search.newsroom.models import NewsroomChange
from broadsheet.search.newsroom.newsroom_indexer import NewsroomIndexer
from broadsheet.search.newsroom.open_newsroom import close_newsroom_index, newsroom_home, newsroom_index
from broadsheet.search.newsroom.unread import Unread, forget_old_changes
from broadsheet.search.rebuild_index import sole_builder
from broadsheet.search.tests.newsroom import bring_up_to_date
from broadsheet.search.verify_index import verify_index
from broadsheet.stories.models import Story, TakedownGround
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.models import Topic
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.BROADSHEET_DATA = tmp_path
    close_newsroom_index()
    yield
    close_newsroom_index()


def found(words: str, model: type[Model] = BasePage) -> list[int]:
    return [one.pk for one in get_search_backend().autocomplete(words, model)]


def is_true() -> bool:
    index = newsroom_index()
    assert index is not None
    return verify_index(index=index, all_documents=all_newsroom_documents).is_clean


def draft(headline: str, text: str = "") -> Story:
    story = make_story(headline=headline, live=False)
    return save_draft(story, title=headline, body=[("paragraph", RichText(f"<p>{text}</p>"))])


def save_draft(story: Story, **fields: Any) -> Story:
    version = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(version, name, value)
    version.save_revision()
    return Story.objects.get(pk=story.pk)


def test_a_draft_is_found_by_the_words_of_its_text_and_no_more_by_those_that_were_cut() -> None:
    story = draft("Ferry", "The harbour master resigned.")
    bring_up_to_date()
    assert found("resigned") == found("harb mast") == [story.pk]

    save_draft(story, body=[("paragraph", RichText("<p>The mayor stays.</p>"))])
    bring_up_to_date()

    assert (found("resigned"), found("mayor")) == ([], [story.pk])
    assert is_true()


def test_a_published_story_is_found_by_its_draft_and_by_its_names() -> None:
    person, topic = ContributorFactory.create(name="Ursula Tranmer"), TopicFactory.create(name="Saltgate barrier")
    story = make_story(headline="Flood", by=[person], topics=[topic])
    bring_up_to_date()

    assert found("tranmer") == found("saltg") == [story.pk]
    assert is_true()


def test_what_was_written_in_bulk_comes_by_the_change_log() -> None:
    story = make_story(headline="Ferry")
    bring_up_to_date()
    with transaction.atomic():
        BasePage.objects.filter(pk=story.pk).update(draft_title="Boat")
        Story.objects.filter(pk=story.pk).update(title="Boat")
        Change.objects.create(keys=[f"a:{story.pk}"], at=clock.now())

    bring_up_to_date()

    assert (found("ferry"), found("boat")) == ([], [story.pk])


def test_a_new_name_is_found_with_the_pages_that_show_it() -> None:
    topic = TopicFactory.create(name="Harbour")
    story = make_story(headline="Cranes", topics=[topic])
    bring_up_to_date()

    topic.name = "Quayside"
    topic.save()
    bring_up_to_date()

    assert found("quayside") == [story.pk]
    assert found("quayside", Topic) == [topic.pk]
    assert is_true()


def test_photos_are_found_by_caption_and_not_when_they_are_gone() -> None:
    photo = PhotoFactory.create(title="DSC_0012", caption="Geese over the marsh", credit="Ilse Brandt")
    bring_up_to_date()
    assert found("marsh", Photo) == found("ils bra", Photo) == [photo.pk]

    pk = photo.pk
    photo.delete()
    bring_up_to_date()

    assert found("marsh", Photo) == []
    assert not NewsroomChange.objects.filter(kind="photo").exclude(object_pk=pk).exists()
    assert is_true()


def test_what_is_taken_down_is_found_at_once_by_none_of_its_words_and_comes_back_with_them() -> None:
    user = UserFactory.create(is_superuser=True)
    story = draft("Ferry returns", "The harbour master resigned.")
    publish_story(story=story, user=user)
    bring_up_to_date()
    assert found("resigned") == [story.pk]

    take_down_story(story=story, user=user, ground=TakedownGround.LEGAL, sentence="It is gone.", reason="A court.")
    assert found("resigned") == found("ferry") == [], "before the indexer has looked"
    bring_up_to_date()
    index = newsroom_index()
    assert index is not None
    query = Query(wanted=(Clause("resigned"),), kind=Kind.PAGE)
    assert index.ranked(query).total == 0, "nor do its words stay in the index"
    assert is_true()

    put_back_story(story=story, user=user, reason="The court changed its mind.")
    bring_up_to_date()
    assert found("resigned") == [story.pk]


class Newsroom:
    """One in which anything may happen next."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.user = UserFactory.create(is_superuser=True)
        self.people = [ContributorFactory.create(name=f"Person {n}") for n in range(3)]
        self.topics = [TopicFactory.create(name=f"Topic {n}") for n in range(3)]
        self.photos = [PhotoFactory.create() for _ in range(3)]
        self.stories: list[Story] = []
        self.write()

    def write(self) -> None:
        topics = self.chance.sample(self.topics, 2)
        headline = f"Ferry {len(self.stories)} {self.chance.random()}"
        self.stories.append(make_story(headline=headline, live=False, by=self.people[:2], topics=topics))

    def edit(self) -> None:
        text = RichText(f"<p>Boat {self.chance.random()}</p>")
        save_draft(self.chance.choice(self.stories), title=f"Boat {self.chance.random()}", body=[("paragraph", text)])

    def publish(self) -> None:
        story = Story.objects.get(pk=self.chance.choice(self.stories).pk)
        if not story.live:
            story.save_revision()
            publish_story(story=story, user=self.user)

    def discard(self) -> None:
        last = Story.objects.get(pk=self.stories[-1].pk)
        if len(self.stories) > 1 and not last.live:
            self.stories.pop()
            last.delete()

    def rename(self) -> None:
        named = self.chance.choice([*self.people, *self.topics])
        named.name = f"Name {self.chance.random()}"
        named.save()

    def recaption(self) -> None:
        photo = self.chance.choice(self.photos)
        photo.caption = f"Geese {self.chance.random()}"
        photo.save()

    def upload(self) -> None:
        self.photos.append(PhotoFactory.create())

    def throw_away(self) -> None:
        if len(self.photos) > 1:
            self.photos.pop().delete()


def test_any_sequence_of_acts_ends_in_a_true_index() -> None:
    chance = random.Random(8)
    newsroom = Newsroom(chance)
    acts = ("write", "edit", "edit", "publish", "discard", "rename", "recaption", "upload", "throw_away")

    for _ in range(40):
        getattr(newsroom, chance.choice(acts))()
        if chance.random() < 0.3:
            bring_up_to_date()
            assert is_true()

    bring_up_to_date()
    assert is_true()


def test_one_process_keeps_both_indexes(tmp_path: Path) -> None:
    story = make_story(headline="Ferry returns")
    readers, newsroom = IndexHome(tmp_path), newsroom_home()

    keep_index(
        home=readers,
        is_stopped=lambda: readers.current() is not None and newsroom.current() is not None,
        beside=NewsroomIndexer(newsroom),
    )

    assert found("ferry") == [story.pk]
    assert readers.folder != newsroom.folder
    with sole_builder(newsroom):
        pass


def test_until_there_is_an_index_the_database_is_searched() -> None:
    story = draft("Ferry returns", "The harbour master resigned.")

    assert newsroom_index() is None
    assert [page.pk for page in BasePage.objects.filter(pk=story.pk).search("ferry")] == [story.pk]
    assert found('"') == found("harbour") == []


def test_an_index_that_is_far_behind_is_not_asked() -> None:
    bring_up_to_date()
    story = draft("Ferry returns")
    assert found("ferry") == [], "a moment later it is there"

    NewsroomChange.objects.update(at=clock.now() - dt.timedelta(minutes=6))

    assert newsroom_index() is None
    assert found("ferry") == [story.pk]


def test_a_database_that_was_put_back_has_its_index_built_anew() -> None:
    story = draft("Ferry returns")
    bring_up_to_date()
    NewsroomChange.objects.all().delete()
    Story.objects.filter(pk=story.pk).delete()
    NewsroomChange.objects.all().delete()

    bring_up_to_date()

    assert is_true()


def test_an_index_whose_next_changes_are_not_kept_any_more_is_built_anew() -> None:
    bring_up_to_date()
    story = draft("Ferry returns")
    draft("Ferry sinks")
    old = NewsroomChange.objects.order_by("pk").last()
    assert old is not None
    NewsroomChange.objects.update(at=clock.now() - dt.timedelta(days=8))
    forget_old_changes()
    assert list(NewsroomChange.objects.values_list("pk", flat=True)) == [old.pk]

    bring_up_to_date()

    assert story.pk in found("ferry")
    assert is_true()


def test_a_number_that_was_passed_over_is_waited_for() -> None:
    now = clock.now()
    unread = Unread(0)
    NewsroomChange.objects.create(pk=5, kind="page", object_pk=1, at=now)
    assert [row.pk for row in unread.next()] == [5]
    assert unread.position == 0, "1 to 4 may still be committed"

    NewsroomChange.objects.create(pk=3, kind="page", object_pk=2, at=now)

    assert [row.pk for row in unread.next()] == [3]
    assert not unread.next()


def test_a_number_whose_transaction_failed_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    unread = Unread(0)
    NewsroomChange.objects.create(pk=5, kind="page", object_pk=1, at=clock.now())
    unread.next()
    monkeypatch.setattr("broadsheet.search.newsroom.unread.GIVEN_UP_AFTER_SECONDS", 0)

    unread.next()

    assert unread.position == 5


def test_one_that_is_being_built_elsewhere_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    home = newsroom_home()
    with sole_builder(home):
        indexer = NewsroomIndexer(home)
        assert not indexer.step()
        indexer.close()
    assert home.current() is None

    bring_up_to_date()

    assert home.current() is not None


def test_what_fails_in_the_newsrooms_index_does_not_reach_the_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    bring_up_to_date()
    draft("Ferry")

    def fail(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr("broadsheet.search.newsroom.follow_newsroom.newsroom_documents", fail)
        indexer = NewsroomIndexer(newsroom_home())
        assert not indexer.step()
        indexer.close()

    bring_up_to_date()
    assert len(found("ferry")) == 1, "nothing of it was taken for done"
