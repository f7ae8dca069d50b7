"""Which published pages show the words of a photo."""

from django.db.models import QuerySet

from broadsheet.pages.models import BasePage
from broadsheet.stories.record import ShownPhoto
from broadsheet.stories.recorded_photos import PhotoWords


def pages_showing(photo_id: int) -> "QuerySet[BasePage]":
    """Return the pages on which readers see a photo, in the order in which they are locked."""
    shown = ShownPhoto.objects.filter(photo_id=photo_id).values("page_id")
    pages: QuerySet[BasePage] = BasePage.objects.filter(pk__in=shown, live=True).order_by("pk")
    return pages


def is_seen_to_change(photo_id: int, before: PhotoWords, after: PhotoWords) -> bool:
    """Tell whether readers of any published page see another text when a photo's words change like this."""
    if (before.credit, before.heard) != (after.credit, after.heard):
        return pages_showing(photo_id).exists()
    if before.caption == after.caption:
        return False
    with_caption = ShownPhoto.objects.filter(photo_id=photo_id, own_caption=True).values("page_id")
    return BasePage.objects.filter(pk__in=with_caption, live=True).exists()
