"""Saving, publishing, scheduling and restoring fronts."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction

from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.models import Front
from broadsheet.fronts.publish_front import MomentHasPassedError, publish_front
from broadsheet.fronts.restore_front import restore_front
from broadsheet.fronts.save_front import FrontChangedMeanwhileError, save_front
from broadsheet.fronts.tests.factories import make_zone
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.kit import clock
from broadsheet.publishing.cancel_schedule import cancel_schedule
from broadsheet.sections.tests.factories import SectionFactory

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = ((make_zone(number),) for number in (1, 2, 3))


@pytest.fixture
def editor():
    return UserFactory.create()


def test_a_draft_changes_nothing_for_readers(editor):
    before = Front.zones_in_force(None)

    save_front(section=None, zones=ONE, user=editor, seen_version=None)

    assert Front.zones_in_force(None) == before == usual_zones(None)


def test_publishing_puts_the_zones_before_readers(editor):
    publish_front(section=None, zones=ONE, user=editor, seen_version=None)

    front = Front.objects.get()
    assert Front.zones_in_force(None) == ONE
    assert (front.live, front.has_unpublished_changes) == (True, False)
    assert front.live_revision.user == editor


def test_a_draft_over_a_published_front_leaves_that_standing(editor):
    published = publish_front(section=None, zones=ONE, user=editor, seen_version=None)

    save_front(section=None, zones=TWO, user=editor, seen_version=published.pk)

    assert Front.zones_in_force(None) == ONE
    assert Front.objects.get().has_unpublished_changes


def test_a_newer_version_of_a_colleague_is_never_overwritten(editor):
    mine = save_front(section=None, zones=ONE, user=editor, seen_version=None)
    theirs = save_front(section=None, zones=TWO, user=UserFactory.create(), seen_version=mine.pk)

    for act in (save_front, publish_front):
        with pytest.raises(FrontChangedMeanwhileError) as conflict:
            act(section=None, zones=THREE, user=editor, seen_version=mine.pk)
        assert conflict.value.newest == theirs

    assert Front.objects.get().latest_revision == theirs


def test_two_who_begin_the_same_front_at_once_do_not_overwrite_each_other(editor):
    theirs = save_front(section=None, zones=ONE, user=UserFactory.create(), seen_version=None)

    with pytest.raises(FrontChangedMeanwhileError) as conflict:
        save_front(section=None, zones=TWO, user=editor, seen_version=None)

    assert conflict.value.newest == theirs


def test_a_whole_front_goes_live_at_its_moment(editor):
    with time_machine.travel("2026-11-24 05:00Z", tick=False) as clock_hands:
        published = publish_front(section=None, zones=ONE, user=editor, seen_version=None)
        at_six = clock.now() + dt.timedelta(hours=1)
        publish_front(section=None, zones=TWO, user=editor, seen_version=published.pk, go_live_at=at_six)

        clock_hands.shift(dt.timedelta(minutes=59))
        call_command("publish_scheduled")
        assert Front.zones_in_force(None) == ONE

        clock_hands.shift(dt.timedelta(minutes=1, seconds=1))
        call_command("publish_scheduled")
        assert Front.zones_in_force(None) == TWO


def test_the_first_front_of_a_paper_can_be_scheduled_too(editor):
    with time_machine.travel("2026-11-24 05:00Z", tick=False) as clock_hands:
        at_six = clock.now() + dt.timedelta(hours=1)
        publish_front(section=None, zones=TWO, user=editor, seen_version=None, go_live_at=at_six)
        assert Front.zones_in_force(None) == usual_zones(None)

        clock_hands.shift(dt.timedelta(hours=1, seconds=1))
        call_command("publish_scheduled")
        assert Front.zones_in_force(None) == TWO


def test_a_front_published_at_once_is_not_followed_by_one_scheduled_earlier(editor):
    with time_machine.travel("2026-11-24 05:00Z", tick=False) as clock_hands:
        at_six = clock.now() + dt.timedelta(hours=1)
        planned = publish_front(section=None, zones=ONE, user=editor, seen_version=None, go_live_at=at_six)
        publish_front(section=None, zones=TWO, user=editor, seen_version=planned.pk)

        clock_hands.shift(dt.timedelta(hours=2))
        call_command("publish_scheduled")
        assert Front.zones_in_force(None) == TWO


def test_a_draft_saved_meanwhile_does_not_disturb_the_schedule(editor):
    with time_machine.travel("2026-11-24 05:00Z", tick=False) as clock_hands:
        at_six = clock.now() + dt.timedelta(hours=1)
        planned = publish_front(section=None, zones=ONE, user=editor, seen_version=None, go_live_at=at_six)
        save_front(section=None, zones=TWO, user=editor, seen_version=planned.pk)

        clock_hands.shift(dt.timedelta(hours=2))
        call_command("publish_scheduled")
        assert Front.zones_in_force(None) == ONE


def test_a_schedule_can_be_cancelled_and_its_version_stays_a_draft(editor):
    at = clock.now() + dt.timedelta(hours=1)
    publish_front(section=None, zones=ONE, user=editor, seen_version=None, go_live_at=at)

    cancel_schedule(instance=Front.objects.get(), user=editor)

    front = Front.objects.get()
    assert not front.approved_schedule
    assert front.latest_revision.as_object().zones == ONE


def test_a_front_cannot_be_scheduled_for_a_moment_that_has_passed(editor):
    with pytest.raises(MomentHasPassedError):
        publish_front(section=None, zones=ONE, user=editor, seen_version=None, go_live_at=clock.now())

    assert not Front.objects.exists()


def test_an_older_version_comes_back_and_nothing_in_between_is_lost(editor):
    first = publish_front(section=None, zones=ONE, user=editor, seen_version=None)
    second = publish_front(section=None, zones=TWO, user=editor, seen_version=first.pk)

    restored = restore_front(
        front=Front.objects.get(), version=first, user=editor, seen_version=second.pk, publish=True
    )

    assert Front.zones_in_force(None) == ONE
    assert [version.as_object().zones for version in Front.objects.get().revisions.order_by("pk")] == [ONE, TWO, ONE]
    assert Front.objects.get().live_revision == restored


def test_restoring_a_version_that_had_been_scheduled_publishes_at_once(editor):
    later = clock.now() + dt.timedelta(days=1)
    planned = publish_front(section=None, zones=ONE, user=editor, seen_version=None, go_live_at=later)

    restore_front(front=Front.objects.get(), version=planned, user=editor, seen_version=planned.pk, publish=True)

    assert Front.zones_in_force(None) == ONE


def test_fronts_of_sections_do_not_touch_each_other(editor):
    world, culture = SectionFactory.create(), SectionFactory.create()

    publish_front(section=world, zones=ONE, user=editor, seen_version=None)

    assert Front.zones_in_force(world) == ONE
    assert Front.zones_in_force(culture) == usual_zones(culture)
    assert Front.zones_in_force(None) == usual_zones(None)


def test_there_is_one_front_for_each_place():
    Front.objects.create(section=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Front.objects.create(section=None)
