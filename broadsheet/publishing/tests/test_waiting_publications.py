import datetime as dt

import pytest

from broadsheet.accounts.models import User
from broadsheet.accounts.tests.factories import UserFactory
from broadsheet.fronts.models import Front
from broadsheet.fronts.publish_front import publish_front
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.publishing.models import FailedPublication
from broadsheet.publishing.move_embargo import move_embargo
from broadsheet.publishing.publish_story import publish_story
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.publishing.selectors import waiting_publications, who_scheduled
from broadsheet.publishing.tests.embargoed_stories import NOON, planned_story
from broadsheet.stories.models import RecordedKind
from broadsheet.stories.tests.factories import make_story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]
HOUR = dt.timedelta(hours=1)


def test_what_waits_is_listed_by_its_moment_with_who_planned_it(editor: User) -> None:
    later = planned_story("Budget in full", editor=editor, at=NOON + 2 * HOUR)
    sooner = planned_story("Ferry returns", editor=editor, at=NOON + HOUR)
    publish_front(section=None, zones=usual_zones(None), user=editor, seen_version=None, go_live_at=NOON + 3 * HOUR)

    rows = waiting_publications()

    front = Front.objects.get(section=None)
    assert [(row.kind, row.object_id, row.title) for row in rows] == [
        (RecordedKind.STORY, sooner.pk, "Ferry returns"),
        (RecordedKind.STORY, later.pk, "Budget in full"),
        (RecordedKind.FRONT, front.pk, "Front page"),
    ]
    assert [row.go_live_at for row in rows] == [NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]
    assert {row.scheduled_by for row in rows} == {editor}
    assert not any(row.is_update or row.is_overdue or row.failure for row in rows)
    assert [row.object_id for row in waiting_publications(until=NOON + HOUR)] == [sooner.pk]


def test_a_moved_embargo_is_planned_by_whoever_moved_it(editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor, at=NOON + HOUR)
    chief = UserFactory.create()

    move_embargo(instance=story, user=chief, go_live_at=NOON + 2 * HOUR)

    (row,) = waiting_publications()
    assert row.scheduled_by == chief == who_scheduled(row.revision_id)


def test_a_planned_update_says_that_readers_see_an_earlier_version(editor: User) -> None:
    story = make_story(live=False)
    publish_story(story=story, user=editor)

    schedule_story(story=story, user=editor, go_live_at=NOON + HOUR)

    assert waiting_publications()[0].is_update


def test_a_failure_counts_only_for_the_moment_it_happened_at(editor: User) -> None:
    story = planned_story("Ferry returns", editor=editor, at=NOON + HOUR)
    revision = story.revisions.get(approved_go_live_at__isnull=False)
    failure = FailedPublication(
        kind="story", object_id=story.pk, revision_id=revision.pk, due_at=NOON + HOUR, first_failed_at=NOON
    )
    failure.note("It has no section.")
    failure.save()

    assert waiting_publications()[0].failure == failure

    revision.approved_go_live_at = NOON + 2 * HOUR
    revision.save()

    assert waiting_publications()[0].failure is None


def test_the_list_costs_the_same_however_long_it_is(editor: User, django_assert_max_num_queries) -> None:
    for number in range(5):
        planned_story(f"Story {number}", editor=editor, at=NOON + HOUR)
    waiting_publications()

    with django_assert_max_num_queries(6):
        rows = waiting_publications()

    assert len(rows) == 5


def test_failures_are_tried_again_later_and_later() -> None:
    failure = FailedPublication(kind="story", object_id=1, due_at=NOON, first_failed_at=NOON)

    pauses = []
    for _ in range(9):
        failure.note("No.")
        pauses.append((failure.next_attempt_at - NOON).total_seconds())

    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]
