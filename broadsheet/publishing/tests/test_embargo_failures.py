"""What is due and cannot be done: told, tried again, and no hindrance to anything else."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from wagtail.signals import page_published

from broadsheet.accounts.models import User
from broadsheet.publishing.cancel_schedule import cancel_schedule
from broadsheet.publishing.embargo import agenda as agenda_module
from broadsheet.publishing.embargo.carry_out import Outcome
from broadsheet.publishing.embargo.failures import sentence_of
from broadsheet.publishing.models import FailedPublication
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.selectors import failed_expiries, waiting_publications
from broadsheet.publishing.tests.embargoed_stories import DUE, SECOND, is_live, let_the_clock_work, planned_story
from broadsheet.stories.models import ChangeClass, PublishedVersion
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


class PressFailureError(Exception):
    pass


@pytest.fixture
def broken_press() -> Iterator[None]:
    """The press tears whenever a story of this headline comes up."""

    def tear(instance: Any, **details: Any) -> None:
        if instance.live and instance.title == "Torn":
            raise PressFailureError("The paper tore.")

    page_published.connect(tear)
    yield
    page_published.disconnect(tear)


def test_one_that_fails_stops_no_other_and_stays_invisible(
    travel: time_machine.Traveller, editor: User, broken_press: None, client: Client
) -> None:
    torn = planned_story("Torn", editor=editor)
    whole = planned_story("Whole", editor=editor)
    travel.move_to(DUE)

    let_the_clock_work()

    assert is_live(whole)
    assert client.get(torn.url).status_code == 404
    assert not PublishedVersion.objects.filter(object_id=torn.pk).exists()
    (row,) = waiting_publications()
    assert row.is_overdue
    assert row.failure is not None
    assert row.failure.attempts == 1
    assert "The paper tore." in row.failure.error


def test_a_failed_one_is_tried_again_and_then_forgotten(
    travel: time_machine.Traveller, editor: User, broken_press: None
) -> None:
    torn = planned_story("Torn", editor=editor)
    travel.move_to(DUE)
    let_the_clock_work()
    travel.move_to(DUE + 4 * SECOND)
    let_the_clock_work()
    assert FailedPublication.objects.get().attempts == 1

    travel.move_to(DUE + 5 * SECOND)
    let_the_clock_work()
    assert FailedPublication.objects.get().attempts == 2

    version = torn.revisions.get(approved_go_live_at__isnull=False)
    version.content["title"] = "Mended"
    version.save(update_fields=["content"])
    travel.move_to(DUE + 15 * SECOND)
    let_the_clock_work()

    assert is_live(torn)
    assert not FailedPublication.objects.exists()


def test_an_update_without_its_compulsory_note_fails_with_a_sentence(
    travel: time_machine.Traveller, editor: User
) -> None:
    story = make_story(live=False)
    publish_story(story=story, user=editor)
    draft = story.get_latest_revision_as_object()
    draft.change_class = ChangeClass.CORRECTION
    draft.save_revision()
    schedule_story(story=story, user=editor, go_live_at=DUE)
    travel.move_to(DUE)

    let_the_clock_work()

    assert FailedPublication.objects.get().error == "A correction needs a note to readers."


def test_a_story_that_is_not_complete_fails_with_a_sentence(travel: time_machine.Traveller, editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor)
    version = story.revisions.get(approved_go_live_at__isnull=False)
    version.content["work_type"] = "gossip"
    version.save(update_fields=["content"])
    travel.move_to(DUE)

    let_the_clock_work()

    assert "gossip" in FailedPublication.objects.get().error
    assert not is_live(story)


@pytest.mark.parametrize("act", ["moved", "cancelled"])
def test_a_failure_of_a_plan_that_no_longer_stands_is_forgotten(
    travel: time_machine.Traveller, editor: User, broken_press: None, act: str
) -> None:
    story = planned_story("Torn", editor=editor)
    travel.move_to(DUE)
    let_the_clock_work()
    assert FailedPublication.objects.exists()

    if act == "moved":
        move_embargo(instance=story, user=editor, go_live_at=DUE + 60 * SECOND)
    else:
        cancel_schedule(instance=story, user=editor)
    let_the_clock_work()

    assert not FailedPublication.objects.exists()


def test_an_ending_that_fails_is_told_too(travel: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> None:
    make_story(headline="Appeal", expire_at=DUE)
    travel.move_to(DUE)

    def fail(**details: Any) -> Outcome:
        raise PressFailureError("stuck")

    monkeypatch.setattr(agenda_module, "carry_out", fail)
    let_the_clock_work()

    assert [failure.error for failure in failed_expiries()] == [sentence_of(PressFailureError("stuck"))]
