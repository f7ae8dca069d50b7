"""Make public renditions of a picture. Runs in the child process only."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from broadsheet.photos.darkroom.examine import Refusal, open_photo, orientation_of
from broadsheet.photos.darkroom.limits import DarkroomLimits
from broadsheet.photos.darkroom.rights_packet import rights_iim_segment, rights_xmp

_SIDEWAYS = {5, 6, 7, 8}
_DRAFTABLE = {"JPEG", "MPO"}
_DRAFT_RESERVE = 1.5
"""A JPEG is decoded at least this much larger than its largest rendition: the rest of the shrinking is ours."""

_SAVE_OPTIONS: dict[str, tuple[str, dict[str, Any]]] = {
    # Speed 8 takes a fifth of the default's time for 2 to 5 % more bytes.
    "avif": ("AVIF", {"quality": 58, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 80, "progressive": True, "optimize": True}),
}


def develop(image: bytes, *, order: Mapping[str, Any], limits: DarkroomLimits) -> dict[str, Any]:
    """Make the ordered renditions in `order["directory"]` as `<spec>.<extension>` and return their names.

    Each of `order["prints"]` has `spec`, `box` (left, top, right, bottom in pixels of the upright original),
    `size` (width, height) and `formats` (extensions). `order["rights"]` is embedded in each; no other metadata is.
    """
    photo = open_photo(image, limits=limits)
    prints: list[dict[str, Any]] = order["prints"]
    try:
        upright = _upright(photo, prints=prints)
        plain = _in_srgb(upright)
    except MemoryError:
        raise
    except Exception as error:  # decoders raise anything at hostile bytes
        raise Refusal("damaged") from error
    scale = plain.width / order["width"], plain.height / order["height"]
    made: list[str] = []
    encoded: dict[tuple[Any, ...], bytes] = {}  # of a 3:2 original the crops are the whole photo once more
    for wanted in prints:
        left, top, right, bottom = wanted["box"]
        box = (left * scale[0], top * scale[1], right * scale[0], bottom * scale[1])
        size = tuple(wanted["size"])
        printed = plain.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        for extension in wanted["formats"]:
            name = f"{wanted['spec']}.{extension}"
            if (content := encoded.get((box, size, extension))) is None:
                content = _encode(printed, extension=extension, rights=order["rights"])
                encoded[box, size, extension] = content
            Path(order["directory"], name).write_bytes(content)
            made.append(name)
    return {"made": made}


def _upright(photo: Image.Image, *, prints: list[dict[str, Any]]) -> Image.Image:
    """Decode the first frame, at a fraction when a JPEG allows it, and turn it as the camera was held."""
    if photo.format not in _DRAFTABLE:
        photo.load()  # a PNG keeps its Exif behind the pixels, and reading it swallows the damage that loading tells
    sideways = orientation_of(photo) in _SIDEWAYS
    width, height = photo.size[::-1] if sideways else photo.size
    fraction = max(
        (wanted["size"][0] / max(wanted["box"][2] - wanted["box"][0], 1) for wanted in prints),
        default=1.0,
    )
    least = round(width * fraction * _DRAFT_RESERVE), round(height * fraction * _DRAFT_RESERVE)
    photo.draft(None, least[::-1] if sideways else least)
    photo.load()
    try:
        return ImageOps.exif_transpose(photo)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (a broken Exif block must not cost the picture)
        return photo


def _in_srgb(photo: Image.Image) -> Image.Image:
    """Return the picture in 8-bit sRGB, with its alpha channel when it has one."""
    if photo.mode in {"I", "F"} or photo.mode.startswith("I;16"):
        photo = photo.convert("I").point(lambda level: level / 256).convert("L")
    has_alpha = photo.has_transparency_data
    profile = photo.info.get("icc_profile")
    if photo.mode == "P" or (has_alpha and photo.mode != "RGBA"):
        photo = photo.convert("RGBA" if has_alpha else "RGB")
    if profile and photo.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(photo, source, srgb, outputMode="RGB")
            photo = converted or photo
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile: the numbers are shown as they are, as browsers do
    return photo if photo.mode in {"RGB", "RGBA"} else photo.convert("RGBA" if has_alpha else "RGB")


def _encode(printed: Image.Image, *, extension: str, rights: Mapping[str, str]) -> bytes:
    """Encode one rendition with the rights and without anything that the original carried."""
    if extension == "jpg" and printed.mode == "RGBA":
        white = Image.new("RGB", printed.size, "white")
        white.paste(printed, mask=printed.getchannel("A"))
        printed = white
    bare = printed.copy()
    bare.info = {}
    pillow_format, options = _SAVE_OPTIONS[extension]
    metadata: dict[str, Any] = {"xmp": packet} if (packet := rights_xmp(rights)) else {}
    if extension == "jpg":
        metadata["extra"] = rights_iim_segment(rights)
    output = io.BytesIO()
    bare.save(output, pillow_format, **options, **metadata)
    return output.getvalue()
