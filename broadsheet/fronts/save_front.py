"""Keeps a new version of a front, without overwriting what a colleague has kept in the meantime."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from wagtail.models import Revision

from broadsheet.accounts.models import User
from broadsheet.fronts.models import Front
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.fronts.zones import Zone, zones_to_data
from broadsheet.sections.models import Section


class FrontChangedMeanwhileError(Exception):
    """Someone kept a newer version than the one that was being edited; `newest` is that version."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(f"version {newest.pk} is newer")
        self.newest = newest


@transaction.atomic
def save_front(
    *,
    section: Section | None,
    zones: Sequence[Zone],
    user: User,
    seen_version: int | None,
    go_live_at: dt.datetime | None = None,
    brings_back: Revision | None = None,
) -> Revision:
    """Keep the zones as the newest version of the front page (no section) or a section's front; return that version.

    `seen_version` is the version that was newest when editing began (None: there was none). `go_live_at` is when the
    version is to be published, should it be scheduled. `brings_back` is the older version whose zones these are.
    Raises FrontChangedMeanwhileError, and keeps nothing, when there is a newer version than the one seen.
    """
    unarranged = {"live": False, "zone_data": zones_to_data(usual_zones(section))}
    made, _ = Front.objects.get_or_create(section=section, defaults=unarranged)
    front = Front.objects.select_for_update(of=("self",)).select_related("latest_revision").get(pk=made.pk)
    if front.latest_revision and front.latest_revision.pk != seen_version:
        raise FrontChangedMeanwhileError(front.latest_revision)
    front.zones = tuple(zones)
    front.go_live_at = go_live_at
    return front.save_revision(user=user, log_action=True, previous_revision=brings_back)
