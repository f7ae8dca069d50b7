"""Schedules a story, or an update of a published one, for a moment to come: its embargo."""

import datetime as dt

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.publish_story import locked
from broadsheet.stories.models import Story


class MomentHasPassedError(Exception):
    """Something can be scheduled for a moment that is still to come only."""


def schedule_story(*, story: Story, user: User, go_live_at: dt.datetime) -> None:
    """Have the newest version of a story published at `go_live_at` (aware), in place of any earlier schedule.

    A published story stays as it is until then. Raises MomentHasPassedError and ValidationError; an earlier schedule
    then stands.
    """
    if go_live_at <= clock.now():
        raise MomentHasPassedError
    with write_transaction():
        version = locked(story).get_latest_revision_as_object()
        version.go_live_at = go_live_at
        publish_revision(revision=version.save_revision(user=user, clean=False), user=user)
    story.refresh_from_db()
