"""Moments as people say them: a date and a time on the wall, in a zone whose clocks go forward and back.

Twice a year a wall clock skips a stretch (a gap: those times are no moments) and repeats another (an overlap: those
times are two moments each).
"""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, pgettext
from django.utils.translation import gettext as _

DAY_AND_MINUTE = "j M Y, H:i"
TO_THE_SECOND = "j M Y, H:i:s"
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
"""Unicode's marks around words that keep their own direction."""


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


def told(moment: dt.datetime, zone: dt.tzinfo | None = None, *, form: str = DAY_AND_MINUTE) -> str:
    """Return a moment in words, with its offset where the time alone could mean two moments.

    In `zone`, or the zone of whoever reads: "25 Oct 2026, 01:30 (UTC+1)". `form` is Django's date format. In languages
    that are read from the right it keeps its order beside names and figures that are read from the left.
    """
    zone = zone or timezone.get_current_timezone()
    text = date_format(moment.astimezone(zone), form).replace(", ", pgettext("between day and hour", ", "))
    if is_shown_twice(moment, zone):
        text = _("%(moment)s (UTC%(offset)s)") % {"moment": text, "offset": _offset(moment.astimezone(zone))}
    return f"{ISOLATE}{text}{END_OF_ISOLATE}" if get_language_bidi() else text


def _offset(wall: dt.datetime) -> str:
    """Return the distance from UTC as people write it: +1, -5, +10:30; nothing for none."""
    sign, hours, minutes = wall.strftime("%z")[0], int(wall.strftime("%z")[1:3]), wall.strftime("%z")[3:5]
    if minutes != "00":
        return f"{sign}{hours}:{minutes}"
    return f"{sign}{hours}" if hours else ""
