"""The one place that asks what time it is."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()


def local_date(moment: dt.datetime) -> dt.date:
    """Return the calendar date of `moment` in the site's time zone."""
    return timezone.localtime(moment).date()
