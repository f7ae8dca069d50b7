"""Publishes at once the version of a story that waits for its moment; a later draft stays the newest one."""

from broadsheet.accounts.models import User
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.publish_story import locked, publish_story
from broadsheet.publishing.unschedule_story import scheduled_version
from broadsheet.stories.models import Story


def publish_waiting(*, story: Story, user: User) -> None:
    """Publish the scheduled version now. Raises NotScheduledError, and what `publish_story` raises."""
    with write_transaction():
        present = locked(story)
        waiting, newest = scheduled_version(present), present.get_latest_revision()
        publish_story(story=story, user=user, revision=waiting)
        if newest is not None and newest.pk != waiting.pk:
            newest.as_object().save_revision(user=newest.user, changed=True, clean=False)
