"""Publishes a front, now or at a later moment."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.fronts.save_front import save_front
from broadsheet.fronts.zones import Zone
from broadsheet.kit import clock
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.sections.models import Section


class MomentHasPassedError(Exception):
    """A front can be scheduled for a moment that is still to come only."""


@transaction.atomic
def publish_front(
    *,
    section: Section | None,
    zones: Sequence[Zone],
    user: User,
    seen_version: int | None,
    go_live_at: dt.datetime | None = None,
) -> Revision:
    """Keep the zones and publish them, or schedule them for `go_live_at`; return the version.

    A schedule replaces an earlier one; publishing at once ends it. Raises MomentHasPassedError and
    FrontChangedMeanwhileError, and then changes nothing.
    """
    if go_live_at is not None and go_live_at <= clock.now():
        raise MomentHasPassedError
    version = save_front(section=section, zones=zones, user=user, seen_version=seen_version, go_live_at=go_live_at)
    publish_revision(revision=version, user=user)
    return version
