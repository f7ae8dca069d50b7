"""Wagtail's sizes for the newsroom's own screens, made without the metadata of the original.

Wagtail copies the Exif block of an original, with the place where the photographer stood, into every size it makes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.images.models import AbstractImage, Filter


class BareFilter(Filter):
    """A filter that forgets Exif, XMP, IPTC and comments before it writes."""

    @contextmanager
    def get_willow_image(self, image: AbstractImage, source: Any = None) -> Iterator[Any]:
        """Lend the opened picture, which loses its metadata once it has been turned upright."""
        with super().get_willow_image(image, source) as opened:
            yield _Bared(opened)


class _Bared:
    """Stands for an opened picture until `auto_orient`, Wagtail's first step, which needs the Exif orientation."""

    def __init__(self, opened: Any) -> None:
        self.format_name = opened.format_name
        self._opened = opened

    def auto_orient(self) -> Any:
        upright = self._opened.auto_orient()
        picture = getattr(upright, "image", None)
        if picture is not None:
            picture.info = {name: value for name, value in picture.info.items() if name in _KEPT}
        return upright


_KEPT = {"icc_profile", "transparency", "background", "duration", "loop"}
"""What the pixels need to look right."""
