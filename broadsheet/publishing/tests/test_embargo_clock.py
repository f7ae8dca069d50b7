"""The embargo clock: at its second, never early, each by itself, whoever else has a hand in it."""

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.db import OperationalError, connection, transaction
from django.test import Client
from django_tasks import TaskResult
from django_tasks.signals import task_enqueued
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import PageLogEntry, Revision

from broadsheet.accounts.models import User
from broadsheet.changes.models import Change
from broadsheet.fronts.models import Front
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.publishing.cancel_schedule import NotScheduledError, cancel_schedule
from broadsheet.publishing.embargo import agenda as agenda_module
from broadsheet.publishing.embargo import run_clock as run_clock_module
from broadsheet.publishing.embargo.agenda import Agenda
from broadsheet.publishing.embargo.carry_out import Outcome, carry_out
from broadsheet.publishing.embargo.first_publication import prepare_first_publication
from broadsheet.publishing.embargo.run_clock import run_clock
from broadsheet.publishing.models import FailedPublication
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.selectors import waiting_publications
from broadsheet.publishing.tests.embargoed_stories import (
    DUE,
    NOON,
    SECOND,
    is_live,
    let_the_clock_work,
    plan_of,
    planned_story,
)
from broadsheet.stories.models import Act, ChangeClass, InformationPage, PublishedVersion, Source, Story
from broadsheet.stories.record import RecordedKind
from broadsheet.stories.shelves import _locked_front_page
from broadsheet.stories.tests.factories import make_story

pytestmark = pytest.mark.django_db


def test_a_story_stays_hidden_until_its_second(travel: time_machine.Traveller, editor: User, client: Client) -> None:
    story = planned_story("Ferry returns", editor=editor)
    agenda = Agenda()

    travel.move_to(DUE - SECOND / 1000)
    for _ in range(5):
        agenda.step()
    assert client.get(story.url).status_code == 404

    travel.move_to(DUE)
    agenda.step()
    assert client.get(story.url).status_code == 200


def test_the_clock_sleeps_no_longer_than_to_the_next_moment(travel: time_machine.Traveller, editor: User) -> None:
    planned_story("Ferry returns", editor=editor, at=NOON + SECOND / 5)
    agenda = Agenda()
    pauses = [agenda.step() for _ in range(4)]

    assert 0 < pauses[-1] <= 0.2


def test_a_clock_that_is_put_back_publishes_nothing_early(travel: time_machine.Traveller, editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor)
    agenda = Agenda()
    travel.move_to(DUE - SECOND)
    agenda.step()

    travel.move_to(NOON)
    for _ in range(5):
        agenda.step()

    assert not is_live(story)


def test_what_goes_live_is_on_the_record_as_the_clocks_work_for_whoever_planned_it(
    travel: time_machine.Traveller, editor: User
) -> None:
    story = planned_story("Ferry returns", editor=editor)
    travel.move_to(DUE)

    let_the_clock_work()

    version = PublishedVersion.objects.get(object_id=story.pk)
    assert (version.source, version.by_name, version.at) == (Source.CLOCK, "Ida Storm", DUE)
    entry = PageLogEntry.objects.get(page=story.pk, action="wagtail.publish.scheduled")
    assert entry.user == editor
    assert f"a:{story.pk}" in Change.objects.latest("seq").keys
    assert waiting_publications() == []


def test_an_update_of_a_published_story_goes_live_with_its_note(travel: time_machine.Traveller, editor: User) -> None:
    story = make_story(headline="Ferry returns", live=False)
    publish_story(story=story, user=editor)
    draft = story.get_latest_revision_as_object()
    draft.title, draft.change_class, draft.change_note = "Ferry stays", ChangeClass.CORRECTION, "It stays."
    draft.save_revision()
    schedule_story(story=story, user=editor, go_live_at=DUE)
    travel.move_to(DUE)

    let_the_clock_work()

    assert Story.objects.get(pk=story.pk).title == "Ferry stays"
    assert PublishedVersion.objects.filter(object_id=story.pk).latest("number").note == "It stays."


def test_a_front_goes_live_by_the_same_clock_and_record(travel: time_machine.Traveller, editor: User) -> None:
    publish_front(section=None, zones=usual_zones(None), user=editor, seen_version=None, go_live_at=DUE)
    travel.move_to(DUE)

    let_the_clock_work()

    front = Front.objects.get(section=None)
    version = PublishedVersion.objects.get(kind="front", object_id=front.pk)
    assert front.live
    assert (version.source, version.by_id) == (Source.CLOCK, editor.pk)


def test_an_information_page_goes_live_by_the_same_clock(travel: time_machine.Traveller, editor: User) -> None:
    page = _locked_front_page().add_child(instance=InformationPage(title="Ethics", slug="ethics", live=False))
    page.go_live_at = DUE
    publish_revision(revision=page.save_revision(user=editor), user=editor)
    travel.move_to(DUE)

    let_the_clock_work()

    assert InformationPage.objects.get(pk=page.pk).live
    assert PublishedVersion.objects.get(kind="page", object_id=page.pk).by_id == editor.pk


@pytest.mark.parametrize("kind", [RecordedKind.STORY, RecordedKind.PAGE])
def test_a_page_that_has_come_to_its_end_goes_off_the_site(
    travel: time_machine.Traveller, editor: User, kind: RecordedKind
) -> None:
    if kind == RecordedKind.STORY:
        page = make_story(headline="Appeal for a day", expire_at=DUE)
    else:
        made = InformationPage(title="Appeal", slug="appeal", expire_at=DUE)
        page = _locked_front_page().add_child(instance=made)
    travel.move_to(DUE - SECOND / 1000)
    agenda = let_the_clock_work(steps=3)
    assert type(page).objects.get(pk=page.pk).live

    travel.move_to(DUE)
    agenda.step()

    present = type(page).objects.get(pk=page.pk)
    assert (present.live, present.expired) == (False, True)
    version = PublishedVersion.objects.filter(object_id=page.pk).latest("number")
    assert (version.kind, version.act, version.source) == (kind, Act.UNPUBLISHED, Source.CLOCK)
    assert Change.objects.latest("seq").hard


def test_an_embargo_moved_in_the_last_moment_holds(travel: time_machine.Traveller, editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor)
    planned = plan_of(story)
    move_embargo(instance=story, user=editor, go_live_at=DUE + 60 * SECOND)
    travel.move_to(DUE)

    assert carry_out(planned=planned) is Outcome.NOT_PLANNED
    assert not is_live(story)


def test_whoever_cancels_too_late_is_told_so(travel: time_machine.Traveller, editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor)
    travel.move_to(DUE)
    carry_out(planned=plan_of(story))

    with pytest.raises(NotScheduledError):
        cancel_schedule(instance=story, user=editor)

    assert is_live(story)


def test_two_clocks_with_one_plan_publish_once(travel: time_machine.Traveller, editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor)
    first, second = plan_of(story), plan_of(story)
    travel.move_to(DUE)

    assert carry_out(planned=first) is Outcome.DONE
    assert carry_out(planned=second) is Outcome.NOT_PLANNED
    assert PublishedVersion.objects.filter(object_id=story.pk).count() == 1


def test_a_standby_does_nothing_unless_rows_are_locked_one_by_one(travel: time_machine.Traveller, editor: User) -> None:
    stories = [planned_story(f"Ferry {number} returns", editor=editor) for number in range(3)]
    travel.move_to(DUE - 30 * SECOND)
    agenda = Agenda()

    for moment in (DUE - 30 * SECOND, DUE):
        travel.move_to(moment)
        for _ in range(10):
            agenda.step(is_standby=True)

    assert all(is_live(story) for story in stories) == (connection.vendor == "postgresql")
    for _ in range(10):
        agenda.step()
    assert all(is_live(story) for story in stories)


def test_a_standby_that_has_just_begun_holds_up_nobody(travel: time_machine.Traveller, editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor)
    travel.move_to(DUE)
    agenda = Agenda()

    pauses = [agenda.step(is_standby=True) for _ in range(5)]

    assert not is_live(story)
    assert pauses[-1] > 0


def test_what_was_prepared_is_logged_and_told_to_the_newsrooms_search(
    travel: time_machine.Traveller, editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", agenda_module.__name__)
    travel.move_to(DUE - 30 * SECOND)
    story = planned_story("Ferry returns", editor=editor)
    agenda = let_the_clock_work()
    travel.move_to(DUE)
    asked: list[TaskResult[object]] = []

    def note(task_result: TaskResult[object], **details: object) -> None:
        asked.append(task_result)

    task_enqueued.connect(note)
    for _ in range(5):
        agenda.step()

    logged = [record.message for record in caplog.records if record.name == agenda_module.__name__]
    assert logged == [f"Publication of story {story.pk} “Ferry returns”, 0.000 s after its moment"]
    assert [(one.task.func, one.args) for one in asked] == [
        (insert_or_update_object_task.func, ["stories", "story", str(story.pk)])
    ]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_the_clock_waits_by_utc_whatever_the_clocks_on_the_wall_do(
    travel: time_machine.Traveller, editor: User, zone: str
) -> None:
    put_back = {
        "Europe/Berlin": dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC),
        "America/New_York": dt.datetime(2026, 11, 1, 6, 30, tzinfo=dt.UTC),
        "Australia/Lord_Howe": dt.datetime(2027, 4, 3, 15, 15, tzinfo=dt.UTC),
    }[zone]
    story = planned_story("Ferry returns", editor=editor, at=put_back)
    agenda = Agenda()

    travel.move_to(put_back - dt.timedelta(minutes=59, seconds=59))
    for _ in range(5):
        agenda.step()
    assert not is_live(story)

    travel.move_to(put_back)
    let_the_clock_work()
    assert is_live(story)


def test_the_clock_outlives_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stopped = threading.Event()
    pauses: list[float] = []

    class AwayThenBack:
        def step(self, *, is_standby: bool) -> float:
            if len(pauses) >= 7:
                stopped.set()
                return 0.0
            raise OperationalError("the server closed the connection")

    monkeypatch.setattr(run_clock_module, "Agenda", AwayThenBack)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(stopped, "wait", pauses.append)
    run_clock(stopped=stopped, lock=tmp_path / "lock")

    assert pauses[:7] == [0.25, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == 1


def while_an_editor_saves(story: Story, work: Callable[[], None]) -> None:
    """Do the work of a clock, on a connection of its own, while somebody holds the story."""
    with transaction.atomic():
        Story.objects.select_for_update().get(pk=story.pk)
        clock = threading.Thread(target=work)
        clock.start()
        clock.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
@pytest.mark.parametrize("is_prepared", [True, False])
def test_a_story_that_an_editor_is_just_saving_waits_for_the_editor(editor: User, is_prepared: bool) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        story = planned_story("Ferry returns", editor=editor)
        planned = plan_of(story)
        prepared = prepare_first_publication(planned=planned) if is_prepared else None
        assert (prepared is not None) == is_prepared
        travel.move_to(DUE)
        outcomes: list[Outcome] = []

        def publish() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            outcomes.append(carry_out(planned=planned, prepared=prepared))
            connection.close()

        while_an_editor_saves(story, publish)
        publish()

    assert outcomes == [Outcome.BUSY, Outcome.DONE]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_standby_comes_back_to_what_somebody_held(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda_module, "BUSY_PAUSE_SECONDS", 0.0)
    with time_machine.travel(NOON, tick=False) as travel:
        story = planned_story("Ferry returns", editor=editor)
        travel.move_to(DUE - 30 * SECOND)
        agenda = Agenda()
        agenda.step(is_standby=True)
        travel.move_to(DUE)

        def step() -> None:
            agenda.step(is_standby=True)
            connection.close()

        while_an_editor_saves(story, step)
        assert not is_live(story)
        step()

    assert is_live(story)


@pytest.mark.django_db(transaction=True)
def test_four_clocks_at_once_publish_each_story_once(editor: User) -> None:
    with time_machine.travel(NOON, tick=False) as travel:
        stories = [planned_story(f"Story {number}", editor=editor) for number in range(12)]
        travel.move_to(DUE)

        def work() -> None:
            let_the_clock_work(steps=40)
            connection.close()

        clocks = [threading.Thread(target=work) for _ in range(4)]
        for clock in clocks:
            clock.start()
        for clock in clocks:
            clock.join()

    assert all(is_live(story) for story in stories)
    assert PublishedVersion.objects.count() == len(stories)
    assert not FailedPublication.objects.exists()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
