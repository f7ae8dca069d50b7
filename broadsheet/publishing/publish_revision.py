"""Makes a kept version of something with drafts public, now or at the moment the version names."""

from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.kit.fail_points import reach
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.occasion import Occasion, on_occasion


def publish_revision(
    *,
    revision: Revision,
    user: User | None,
    previous: Revision | None = None,
    occasion: Occasion | None = None,
    log_action: bool | str = True,
) -> None:
    """Publish a version; one whose `go_live_at` lies ahead is scheduled instead, in place of any other schedule.

    `previous` is the older version whose content it brings back, for the record; `occasion` is by whom and when, where
    that is not simply `user`, now; `log_action` is the name of the act in the newsroom's log, where it is not the
    usual one. Whether the user may do this is for the caller to have asked: rights differ by what is published.
    Raises ValidationError when the version cannot be published, and NoteMissingError when an update that needs a note
    has none; then everything, a schedule too, is as it was.
    """
    with write_transaction(), on_occasion(occasion or Occasion(by=user)):
        reach("publishing.begun")
        revision.publish(user=user, previous_revision=previous, skip_permission_checks=True, log_action=log_action)
        reach("publishing.published")
