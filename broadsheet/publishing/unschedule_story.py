"""Cancels the planned publication of a story; the version stays as a draft."""

from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.publish_story import locked
from broadsheet.stories.models import Story


class NotScheduledError(Exception):
    """Nothing of this story waits for its moment: it never did, or it has just been published."""


def unschedule_story(*, story: Story, user: User) -> Revision:
    """Keep the scheduled version of a story as a mere draft; return it. Raises NotScheduledError."""
    with write_transaction():
        version = scheduled_version(locked(story))
        version.approved_go_live_at = None
        version.save(user=user, update_fields=["approved_go_live_at"])
        Story.objects.filter(pk=story.pk, live=False).update(go_live_at=None)
    story.refresh_from_db()
    return version


def scheduled_version(story: Story) -> Revision:
    """Return the version of a story that waits for its moment; raises NotScheduledError."""
    version: Revision | None = story.revisions.filter(approved_go_live_at__isnull=False).first()
    if version is None:
        raise NotScheduledError
    return version
