"""Work of the tasks worker's: asking sources, fetching photos."""

from django_tasks import task

from broadsheet.wire.bring_photos import bring_photos
from broadsheet.wire.fetch_source import fetch_source
from broadsheet.wire.models import WireItem

_AFTER_QUICK_WORK = -10
_AFTER_SOURCES = -20
"""Photos take longest: those of one agency must not keep the next agency's news waiting."""


@task(priority=_AFTER_QUICK_WORK)
def fetch_source_task(source_id: int) -> dict[str, object]:
    """Ask a source, and have the photos of what is new fetched."""
    report = fetch_source(source_id=source_id)
    for item_id in wanting_photos([*report.taken.new, *report.taken.changed]):
        bring_photos_task.enqueue(item_id)
    return report.as_json()


@task(priority=_AFTER_SOURCES)
def bring_photos_task(item_id: int) -> int:
    """Fetch an item's photos."""
    return bring_photos(item_id=item_id)


def wanting_photos(item_ids: list[int]) -> list[int]:
    """Return those of the items whose photos are to be fetched as they arrive."""
    wanted = WireItem.objects.filter(pk__in=item_ids, source__brings_photos=True, is_killed=False)
    return list(wanted.filter(photos__photo=None, photos__isnull=False).distinct().values_list("pk", flat=True))
