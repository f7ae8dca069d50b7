"""Moments as agencies write them."""

import datetime as dt
from typing import Any

from dateutil import parser
from django.utils import timezone

from broadsheet.wire.read_item import UNTIL_FURTHER_NOTICE


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

    A day alone means the whole of that day, in the site's zone: too late is safe, too early is a broken embargo.
    """
    written = text.strip() if isinstance(text, str) else ""
    until = moment(written)
    if until is None:
        return UNTIL_FURTHER_NOTICE
    return until + dt.timedelta(days=1) if len(written) <= len("2026-01-31") else until
