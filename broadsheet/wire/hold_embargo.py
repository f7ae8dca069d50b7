"""What an agency says of an item holds for the story that was made of it.

An embargo holds until it has passed or is lifted by the agency; a kill until somebody says that they know of it: what
was scheduled or sent for approval before does not go out by a clock, or by a click in a list.
"""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from broadsheet.kit.wall_time import told
from broadsheet.wire.models import WireItem
from broadsheet.wire.selectors import kill_of_story


def agency_hindrance(story_id: int, at: dt.datetime) -> str:
    """Return why a story may not go live at a moment, if an agency has a word in that; of most stories none has."""
    if not WireItem.objects.filter(story_id=story_id).exists():
        return ""
    return agency_embargo(story_id, at) or agency_kill(story_id)


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


def agency_kill(story_id: int) -> str:
    """Return that a story's agency has killed what it was made of, until somebody says that they know."""
    kill = kill_of_story(story_id)
    if kill is None or kill.seen_at is not None:
        return ""
    words = _(
        "%(agency)s has killed what it was made of. Read what it says on the item’s page, and say there that you know."
    )
    return words % {"agency": kill.item.source.credit}
