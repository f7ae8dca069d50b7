"""What goes on the record, whatever way published text changes; and that the record stays."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from broadsheet.accounts.models import User
from broadsheet.bylines.tests.factories import ContributorFactory
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.changes.models import Change
from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo
from broadsheet.photos.tests.factories import PhotoFactory
from broadsheet.publishing.cancel_schedule import NotScheduledError, cancel_schedule
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.record_act import NoteMissingError
from broadsheet.publishing.record_unrecorded import record_unrecorded
from broadsheet.publishing.schedule_story import MomentHasPassedError, schedule_story
from broadsheet.publishing.tests.embargoed_stories import NOON
from broadsheet.publishing.unpublish_story import unpublish_story
from broadsheet.publishing.update_story import NotPublishedError, update_story
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Act, Byline, ChangeClass, PublishedVersion, Source, Story, UnrecordedChange
from broadsheet.stories.recorded_content import digest_of, recorded_content
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(editor: User) -> Story:
    made = make_story(
        headline="Ferry returns",
        live=False,
        section=SectionFactory.create(),
        by=[ContributorFactory()],
        lead_photo=PhotoFactory.create(),
        body=[{"type": "photo", "value": {"photo": PhotoFactory.create().pk, "caption": ""}, "id": "photo"}],
    )
    publish_story(story=made, user=editor)
    return made


def redraft(story: Story, **fields: object) -> None:
    draft = story.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()


def versions(story: Story) -> list[PublishedVersion]:
    return list(PublishedVersion.objects.filter(kind="story", object_id=story.pk).order_by("number"))


def is_as_recorded(story: Story) -> bool:
    return versions(story)[-1].digest == digest_of(recorded_content(Story.objects.get(pk=story.pk)))


def test_a_first_publication_is_the_first_version(story: Story, editor: User) -> None:
    (version,) = versions(story)

    assert (version.number, version.act, version.change_class) == (1, Act.PUBLISHED, "")
    assert (version.by_id, version.by_name, version.source) == (editor.pk, "Ida Storm", Source.NEWSROOM)
    assert version.content["title"] == "Ferry returns"
    assert version.names[f"section:{story.section_id}"] == story.section.name
    assert is_as_recorded(story)
    assert not UnrecordedChange.objects.exists()


def test_a_first_publication_is_logged_with_every_list_it_enters(story: Story) -> None:
    change = Change.objects.latest("seq")

    contributor = story.bylines.get().contributor_id
    assert set(change.keys) == {
        f"a:{story.pk}",
        f"c:{story.pk}",
        ADDRESSES,
        "l:pages",
        "l:pages:0",
        "l:latest:0",
        "l:work:news",
        f"l:month:{story.first_published_at:%Y-%m}",
        f"l:section:{story.section_id}",
        f"l:by:{contributor}",
    }
    assert not change.hard


def test_an_update_is_a_version_with_its_class_and_touches_the_story_and_its_card(story: Story, editor: User) -> None:
    redraft(story, standfirst="Now with a timetable.")

    update_story(story=story, user=editor, change_class=ChangeClass.UPDATE)

    assert [version.change_class for version in versions(story)] == ["", "update"]
    assert Change.objects.latest("seq").keys == [f"a:{story.pk}", f"c:{story.pk}", "l:pages:0"]
    assert is_as_recorded(story)


def test_an_update_that_no_list_shows_touches_the_story_alone(story: Story, editor: User) -> None:
    redraft(story, body=[("paragraph", "<p>It came in at dawn.</p>")])

    update_story(story=story, user=editor, change_class=ChangeClass.UPDATE)

    assert Change.objects.latest("seq").keys == [f"a:{story.pk}", "l:pages:0"]


def test_a_story_that_changes_sections_leaves_one_list_and_enters_another(story: Story, editor: User) -> None:
    left, entered = story.section_id, SectionFactory.create(slug="culture").pk
    redraft(story, section_id=entered)

    update_story(story=story, user=editor, change_class=ChangeClass.UPDATE)

    assert Change.objects.latest("seq").keys == [
        f"a:{story.pk}",
        f"c:{story.pk}",
        "l:pages:0",
        *sorted([f"l:section:{left}", f"l:section:{entered}"]),
    ]


@pytest.mark.parametrize("change_class", [ChangeClass.CLARIFICATION, ChangeClass.CORRECTION, ChangeClass.RETRACTION])
def test_without_a_note_to_readers_nothing_is_corrected(story: Story, editor: User, change_class: ChangeClass) -> None:
    redraft(story, title="Ferry does not return")

    with pytest.raises(NoteMissingError):
        correct_story(story=story, user=editor, note="  ", change_class=change_class)

    assert Story.objects.get(pk=story.pk).title == "Ferry returns"
    assert len(versions(story)) == 1


def test_a_correction_is_on_the_record_with_its_note_and_its_weight(story: Story, editor: User) -> None:
    redraft(story, title="Ferry does not return")

    correct_story(story=story, user=editor, note="The ferry stays in dock.", is_serious=True)

    last = versions(story)[-1]
    assert (last.change_class, last.note, last.is_serious) == ("correction", "The ferry stays in dock.", True)
    assert "l:corrections:0" in Change.objects.latest("seq").keys


def test_only_corrections_are_corrections(story: Story, editor: User) -> None:
    with pytest.raises(ValueError, match="not a kind of correction"):
        correct_story(story=story, user=editor, note="Note.", change_class=ChangeClass.TYPO)


def test_what_is_not_public_cannot_be_updated(editor: User) -> None:
    draft = make_story(live=False)

    with pytest.raises(NotPublishedError):
        update_story(story=draft, user=editor, change_class=ChangeClass.UPDATE)


def test_unpublishing_is_recorded_and_hard(story: Story, editor: User) -> None:
    unpublish_story(story=story, user=editor)

    assert [version.act for version in versions(story)] == [Act.PUBLISHED, Act.UNPUBLISHED]
    last = Change.objects.latest("seq")
    assert last.hard
    assert f"l:section:{story.section_id}" in last.keys


def test_a_scheduled_story_is_not_on_the_record_yet(editor: User) -> None:
    story = make_story(live=False)
    story.save_revision()

    with time_machine.travel(NOON, tick=False):
        schedule_story(story=story, user=editor, go_live_at=NOON + dt.timedelta(hours=1))

    assert versions(story) == []
    assert not Change.objects.filter(keys__icontains="a:").exists()
    assert story.url_path.endswith("/2026/03/04/ferry-returns-to-eastmere/")


def test_a_published_story_stays_as_it_is_until_its_update_is_due(story: Story, editor: User) -> None:
    redraft(story, title="Ferry returns on Monday")

    schedule_story(story=story, user=editor, go_live_at=story.first_published_at + dt.timedelta(days=1))

    assert Story.objects.get(pk=story.pk).title == "Ferry returns"
    assert story.live
    assert len(versions(story)) == 1


def test_an_imported_story_stays_public_while_an_update_of_it_is_scheduled(editor: User) -> None:
    story = make_story(headline="From the archive")
    redraft(story, title="From the archive, with notes")

    schedule_story(story=story, user=editor, go_live_at=story.first_published_at + dt.timedelta(days=1))

    kept = Story.objects.get(pk=story.pk)
    assert kept.live
    assert kept.title == "From the archive"


def test_an_embargo_moves_and_a_later_draft_stays_a_draft(story: Story, editor: User) -> None:
    first, second = (story.first_published_at + dt.timedelta(days=days) for days in (1, 2))
    redraft(story, title="The embargoed headline")
    schedule_story(story=story, user=editor, go_live_at=first)
    redraft(story, title="A later thought", go_live_at=None)

    move_embargo(instance=story, user=editor, go_live_at=second)

    waiting = story.revisions.get(approved_go_live_at__isnull=False)
    assert waiting.approved_go_live_at == second
    assert waiting.as_object().title == "The embargoed headline"
    assert story.get_latest_revision_as_object().title == "A later thought"


def test_a_schedule_for_the_past_leaves_the_one_that_stands(story: Story, editor: User) -> None:
    planned = story.first_published_at + dt.timedelta(days=1)
    schedule_story(story=story, user=editor, go_live_at=planned)

    with pytest.raises(MomentHasPassedError):
        schedule_story(story=story, user=editor, go_live_at=story.first_published_at)

    assert story.revisions.get(approved_go_live_at__isnull=False).approved_go_live_at == planned


def test_a_cancelled_schedule_leaves_a_draft(story: Story, editor: User) -> None:
    redraft(story, title="Ferry returns on Monday")
    schedule_story(story=story, user=editor, go_live_at=story.first_published_at + dt.timedelta(days=1))

    cancel_schedule(instance=story, user=editor)

    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert story.get_latest_revision_as_object().title == "Ferry returns on Monday"
    with pytest.raises(NotScheduledError):
        cancel_schedule(instance=story, user=editor)


def by_saving(story: Story) -> None:
    story.standfirst = "Changed in a shell."
    story.save()


def by_update_of_pages(story: Story) -> None:
    BasePage.objects.filter(pk=story.pk).update(standfirst="Changed by a query.")


def by_update_of_stories(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(body=json.dumps([{"type": "paragraph", "value": "<p>New</p>", "id": "1"}]))


def by_bulk_update(story: Story) -> None:
    story.dateline_text = "SALTBY"
    Story.objects.bulk_update([story], ["dateline_text"])


def by_sql(story: Story) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_basepage SET title = %s WHERE id = %s", ["Changed in the database", story.pk])


def by_a_name_more(story: Story) -> None:
    Byline.objects.create(story=story, contributor=ContributorFactory())


def by_a_name_less(story: Story) -> None:
    Byline.objects.filter(story=story).delete()


def photo_in_text(story: Story) -> Photo:
    return Photo.objects.get(pk=story.body[0].value["photo"].pk)


def by_saving_a_photo(story: Story) -> None:
    photo = photo_in_text(story)
    photo.caption = "Changed in a program."
    photo.save()


def by_update_of_photos(story: Story) -> None:
    Photo.objects.filter(pk=story.lead_photo_id).update(credit="SOMEBODY ELSE")


def by_sql_in_photos(story: Story) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE photos_photo SET alt_text = %s WHERE id = %s", ["A boat.", photo_in_text(story).pk])


def by_silencing_a_photo(story: Story) -> None:
    Photo.objects.filter(pk=story.lead_photo_id).update(is_decorative=True)


def by_deleting_a_photo(story: Story) -> None:
    photo_in_text(story).delete()


@pytest.mark.parametrize(
    "change",
    [
        by_saving,
        by_update_of_pages,
        by_update_of_stories,
        by_bulk_update,
        by_sql,
        by_a_name_more,
        by_a_name_less,
        by_saving_a_photo,
        by_update_of_photos,
        by_sql_in_photos,
        by_silencing_a_photo,
        by_deleting_a_photo,
    ],
)
def test_no_way_of_changing_published_text_passes_the_record_by(story: Story, change: Callable[[Story], None]) -> None:
    change(story)

    assert UnrecordedChange.objects.filter(page_id=story.pk).exists()
    assert record_unrecorded() == 1
    last = versions(story)[-1]
    assert (last.number, last.change_class, last.source, last.by_id) == (2, "update", Source.OUTSIDE, None)
    assert is_as_recorded(story)
    assert f"a:{story.pk}" in Change.objects.latest("seq").keys
    assert record_unrecorded() == 0


@pytest.mark.parametrize("live", [True, False])
def test_showing_and_hiding_behind_the_newsrooms_back_is_recorded(story: Story, editor: User, live: bool) -> None:
    if live:
        unpublish_story(story=story, user=editor)
    BasePage.objects.filter(pk=story.pk).update(live=live)

    record_unrecorded()

    assert versions(story)[-1].act == (Act.PUBLISHED if live else Act.UNPUBLISHED)
    assert versions(story)[-1].source == Source.OUTSIDE


def test_a_deleted_story_leaves_its_record_and_a_hard_change(story: Story) -> None:
    pk = story.pk
    Story.objects.get(pk=pk).delete()

    record_unrecorded()

    acts = list(PublishedVersion.objects.filter(object_id=pk).order_by("number").values_list("act", flat=True))
    assert acts[0] == Act.PUBLISHED
    assert acts[-1] in {Act.UNPUBLISHED, Act.DELETED}
    assert Change.objects.latest("seq").hard


def test_what_changes_nothing_for_readers_leaves_no_row(story: Story) -> None:
    redraft(story, title="Only a draft")
    Story.objects.filter(pk=story.pk).update(comments_open=False)
    Photo.objects.update(photographer="Somebody", title="Another name")

    assert record_unrecorded() == 0
    assert len(versions(story)) == 1


@pytest.mark.parametrize("statement", ["UPDATE {} SET note = 'rewritten'", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_the_record(story: Story, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="kept as it was written"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(PublishedVersion._meta.db_table))

    assert is_as_recorded(story)
