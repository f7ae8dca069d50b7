"""The file field of a photo: its width and height are those of the picture held upright."""

from typing import IO, Any, cast

from PIL import Image
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

_ORIENTATION_TAG = 0x0112
_SIDEWAYS = {5, 6, 7, 8}


class PhotoFieldFile(WagtailImageFieldFile):
    """A photo's file. Wagtail takes the size as stored, which lies on its side when the camera did."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """Return the upright width and height in pixels: as examined at the intake, else from the file's header."""
        examined = getattr(getattr(self, "_file", None), "examined", None)
        if examined:
            return examined.width, examined.height
        was_closed = self.closed
        self.open()
        try:
            with Image.open(cast("IO[bytes]", _Unclosed(self))) as photo:
                width, height = photo.size
                is_sideways = photo.getexif().get(_ORIENTATION_TAG) in _SIDEWAYS
        finally:
            if was_closed:
                self.close()
            else:
                self.seek(0)
        return (height, width) if is_sideways else (width, height)


class PhotoFileField(WagtailImageField):
    """`Photo.file`."""

    attr_class = PhotoFieldFile


class _Unclosed:
    """Lends a file to Pillow, which would close it."""

    def __init__(self, file: Any) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
