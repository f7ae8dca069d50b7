"""Moments as people say them: a date and a time on the wall, in a zone whose clocks go forward and back.

Twice a year a wall clock skips a stretch (a gap: those times are no moments) and repeats another (an overlap: those
times are two moments each).
"""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


class NoSuchTimeError(ValueError):
    """The clocks go forward over this time; `instead` is what a clock that was not put forward would then show."""

    def __init__(self, wall: dt.datetime, zone: dt.tzinfo, instead: dt.datetime) -> None:
        super().__init__(f"{wall} is skipped in {zone}")
        self.wall = wall
        self.zone = zone
        self.instead = instead


def moment_of(wall: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Return the moment, in UTC, at which clocks in `zone` show the naive `wall`; the later one where they do twice.

    Raises NoSuchTimeError for a time in a gap.
    """
    moment = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None, fold=0) != wall.replace(fold=0):
        instead = wall.replace(tzinfo=zone, fold=0).astimezone(dt.UTC).astimezone(zone)
        raise NoSuchTimeError(wall, zone, instead)
    return moment


def is_shown_twice(moment: dt.datetime, zone: dt.tzinfo) -> bool:
    """Tell whether clocks in `zone` show this time at another moment too, before or after they are put back."""
    wall = moment.astimezone(zone)
    return wall.replace(fold=0).utcoffset() > wall.replace(fold=1).utcoffset()  # type: ignore[operator]


def told(moment: dt.datetime, zone: dt.tzinfo | None = None) -> str:
    """Return a moment in words, with its offset where the time alone could mean two moments.

    In `zone`, or the zone of whoever reads: "Nov. 1, 2026, 1:30 a.m. (UTC-05:00)".
    """
    zone = zone or timezone.get_current_timezone()
    wall = moment.astimezone(zone)
    text = date_format(wall, "DATETIME_FORMAT")
    if not is_shown_twice(moment, zone):
        return text
    return _("%(moment)s (UTC%(offset)s)") % {"moment": text, "offset": wall.isoformat()[-6:]}
