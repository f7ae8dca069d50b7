"""Notes withdrawn and words withheld: gone from readers, kept on the record, with the reason in their place."""

import pytest
from django.db import DatabaseError, transaction
from wagtail.models import PageLogEntry

from broadsheet.accounts.models import User
from broadsheet.changes.models import Change
from broadsheet.publishing.amend_record import AlreadyAmendedError
from broadsheet.publishing.correct_story import correct_story
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.withdraw_note import NoNoteError, withdraw_note
from broadsheet.publishing.withhold_words import StillPublicError, withhold_words
from broadsheet.stories.models import PublishedVersion, RecordAmendment, Story
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(editor: User) -> Story:
    made = make_story(headline="Ferry returns", live=False)
    publish_story(story=made, user=editor)
    draft = made.get_latest_revision_as_object()
    draft.title = "Ferry does not return"
    draft.save_revision()
    correct_story(story=made, user=editor, note="Captain Odd Berg was wrong.")
    return made


def version(story: Story, number: int) -> PublishedVersion:
    return PublishedVersion.objects.get(kind="story", object_id=story.pk, number=number)


def test_a_withdrawn_note_leaves_its_reason_and_the_note_itself(story: Story, editor: User) -> None:
    withdraw_note(version=version(story, 2), user=editor, reason="It named the wrong man.")

    amendment = RecordAmendment.objects.get()
    assert (amendment.kind, amendment.reason, amendment.by_name) == (
        "note-withdrawn",
        "It named the wrong man.",
        "Ida Storm",
    )
    assert version(story, 2).note == "Captain Odd Berg was wrong."
    last = Change.objects.latest("seq")
    assert (set(last.keys), last.hard) == ({f"a:{story.pk}", "l:corrections:0"}, False)


def test_withheld_words_are_gone_from_every_copy_at_once(story: Story, editor: User) -> None:
    withhold_words(version=version(story, 1), user=editor, reason="A court's order.")

    assert Change.objects.latest("seq").hard
    assert version(story, 1).content["title"] == "Ferry returns"


def test_words_that_readers_still_see_are_not_withheld(story: Story, editor: User) -> None:
    with pytest.raises(StillPublicError):
        withhold_words(version=version(story, 2), user=editor, reason="A court's order.")


def test_nothing_is_taken_back_twice_without_cause_or_without_a_reason(story: Story, editor: User) -> None:
    with pytest.raises(NoNoteError):
        withdraw_note(version=version(story, 1), user=editor, reason="None.")
    with pytest.raises(ValueError, match="told why"):
        withdraw_note(version=version(story, 2), user=editor, reason="  ")
    withdraw_note(version=version(story, 2), user=editor, reason="It named the wrong man.")
    with pytest.raises(AlreadyAmendedError):
        withdraw_note(version=version(story, 2), user=editor, reason="Again.")


def test_who_amended_the_record_is_in_the_log(story: Story, editor: User) -> None:
    withdraw_note(version=version(story, 2), user=editor, reason="It named the wrong man.")
    withhold_words(version=version(story, 1), user=editor, reason="A court's order.")

    acts = PageLogEntry.objects.filter(page_id=story.pk, action__startswith="broadsheet.").order_by("pk")
    assert list(acts.values_list("action", "data__version", "user_id")) == [
        ("broadsheet.withdraw_note", 2, editor.pk),
        ("broadsheet.withhold_words", 1, editor.pk),
    ]


def test_a_tombstone_stays(story: Story, editor: User) -> None:
    withdraw_note(version=version(story, 2), user=editor, reason="It named the wrong man.")

    with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
        RecordAmendment.objects.all().delete()
    with pytest.raises(DatabaseError, match="kept as it was written"), transaction.atomic():
        RecordAmendment.objects.update(reason="Nothing to see.")
