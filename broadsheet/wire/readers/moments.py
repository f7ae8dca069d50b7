"""Moments as agencies write them."""

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from typing import Any

from dateutil import parser
from django.utils import timezone

from broadsheet.wire.read_item import UNTIL_FURTHER_NOTICE

DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", re.ASCII)
TIME = re.compile(
    r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}[T ][0-9]{2}:?[0-9]{2}(:?[0-9]{2}([.,][0-9]+)?)?"
    r" ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?",
    re.ASCII,
)


def moment(text: Any) -> dt.datetime | None:
    """Return a date and time in UTC; None for what cannot be read. One without a zone is taken to be in the site's."""
    if not isinstance(text, str) or not text.strip() or len(text) > 80:
        return None
    try:
        found = parser.isoparse(text.strip())
    except ValueError:
        try:
            found = parser.parse(text.strip(), default=dt.datetime(2000, 1, 1))  # noqa: DTZ001 - made aware below
        except (ValueError, OverflowError):
            return None
    return in_utc(found)


def in_utc(found: dt.datetime) -> dt.datetime | None:
    """Return a moment in UTC; None where the calendar ends before it."""
    try:
        aware = found if found.tzinfo else timezone.make_aware(found, timezone.get_default_timezone())
        return aware.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def embargo(text: Any) -> dt.datetime:
    """Return until when an item is embargoed. Never None: what is said and cannot be read holds until it is lifted.

    A day alone means the whole of that day, in the site's zone: too late is safe, too early is a broken embargo. Only
    ISO 8601 with a whole date and RFC 5322 are read: of any other writing two people think two moments.
    """
    written = text.strip() if isinstance(text, str) else ""
    day, time = DAY.fullmatch(written), TIME.fullmatch(written)
    try:
        if day is not None:
            found = dt.datetime.combine(dt.date(*map(int, day.groups())) + dt.timedelta(days=1), dt.time.min)
        elif time is not None:
            found = parser.isoparse(written.replace(" ", "T", 1).replace(" ", ""))
        else:
            found = parsedate_to_datetime(written)
            if found.tzinfo is None and not written.endswith("-0000"):
                return UNTIL_FURTHER_NOTICE
    except (ValueError, OverflowError, TypeError, IndexError):
        return UNTIL_FURTHER_NOTICE
    return in_utc(found) or UNTIL_FURTHER_NOTICE
