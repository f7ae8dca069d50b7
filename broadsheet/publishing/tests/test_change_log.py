"""Whatever the newsroom does, the log's followers end where the database is, and the record says what is live."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from wagtail.models import Revision

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.bylines.models import Contributor
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.append_change import NotInTransactionError, append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.changes.follow_changes import follow_changes
from broadsheet.changes.models import Change
from broadsheet.kit import clock
from broadsheet.pages.models import BasePage, WorkType
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.cancel_schedule import NotScheduledError, cancel_schedule
from broadsheet.publishing.change_photo_words import change_photo_words
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.record_act import NoteMissingError, Reason
from broadsheet.publishing.record_unrecorded import record_unrecorded
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.update_story import NotPublishedError, update_story
from broadsheet.sections.cache_keys import SECTIONS
from broadsheet.sections.models import Section
from broadsheet.sections.selectors import in_the_papers_order
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories import selectors
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.models import Act, ChangeClass, PublishedVersion, Story
from broadsheet.stories.record import NOTED_CLASSES
from broadsheet.stories.recorded_content import digest_of, recorded_content
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.models import Topic
from broadsheet.topics.tests.factories import TopicFactory

BEGINNING = dt.datetime(2026, 1, 30, 22, 0, tzinfo=dt.UTC)
LIST_LENGTH = 100
Follower = dict[str, Any]
Filing = tuple[int, set[int], int, str]
filings = st.tuples(
    st.integers(0, 1), st.sets(st.integers(0, 1)), st.integers(0, 1), st.sampled_from([WorkType.NEWS, WorkType.OPINION])
)
"""Where a story stands: its section, its topics, whose name it carries, its type of work."""


NOT_STORIES = {"nav", "site", "colours", "tp", "se", "sep", "sf", "topics", "contributors", "machines"}
NOT_STORIES |= {"bets", "shelf", "like"}


SAID_ELSEWHERE = {"nav", "site", "colours", "tp", "tw", "n", "se", "sep", "sf", "topics", "contributors", "machines"}
SAID_ELSEWHERE |= {"bets", "shelf"}
"""Kinds of keys whose things are compared by tests of their own rooms."""


def state_of(key: str) -> Any:
    """Read from the database what a key stands for: a story as readers see it, or a list's stories in order."""
    kind, _, value = key.partition(":")
    if kind == "a":
        story = Story.objects.filter(pk=value, live=True).first()
        return story and (story.url_path, digest_of(recorded_content(story)))
    if kind == "c":
        return selectors.cards_by_id([int(value)]).get(int(value))
    if kind == ADDRESSES:
        return sorted(BasePage.objects.filter(live=True).values_list("url_path", flat=True))
    if kind in SAID_ELSEWHERE:
        return None
    if kind == SECTIONS:
        return in_the_papers_order()
    if kind == "img":
        return Photo.objects.values_list("caption", "credit", "alt_text").get(pk=value)
    if kind in OBJECTS:
        return OBJECTS[kind].objects.values_list("name", flat=True).get(pk=value)
    name, _, value = value.partition(":")
    return [story.pk for story in LISTS[name](value)]


def noted_versions() -> "QuerySet[PublishedVersion]":
    return PublishedVersion.objects.filter(change_class__in=NOTED_CLASSES).order_by("-at", "-pk")


OBJECTS: dict[str, Any] = {"t": Topic, "au": Contributor, "s": Section}
LISTS: dict[str, Callable[[str], Any]] = {
    "latest": lambda _: selectors.latest(limit=LIST_LENGTH).rows,
    "section": lambda pk: selectors.latest_in_section(Section.objects.get(pk=pk), limit=LIST_LENGTH).rows,
    "topic": lambda pk: selectors.latest_on_topic(Topic.objects.get(pk=pk)).rows,
    "by": lambda pk: selectors.latest_by_contributor(Contributor.objects.get(pk=pk)).rows,
    "month": lambda month: selectors.stories_in_month(dt.date.fromisoformat(f"{month}-01"), zone=dt.UTC).rows,
    "work": lambda kind: selectors.published().filter(work_type=kind),
    "company": lambda _: [],
    "front": lambda _: [],
    "newfront": lambda _: [],
    "corrections": lambda _: noted_versions(),
    "pages": lambda _: selectors.published(),
}


def following(follower: Follower) -> Callable[[Any], None]:
    """Return what keeps a follower's state: it reads again whatever a change names."""

    def follow(changes: Any) -> None:
        follower.update({key: state_of(key) for change in changes for key in change.keys})

    return follow


class Newsroom(RuleBasedStateMachine):
    """A newsroom that writes, publishes, schedules, corrects and withdraws, and makes mistakes."""

    stories = Bundle("stories")
    refusals: tuple[type[Exception], ...] = (NotPublishedError, NoteMissingError, NotScheduledError)
    """What it is told when it tries what cannot be, and lives with."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.traveller = time_machine.travel(BEGINNING, tick=False)
        self.time = self.traveller.start()
        self.leisurely: Follower = {}
        self.eager: Follower = {}

    def teardown(self) -> None:
        self.traveller.stop()
        transaction.savepoint_rollback(self.savepoint)

    @initialize()
    def open_the_paper(self) -> None:
        self.editor = UserFactory.create()
        self.sections = SectionFactory.create_batch(2)
        self.topics = TopicFactory.create_batch(2)
        self.people = ContributorFactory.create_batch(2)
        self.photos = PhotoFactory.create_batch(2)

    @rule(target=stories, filing=filings, is_published=st.booleans())
    def begin(self, filing: Filing, is_published: bool) -> Story:
        number = Story.objects.count()
        lead, other = self.photos if number % 2 else reversed(self.photos)
        body = [{"type": "photo", "value": {"photo": other.pk, "caption": "Its own." * (number % 3)}, "id": "1"}]
        story = make_story(headline=f"Story {number}", live=False, lead_photo=lead, body=body)
        self.redraft(story, filing)
        if is_published:
            publish_story(story=story, user=self.editor)
        return story

    @rule(story=stories, filing=filings)
    def write(self, story: Story, filing: Filing) -> None:
        self.redraft(story, filing)

    @rule(story=stories)
    def publish(self, story: Story) -> None:
        with suppress(*self.refusals):
            publish_story(story=story, user=self.editor)

    @rule(story=stories, filing=filings, why=st.sampled_from(ChangeClass), note=st.sampled_from(["", "It was not so."]))
    def update(self, story: Story, filing: Filing, why: ChangeClass, note: str) -> None:
        self.redraft(story, filing)
        with suppress(*self.refusals):
            update_story(story=story, user=self.editor, change_class=why, note=note)

    def redraft(self, story: Story, filing: Filing) -> None:
        section, topics, by, work_type = filing
        draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
        draft.section, draft.work_type = self.sections[section], work_type
        draft.bylines = [Byline(contributor=self.people[by])]
        draft.story_topics = [StoryTopic(topic=self.topics[number]) for number in topics]
        draft.save_revision()

    @rule(story=stories, is_serious=st.booleans())
    def correct(self, story: Story, is_serious: bool) -> None:
        with suppress(*self.refusals):
            correct_story(story=story, user=self.editor, note="It was otherwise.", is_serious=is_serious)

    @rule(story=stories, hours=st.integers(1, 5))
    def schedule(self, story: Story, hours: int) -> None:
        with suppress(*self.refusals):
            schedule_story(story=story, user=self.editor, go_live_at=clock.now() + dt.timedelta(hours=hours))

    @rule(story=stories, hours=st.integers(1, 5))
    def move(self, story: Story, hours: int) -> None:
        with suppress(*self.refusals):
            move_embargo(instance=story, user=self.editor, go_live_at=clock.now() + dt.timedelta(hours=hours))

    @rule(story=stories)
    def unschedule(self, story: Story) -> None:
        with suppress(*self.refusals):
            cancel_schedule(instance=story, user=self.editor)

    @rule(story=stories)
    def unpublish(self, story: Story) -> None:
        with suppress(*self.refusals):
            unpublish_story(story=story, user=self.editor)

    @rule(story=stories)
    def publish_what_cannot_be(self, story: Story) -> None:
        draft = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
        whole = draft.title
        draft.title = ""
        version = draft.save_revision(clean=False)
        with pytest.raises((ValidationError, *self.refusals)), transaction.atomic():
            publish_story(story=story, user=self.editor, revision=version)
        draft.title = whole
        draft.save_revision(clean=False)

    @rule(story=stories, field=st.sampled_from(["title", "work_type", "live"]), hidden=st.booleans())
    def change_behind_the_newsrooms_back(self, story: Story, field: str, hidden: bool) -> None:
        was_published = Story.objects.values_list("first_published_at", flat=True).get(pk=story.pk) is not None
        values = {"title": "Behind its back", "work_type": WorkType.REVIEW, "live": was_published and not hidden}
        BasePage.objects.filter(pk=story.pk).update(**{field: values[field]})
        record_unrecorded()

    @rule(
        number=st.integers(0, 1),
        field=st.sampled_from(["caption", "credit", "alt_text"]),
        words=st.sampled_from(["The evening ferry leaves.", "One", ""]),
        is_behind_its_back=st.booleans(),
    )
    def change_photo(self, number: int, field: str, words: str, is_behind_its_back: bool) -> None:
        photo = Photo.objects.get(pk=self.photos[number].pk)
        if is_behind_its_back:
            Photo.objects.filter(pk=photo.pk).update(**{field: words})
            record_unrecorded()
        else:
            setattr(photo, field, words)
            change_photo_words(photo=photo, reason=Reason(change_class=ChangeClass.TYPO))

    @rule(hours=st.integers(0, 30))
    def let_time_pass(self, hours: int) -> None:
        self.time.shift(dt.timedelta(hours=hours, seconds=1))
        due = Revision.objects.filter(approved_go_live_at__lt=clock.now()).order_by("approved_go_live_at")
        for version in list(due):
            try:
                publish_revision(revision=version, user=self.editor)
            except self.refusals:
                Revision.objects.filter(pk=version.pk).update(approved_go_live_at=None)

    @rule(at_once=st.integers(1, 5))
    def follow_in_steps(self, at_once: int) -> None:
        while follow_changes(follower="leisurely", follow=following(self.leisurely), at_once=at_once):
            pass

    @invariant()
    def the_record_says_what_is_live(self) -> None:
        for story in Story.objects.all():
            last = PublishedVersion.objects.filter(kind="story", object_id=story.pk).order_by("-number").first()
            is_public = last is not None and last.act == Act.PUBLISHED
            assert story.live == is_public
            if last and is_public:
                assert last.digest == digest_of(recorded_content(story))

    @invariant()
    def every_follower_ends_where_the_database_is(self) -> None:
        replayed: Follower = {}
        savepoint = transaction.savepoint()
        follow_changes(follower="from empty", follow=following(replayed), at_once=10_000)
        late = dict(self.leisurely)
        follow_changes(follower="leisurely", follow=following(late), at_once=10_000)
        transaction.savepoint_rollback(savepoint)
        follow_changes(follower="eager", follow=following(self.eager))
        for key in self.every_key():
            present = state_of(key) or None
            for follower in (replayed, late, self.eager):
                assert (follower.get(key) or None) == present, key

    def every_key(self) -> list[str]:
        stories = Story.objects.values_list("pk", flat=True)
        keys = [ADDRESSES, *(f"{kind}:{pk}" for pk in stories for kind in ("a", "c"))]
        keys += [f"s:{section.pk}" for section in self.sections]
        keys += [f"l:section:{section.pk}" for section in self.sections]
        keys += [f"l:topic:{topic.pk}" for topic in self.topics]
        keys += [f"l:by:{person.pk}" for person in self.people]
        keys += [f"l:work:{kind}" for kind in WorkType.values]
        return [*keys, "l:latest:0", "l:pages:0", "l:corrections:0", "l:month:2026-01", "l:month:2026-02"]


@pytest.mark.django_db
def test_followers_end_where_the_database_is() -> None:
    run_state_machine_as_test(
        Newsroom,
        settings=settings(
            max_examples=12,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_a_change_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotInTransactionError):
        append_change(keys=["a:1"])


@pytest.mark.django_db
def test_nothing_changed_is_not_logged() -> None:
    logged = Change.objects.count()

    assert append_change(keys=[]) is None

    assert Change.objects.count() == logged


@pytest.mark.django_db
def test_a_follower_that_fails_begins_again_where_it_stood() -> None:
    follow_changes(follower="fragile", follow=lambda changes: None)
    append_change(keys=["a:1"])
    seen: list[list[str]] = []

    with pytest.raises(RuntimeError), transaction.atomic():
        follow_changes(follower="fragile", follow=lambda changes: (_ for _ in ()).throw(RuntimeError))
    follow_changes(follower="fragile", follow=lambda changes: seen.extend(change.keys for change in changes))

    assert seen == [["a:1"]]
    assert follow_changes(follower="fragile", follow=lambda changes: None) == 0
