"""Stories that wait for their moment, and a clock that is stepped by hand."""

import datetime as dt
from typing import Any

from broadsheet.accounts.models import User
from broadsheet.publishing.embargo.agenda import Agenda
from broadsheet.publishing.embargo.planned import Planned, planned_acts
from broadsheet.publishing.schedule_story import schedule_story
from broadsheet.stories.models import Story
from broadsheet.stories.tests.factories import make_story

NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=dt.UTC)
DUE = NOON + dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


def planned_story(headline: str, *, editor: User, at: dt.datetime = DUE, **fields: Any) -> Story:
    story = make_story(headline=headline, live=False, **fields)
    story.save_revision(user=editor)
    schedule_story(story=story, user=editor, go_live_at=at)
    return story


def plan_of(story: Story) -> Planned:
    (planned,) = [one for one in planned_acts(until=DUE + 10 * SECOND) if one.object_id == story.pk]
    return planned


def let_the_clock_work(*, steps: int = 20) -> Agenda:
    agenda = Agenda()
    for _ in range(steps):
        agenda.step()
    return agenda


def is_live(story: Story) -> bool:
    return Story.objects.get(pk=story.pk).live
