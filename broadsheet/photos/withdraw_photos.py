"""Withdraws photos from readers at once, and lets them return."""

from collections.abc import Collection
from functools import partial

from django.db import transaction

from broadsheet.kit import clock
from broadsheet.photos import storage
from broadsheet.photos.models import Photo
from broadsheet.photos.tasks import refresh_renditions_of


class NotInTransactionError(Exception):
    """Photos are withdrawn together with what showed them, or not at all."""


def withdraw_photos(*, photo_ids: Collection[int]) -> None:
    """Have every public address of these photos answer 410, in the transaction that takes down what showed them.

    Stored files are served without asking the database, so they are removed right after the commit; the task written
    in the same transaction removes them should the process die in between. Raises NotInTransactionError.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError
    Photo.objects.filter(pk__in=photo_ids, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    for photo_id in photo_ids:
        refresh_renditions_of.enqueue(photo_id=photo_id)
        transaction.on_commit(partial(storage.remove, photo_id), robust=True)


def return_photos(*, photo_ids: Collection[int]) -> None:
    """Let readers see these photos again wherever they are shown, and have their renditions made."""
    Photo.objects.filter(pk__in=photo_ids).update(withdrawn_at=None)
    for photo_id in photo_ids:
        refresh_renditions_of.enqueue(photo_id=photo_id)
