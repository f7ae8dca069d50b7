"""Cancels the planned publication of a story, a page or a front; the version stays as a draft."""

from wagtail.models import DraftStateMixin, Revision

from broadsheet.accounts.models import User
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.publish_story import locked


class NotScheduledError(Exception):
    """Nothing of this waits for its moment: it never did, or it has just been published."""


def cancel_schedule(*, instance: DraftStateMixin, user: User) -> Revision:
    """Keep the scheduled version as a mere draft; return it. Raises NotScheduledError.

    Whether the user may do this is for the caller to have asked: rights differ by what is scheduled.
    """
    with write_transaction():
        version = scheduled_version(locked(instance))
        version.approved_go_live_at = None
        version.save(user=user, update_fields=["approved_go_live_at"])
        type(instance)._default_manager.filter(pk=instance.pk, live=False).update(go_live_at=None)
    instance.refresh_from_db()
    return version


def scheduled_version(instance: DraftStateMixin) -> Revision:
    """Return the version that waits for its moment; raises NotScheduledError."""
    version: Revision | None = instance.revisions.filter(approved_go_live_at__isnull=False).first()
    if version is None:
        raise NotScheduledError
    return version
