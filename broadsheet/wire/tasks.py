"""Work of the tasks worker's: asking sources, fetching photos."""

import datetime as dt

from django_tasks import task

from broadsheet.kit import clock
from broadsheet.wire.bring_photos import bring_photos
from broadsheet.wire.fetch_source import fetch_source
from broadsheet.wire.models import WireItem

_AFTER_QUICK_WORK = -10
_AFTER_SOURCES = -20
"""Photos take longest: those of one agency must not keep the next agency's news waiting."""

LEFT_WITHIN = dt.timedelta(hours=1)


@task(priority=_AFTER_QUICK_WORK)
def fetch_source_task(source_id: int) -> dict[str, object]:
    """Ask a source, and have the photos of what is new fetched."""
    report = fetch_source(source_id=source_id)
    for item_id in wanting_photos(source_id, [*report.taken.new, *report.taken.changed]):
        bring_photos_task.enqueue(item_id)
    return report.as_json()


@task(priority=_AFTER_SOURCES)
def bring_photos_task(item_id: int) -> int:
    """Fetch an item's photos."""
    return bring_photos(item_id=item_id)


def wanting_photos(source_id: int, item_ids: list[int]) -> list[int]:
    """Return those of the items whose photos are to be fetched as they arrive, and those that an earlier run left.

    A run that fails has taken in what came before that, and says nothing of it any more.
    """
    wanted = WireItem.objects.filter(source=source_id, source__brings_photos=True, is_killed=False)
    left = wanted.filter(changed_at__gte=clock.now() - LEFT_WITHIN).exclude(photos__tried_at__isnull=False)
    wanted = wanted.filter(pk__in=item_ids) | left
    return list(wanted.filter(photos__photo=None, photos__isnull=False).distinct().values_list("pk", flat=True))
