"""Is this a photo, how large is it, and what does its metadata say? Runs in the child process only."""

import io
import warnings
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageFile

from broadsheet.photos.darkroom.limits import SOURCE_FORMATS, DarkroomLimits
from broadsheet.photos.metadata.exif import read_exif
from broadsheet.photos.metadata.iim import read_iim
from broadsheet.photos.metadata.record import merge
from broadsheet.photos.metadata.xmp import LARGEST_PACKET_BYTES, read_xmp

_ORIENTATION_TAG = 0x0112
_SIDEWAYS = {5, 6, 7, 8}
_IIM_RESOURCE = 0x0404
_XMP_EXTENSION_HEADER = b"http://ns.adobe.com/xmp/extension/\x00"
_FRAMES_AT_MOST = 500

_FOREIGN_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"II*\x00", "TIFF"),
    (0, b"MM\x00*", "TIFF"),
    (0, b"8BPS", "Photoshop"),
    (0, b"%PDF", "PDF"),
    (0, b"BM", "BMP"),
    (4, b"ftypheic", "HEIC"),
    (4, b"ftypheix", "HEIC"),
    (4, b"ftypmif1", "HEIF"),
    (4, b"ftypcrx", "Canon RAW"),
    (0, b"PK\x03\x04", "ZIP"),
)


class Refusal(Exception):
    """The picture is not accepted; `code` names the reason, `detail` the figures for its sentence."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def open_photo(image: bytes, *, limits: DarkroomLimits) -> ImageFile.ImageFile:
    """Open a picture of an allowed format and size; its pixels are not decoded yet. Raises `Refusal`."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # the limit below counts every frame and has its own sentence
    if name := foreign_format(image):
        raise Refusal("other-format", format=name)
    try:
        photo = Image.open(io.BytesIO(image), formats=SOURCE_FORMATS)
        pixels = photo.width * photo.height
        if pixels <= limits.pixels:
            pixels *= min(getattr(photo, "n_frames", 1), _FRAMES_AT_MOST)
    except MemoryError:
        raise
    except Exception as error:  # decoders raise anything at hostile bytes; to an editor it all means the same
        raise Refusal("unreadable") from error
    if pixels > limits.pixels:
        raise Refusal("too-many-pixels", width=photo.width, height=photo.height, most=limits.pixels)
    return photo


def foreign_format(image: bytes) -> str:
    """Return the name of a known format that we do not take, so that its sentence can say what to do."""
    start = image[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<?xml", b"<svg", b"<!doctype", b"<html")):
        return "SVG" if b"<svg" in image[:4096].lower() else "XML"
    return next((name for at, sign, name in _FOREIGN_SIGNATURES if image[at : at + len(sign)] == sign), "")


def examine(image: bytes, *, limits: DarkroomLimits) -> dict[str, Any]:
    """Decode the whole picture once and return its format, its upright width and height, and its metadata."""
    photo = open_photo(image, limits=limits)
    try:
        photo.seek(0)
        photo.load()
    except MemoryError:
        raise
    except Exception as error:  # as above
        raise Refusal("damaged") from error
    width, height = photo.size
    if orientation_of(photo) in _SIDEWAYS:
        width, height = height, width
    metadata = merge(
        xmp=_attempt(lambda: read_xmp(photo.info.get("xmp", b""), extension=_xmp_extension(photo))),
        iim=_attempt(lambda: read_iim(photo.info["photoshop"][_IIM_RESOURCE])),
        exif=_attempt(lambda: read_exif(photo.info["exif"])),
    )
    return {
        "format": "JPEG" if photo.format == "MPO" else photo.format,
        "width": width,
        "height": height,
        "values": dict(metadata.values),
        "origins": dict(metadata.origins),
    }


def orientation_of(photo: Image.Image) -> int:
    """Return the Exif orientation, 1 when there is none or its block is broken."""
    try:
        return int(photo.getexif().get(_ORIENTATION_TAG, 1))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (a broken Exif block must not cost the picture)
        return 1


def _attempt(reading: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Return a reading, or nothing: a block that is absent or broken says nothing and costs nothing."""
    try:
        return reading()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (a broken block must not cost the picture)
        return {}


def _xmp_extension(photo: Image.Image) -> bytes:
    """Join the parts of Extended XMP in a JPEG: GUID (32 bytes), whole length and offset (4 each), then the part."""
    parts: dict[int, bytes] = {}
    for marker, segment in getattr(photo, "applist", []):
        if marker == "APP1" and segment.startswith(_XMP_EXTENSION_HEADER):
            body = segment[len(_XMP_EXTENSION_HEADER) + 32 :]
            parts[int.from_bytes(body[4:8])] = body[8:]
    joined = b"".join(part for _, part in sorted(parts.items()))
    return joined if len(joined) <= LARGEST_PACKET_BYTES else b""
