"""Tidies away what nobody used: agencies' items are theirs, and most licences forbid keeping them."""

import datetime as dt

from django.conf import settings

from broadsheet.kit import clock
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.photos.models import Photo
from broadsheet.wire.models import FolderFile, WireItem, WirePhoto

ITEMS_AT_ONCE = 100
FILES_REMEMBERED = dt.timedelta(days=365)
"""A file that is still in its folder after that is read once more, and found to be known."""


def tidy_items() -> int:
    """Delete items without a story that did not change for `WIRE_KEEP_DAYS`, and their unclaimed photos.

    Items of which a story was made stay, so that a late kill still finds it, and what took them further. Returns how
    many items went.
    """
    before = clock.now() - dt.timedelta(days=settings.WIRE_KEEP_DAYS)
    old = WireItem.objects.filter(changed_at__lt=before, story=None, follows__story=None)
    gone = 0
    while old.exists():
        with write_transaction():
            locked = old.select_for_update(of=("self",)).order_by("pk")  # nobody makes a story of one meanwhile
            gone += _tidy_some(list(locked.values_list("pk", flat=True)[:ITEMS_AT_ONCE]))
    forgotten = FolderFile.objects.filter(read_at__lt=before - FILES_REMEMBERED)
    if forgotten.exists():
        forgotten.delete()
    return gone


def _tidy_some(ids: list[int]) -> int:
    unclaimed = WirePhoto.objects.filter(item__in=ids, is_unclaimed=True).exclude(photo=None)
    photos = set(unclaimed.values_list("photo", flat=True))
    WireItem.objects.filter(pk__in=ids).delete()
    still_there = set(WirePhoto.objects.filter(photo__in=photos).values_list("photo", flat=True))
    for photo in Photo.objects.filter(pk__in=photos - still_there):
        photo.delete()
    return len(ids)
