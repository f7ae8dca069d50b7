"""Work that nobody waits for."""

from django_tasks import task

from broadsheet.photos.refresh_renditions import refresh_renditions


@task()
def refresh_renditions_of(photo_id: int) -> int:
    """Make a photo's public renditions and remove its stale ones; enqueued in the transaction that changed it."""
    return refresh_renditions(photo_id=photo_id)
