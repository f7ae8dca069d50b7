"""`{% picture photo "lead" as picture %}`: a photo as templates show it; the contract is told in `picture.py`."""

from django import template

from broadsheet.photos.models import Photo
from broadsheet.photos.picture import Picture

register = template.Library()


@register.simple_tag
def picture(photo: Photo | None, layout: str, *, sizes: str = "", caption: str | None = None) -> Picture | None:
    """Return the `Picture` of `photo` in a layout, or None when there is no photo or its rights have ended."""
    return photo.picture(layout, sizes=sizes, caption=caption) if photo else None
