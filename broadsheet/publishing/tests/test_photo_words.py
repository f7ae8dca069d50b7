"""A photo's words are on the record of every published page that shows them, whatever way they change."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.test import Client
from wagtail.models import PageLogEntry

from broadsheet.accounts.models import User
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.changes.models import Change
from broadsheet.fronts.models import HomePage
from broadsheet.kit import clock
from broadsheet.photos.cache_keys import photo_key
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.change_photo_words import change_photo_words
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.record_act import NoteMissingError, Reason, last_version, record_act
from broadsheet.publishing.record_unrecorded import record_unrecorded
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.verify_record import RecordReport, verify_record
from broadsheet.stories.bulk_load import StoryRecord, load_batch
from broadsheet.stories.models import (
    ChangeClass,
    InformationPage,
    PublishedVersion,
    RecordedKind,
    ShownPhoto,
    Source,
    Story,
    UnrecordedChange,
)
from broadsheet.stories.recorded_content import digest_of, text_content
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db
CORRECTION = Reason(change_class=ChangeClass.CORRECTION, note="It is the morning ferry.")


@pytest.fixture
def photo() -> Photo:
    return PhotoFactory.create(caption="The evening ferry leaves Eastmere.")


def published(editor: User, headline: str, photo: Photo, *, caption: str = "") -> Story:
    body = [{"type": "photo", "value": {"photo": photo.pk, "caption": caption, "width": "text"}, "id": "photo"}]
    story = make_story(headline=headline, live=False, body=body)
    publish_story(story=story, user=editor)
    return story


def numbers(*stories: Story) -> list[int]:
    return [last.number if (last := last_version(RecordedKind.STORY, one.pk)) else 0 for one in stories]


def is_clean() -> bool:
    report = RecordReport()
    list(verify_record(report))
    return report.is_clean and not UnrecordedChange.objects.exists()


def without_words(*stories: Story) -> None:
    """Have the record of published stories hold no words of photos, as before it kept them."""
    for story in stories:
        content = text_content(Story.objects.get(pk=story.pk))
        PublishedVersion.objects.create(
            kind="story",
            object_id=story.pk,
            number=1,
            content=content,
            digest=digest_of(content),
            at=clock.now() - dt.timedelta(days=1),
        )
    UnrecordedChange.objects.all().delete()
    import_module("broadsheet.stories.migrations.0006_words_of_photos").note_shown_photos(
        apps, connection.schema_editor()
    )


def test_every_story_that_shows_a_photo_gets_a_row_with_the_reason(editor: User, photo: Photo) -> None:
    one, two = published(editor, "One", photo), published(editor, "Two", photo)
    other = published(editor, "Other", PhotoFactory.create())
    photo.caption = "The morning ferry leaves Eastmere."

    rows = change_photo_words(photo=photo, reason=CORRECTION)

    assert [row.object_id for row in rows] == [one.pk, two.pk]
    assert {(row.number, row.change_class, row.note) for row in rows} == {(2, "correction", CORRECTION.note)}
    assert rows[0].content["photos"][str(photo.pk)]["caption"] == "The morning ferry leaves Eastmere."
    assert numbers(other) == [1]
    keys = {key for change in Change.objects.order_by("-seq")[:3] for key in change.keys}
    assert keys == {f"a:{one.pk}", f"a:{two.pk}", "l:pages:0", "l:corrections:0", f"img:{photo.pk}"}
    assert PageLogEntry.objects.filter(action="broadsheet.change_photo", page_id=one.pk).exists()
    assert is_clean()


def test_where_a_story_has_a_caption_of_its_own_nothing_changed(editor: User, photo: Photo) -> None:
    story = published(editor, "One", photo, caption="A ferry, of course.")
    photo.caption = "The morning ferry leaves Eastmere."

    assert change_photo_words(photo=photo) == []

    assert numbers(story) == [1]
    assert is_clean()


def test_what_is_no_word_of_it_is_saved_without_a_row(editor: User, photo: Photo) -> None:
    story = published(editor, "One", photo)
    photo.title = "Another name"

    assert change_photo_words(photo=photo) == []

    assert Photo.objects.get().title == "Another name"
    assert numbers(story) == [1]
    assert Change.objects.latest("seq").keys == sorted([ADDRESSES, photo_key(photo.pk)])


def test_a_correction_without_its_note_saves_nothing(editor: User, photo: Photo) -> None:
    story = published(editor, "One", photo)
    photo.credit = "AFP"

    with pytest.raises(NoteMissingError):
        change_photo_words(photo=photo, reason=Reason(change_class=ChangeClass.CORRECTION))

    assert Photo.objects.get().credit != "AFP"
    assert numbers(story) == [1]


def test_what_readers_no_longer_see_gets_no_row(editor: User, photo: Photo) -> None:
    story = published(editor, "One", photo)
    unpublish_story(story=story, user=editor)
    photo.credit = "AFP"

    assert change_photo_words(photo=photo) == []
    Photo.objects.update(caption="Changed in a shell.")

    assert not UnrecordedChange.objects.exists()
    publish_story(story=Story.objects.get(pk=story.pk), user=editor)
    assert is_clean()


def test_a_standing_page_says_why_its_photo_changed_and_its_correction_leads_to_it(
    client: Client, photo: Photo
) -> None:
    body = [{"type": "photo", "value": {"photo": photo.pk, "caption": ""}, "id": "photo"}]
    page = HomePage.objects.get().add_child(instance=InformationPage(title="About us", slug="about", body=body))
    record_act(instance=page)
    photo.caption = "The morning ferry leaves Eastmere."

    (row,) = change_photo_words(photo=photo, reason=CORRECTION)

    assert (row.kind, row.change_class, row.note) == ("page", "correction", CORRECTION.note)
    corrections = client.get("/corrections/").content.decode()
    assert "It is the morning ferry." in corrections
    assert "/about/changes/" not in corrections + client.get("/corrections/feed/").content.decode()


def test_a_change_in_a_shell_that_nobody_sees_leaves_no_row(editor: User, photo: Photo) -> None:
    story = published(editor, "One", photo, caption="A ferry, of course.")

    Photo.objects.update(caption="Changed in a shell.")

    assert record_unrecorded() == 1
    assert numbers(story) == [1]
    assert is_clean()


def test_a_photo_that_a_story_no_longer_shows_is_no_matter_of_its_record(editor: User, photo: Photo) -> None:
    story = published(editor, "One", photo)
    draft = story.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision()
    publish_story(story=Story.objects.get(pk=story.pk), user=editor)

    Photo.objects.update(caption="Changed in a shell.")

    assert not UnrecordedChange.objects.exists()
    assert not ShownPhoto.objects.exists()


def test_rows_from_before_the_record_held_photos_stay_true(photo: Photo) -> None:
    story = make_story(lead_photo=photo)
    without_words(story)

    assert is_clean()
    Story.objects.filter(pk=story.pk).update(comments_open=False)
    assert record_unrecorded() == 0


@pytest.mark.parametrize("is_deleted", [False, True])
def test_of_an_older_row_too_no_photo_changes_silently(client: Client, photo: Photo, is_deleted: bool) -> None:
    body = [{"type": "photo", "value": {"photo": photo.pk, "caption": ""}, "id": "photo"}]
    story = make_story(lead_photo=None, body=body)
    without_words(story)

    if is_deleted:
        photo.delete()
    else:
        Photo.objects.update(caption="The morning ferry leaves Eastmere.")

    report = RecordReport()
    list(verify_record(report))
    assert report.otherwise == [story.pk]
    record_unrecorded()
    assert numbers(story) == [2]
    assert is_clean()
    changes = client.get(f"{story.url}changes.json").json()["versions"][0]["changes"]
    removed = [run["text"] for run in changes[0]["passages"][0]["runs"] if run["fate"] == "removed"]
    assert removed == (["The evening ferry leaves Eastmere."] if is_deleted else ["evening"])


def test_imported_stories_have_the_words_of_their_photos_on_record(photo: Photo) -> None:
    body = [{"type": "photo", "value": {"photo": photo.pk, "caption": ""}, "id": "1"}]
    moment = dt.datetime(2016, 10, 19, 8, 30, tzinfo=dt.UTC)
    records = [
        StoryRecord(headline=f"Story {n}", slug=f"story-{n}", published_at=moment, body=body, lead_photo_id=photo.pk)
        for n in range(3)
    ]

    ids = load_batch(records)

    assert is_clean()
    assert ShownPhoto.objects.filter(page_id__in=ids, photo_id=photo.pk, own_caption=True).count() == 3
    Photo.objects.update(caption="Changed in a shell.")
    assert record_unrecorded() == 3
    assert PublishedVersion.objects.filter(object_id__in=ids, source=Source.OUTSIDE).count() == 3
    assert is_clean()


@pytest.mark.django_db(transaction=True)
def test_nobody_changes_a_photo_while_the_first_page_that_shows_it_is_recorded(editor: User, photo: Photo) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets nobody else write meanwhile")

    def change() -> str:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '100ms'")
            Photo.objects.filter(pk=photo.pk).update(caption="Changed in a shell.")
        except OperationalError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with transaction.atomic(), ThreadPoolExecutor(max_workers=1) as elsewhere:
        published(editor, "One", photo)
        refusal = elsewhere.submit(change).result()

    assert "lock timeout" in refusal
    Photo.objects.filter(pk=photo.pk).update(caption="Changed in a shell.")
    assert UnrecordedChange.objects.exists()
