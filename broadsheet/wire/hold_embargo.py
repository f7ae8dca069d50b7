"""An agency's embargo holds for the story that was made of its item, until it has passed or is lifted by the agency."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.kit.wall_time import told
from broadsheet.wire.models import WireItem


def agency_embargo(story_id: int, at: dt.datetime) -> str:
    """Return why a story may not go live at a moment: the latest embargo of the items of which it was made."""
    held = WireItem.objects.filter(story_id=story_id, embargoed_until__gt=at).select_related("source")
    item = held.order_by("-embargoed_until").first()
    if item is None or item.embargoed_until is None:
        return ""
    names = {"agency": item.source.credit}
    if item.is_embargoed_until_lifted:
        return _("%(agency)s has put an embargo on it until further notice.") % names
    moment = told(item.embargoed_until, timezone.get_default_timezone())
    return _("%(agency)s’s embargo on it holds until %(moment)s (%(zone)s).") % {
        **names,
        "moment": moment,
        "zone": settings.TIME_ZONE,
    }
