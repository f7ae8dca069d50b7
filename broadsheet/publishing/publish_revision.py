"""Makes a kept version of something with drafts public, now or at the moment the version names."""

from wagtail.models import Revision

from broadsheet.accounts.models import User


def publish_revision(*, revision: Revision, user: User, previous: Revision | None = None) -> None:
    """Publish a version; one whose `go_live_at` lies ahead is scheduled instead, in place of any other schedule.

    `previous` is the older version whose content it brings back, for the record. Whether the user may do this is for
    the caller to have asked: rights differ by what is published.
    """
    revision.publish(user=user, previous_revision=previous, skip_permission_checks=True)
