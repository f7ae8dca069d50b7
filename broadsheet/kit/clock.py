"""The one place that asks what time it is."""

import datetime as dt

from django.utils import timezone

from broadsheet.kit import rendering


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC. A page that shows it is not kept for other readers."""
    rendering.read_personal("clock")
    return timezone.now()


def now_until_renewed() -> dt.datetime:
    """Return the present moment to a page that says itself when it must be rendered anew (`rendering.renew_at`)."""
    return timezone.now()


def beginning_of(day: dt.date) -> dt.datetime:
    """Return the first moment of a day in the site's time zone."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_default_timezone())


def local_date(moment: dt.datetime) -> dt.date:
    """Return the calendar date of `moment` in the site's time zone."""
    return timezone.localtime(moment).date()
