import datetime as dt

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.pages.models import BasePage
from broadsheet.stories.bulk_load import StoryRecord, bulk_load_stories, load_batch
from broadsheet.stories.models import Story
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)


def record(slug: str = "ferry", moment: dt.datetime | None = NOON, **fields: object) -> StoryRecord:
    body = [{"type": "paragraph", "value": f"<p>The {slug} sails.</p>", "id": "1"}]
    return StoryRecord(headline=slug.title(), slug=slug, published_at=moment, body=body, **fields)  # type: ignore[arg-type]


def test_stories_loaded_in_bulk_read_like_any_other(client: Client) -> None:
    person, topic = ContributorFactory(), TopicFactory()

    [made] = bulk_load_stories([record(bylines=[(person.pk, "by")], topics=[topic.pk], standfirst="At last.")])

    story = Story.objects.get(pk=made[0])
    page = client.get("/2016/10/19/ferry/").content.decode()
    assert "The ferry sails." in page
    assert "At last." in page
    assert person.name in page
    assert topic.name in page
    assert [byline.contributor for byline in story.bylines.all()] == [person]


def test_a_bulk_load_leaves_a_sound_tree_and_no_revisions() -> None:
    records = [record(f"story-{n}", NOON + dt.timedelta(days=9 * n)) for n in range(12)]

    ids = [pk for batch in bulk_load_stories(records, batch_size=5) for pk in batch]

    assert [Story.objects.get(pk=pk).slug for pk in ids] == [f"story-{n}" for n in range(12)]
    assert BasePage.find_problems() == ([], [], [], [], [])
    assert Revision.objects.count() == 0


def test_a_slug_taken_in_its_month_gets_a_number() -> None:
    load_batch([record()])

    ids = load_batch(
        [record(), record(moment=NOON + dt.timedelta(days=1)), record(moment=NOON + dt.timedelta(days=40))]
    )

    assert [Story.objects.get(pk=pk).url for pk in ids] == [
        "/2016/10/19/ferry-2/",
        "/2016/10/20/ferry-3/",
        "/2016/11/28/ferry/",
    ]


def test_a_bulk_loaded_story_can_be_edited_and_published() -> None:
    [pk] = load_batch([record()])
    story = Story.objects.get(pk=pk)

    story.title = "Ferry is back"
    story.save_revision().publish()

    story.refresh_from_db()
    assert (story.title, story.url, story.first_published_at) == ("Ferry is back", "/2016/10/19/ferry/", NOON)


def test_drafts_and_expired_stories_are_kept_but_not_shown(client: Client) -> None:
    ids = load_batch([record("draft", None, live=False), record("expired", live=False, expired=True)])

    assert [Story.objects.get(pk=pk).live for pk in ids] == [False, False]
    assert client.get("/2016/10/19/expired/").status_code == 404


def test_a_batch_that_fails_leaves_nothing() -> None:
    load_batch([record("first")])

    with pytest.raises(DatabaseError):
        load_batch([record("one"), record("two", language=None)])

    assert not BasePage.objects.filter(slug__in=["one", "two"]).exists()
    assert BasePage.find_problems() == ([], [], [], [], [])


def test_the_cost_of_a_batch_does_not_grow_with_its_stories() -> None:
    load_batch([record("first")])

    with CaptureQueriesContext(connection) as few:
        load_batch([record(f"few-{n}") for n in range(2)])
    with CaptureQueriesContext(connection) as many:
        load_batch([record(f"many-{n}") for n in range(20)])

    assert len(many) <= len(few) + 2
