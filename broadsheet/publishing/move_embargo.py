"""Moves the moment at which a scheduled story, page or front goes live, and changes nothing else of it."""

import datetime as dt

from wagtail.log_actions import log
from wagtail.models import DraftStateMixin

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.cancel_schedule import scheduled_version
from broadsheet.publishing.log_acts import MOVED_EMBARGO
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.publishing.publish_story import locked
from broadsheet.publishing.schedule_story import MomentHasPassedError


def move_embargo(*, instance: DraftStateMixin, user: User, go_live_at: dt.datetime) -> None:
    """Have the scheduled version go live at another moment; later drafts stay drafts.

    Raises MomentHasPassedError, NotScheduledError (it may just have gone live) and ValidationError; the old moment
    then stands. Whether the user may do this is for the caller to have asked: rights differ by what is scheduled.
    """
    if go_live_at <= clock.now():
        raise MomentHasPassedError
    with write_transaction():
        present = locked(instance)
        later_draft = present.get_latest_revision()
        scheduled = scheduled_version(present)
        version = scheduled.as_object()
        version.go_live_at = go_live_at
        moved = version.save_revision(user=user, clean=False)
        publish_revision(revision=moved, user=user)
        data = {"from": scheduled.approved_go_live_at, "to": go_live_at}
        log(instance=present, action=MOVED_EMBARGO, user=user, revision=moved, data=data)
        if later_draft is not None and later_draft.pk != scheduled.pk:
            later_draft.as_object().save_revision(user=later_draft.user, changed=False, clean=False)
    instance.refresh_from_db()
