"""Work that nobody waits for."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from broadsheet.photos.refresh_renditions import refresh_renditions

_AFTER_QUICK_WORK = -10
"""All sizes of a photo take seconds; what takes milliseconds, such as the search index, goes first."""


@task(priority=_AFTER_QUICK_WORK)
def refresh_renditions_of(photo_id: int) -> int:
    """Make a photo's public renditions and remove its stale ones; enqueued in the transaction that changed it."""
    return refresh_renditions(photo_id=photo_id, make_missing=settings.PHOTO_RENDITIONS_AT_UPLOAD)


def refresh_after(day: dt.date, *, photo_id: int) -> None:
    """Have the renditions of a photo withdrawn when the last day of its rights is over, in the site's time zone.

    A backend that cannot wait (the tests' own, which runs tasks at once) does nothing.
    """
    if refresh_renditions_of.get_backend().supports_defer:
        midnight = timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min))
        refresh_renditions_of.using(run_after=midnight).enqueue(photo_id=photo_id)
