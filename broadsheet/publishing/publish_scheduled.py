"""Publishes at once the version that waits for its moment; a later draft stays the newest one."""

from wagtail.models import DraftStateMixin

from broadsheet.accounts.models import User
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.cancel_schedule import scheduled_version
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.publish_story import locked


def publish_scheduled(*, instance: DraftStateMixin, user: User) -> None:
    """Publish the scheduled version of a story, a page or a front now, before its moment.

    Raises NotScheduledError, and what `publish_revision` raises; the old moment then stands. Whether the user may do
    this is for the caller to have asked: rights differ by what is scheduled.
    """
    with write_transaction():
        present = locked(instance)
        waiting, newest = scheduled_version(present), present.get_latest_revision()
        version = waiting.as_object()
        version.go_live_at = None
        publish_revision(revision=version.save_revision(user=user, clean=False), user=user)
        if newest is not None and newest.pk != waiting.pk:
            newest.as_object().save_revision(user=newest.user, changed=True, clean=False)
    instance.refresh_from_db()
