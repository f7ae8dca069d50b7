"""The public sizes of a photo, by arithmetic alone: which there are, what they show, where they live.

A rendition's address is `/media/r/<photo id>/<rendition key>/<spec>.<extension>`. Specs:

- `w320` to `w1600`: the whole photo at that width;
- `c320` to `c1280`: a 3:2 crop round the focal point, for fronts and lists;
- `q96` to `q384`: a square round the focal point, for portraits;
- `s1200`: 1200 x 630 for shared links; `n1200x675`, `n1200x900`, `n1200x1200` for structured data; JPEG only.

Nothing is enlarged: of each family only the specs up to the photo's own width are offered (of a photo smaller than
the smallest, that one alone, at the photo's size). The key changes with the file, the focal point and the embedded
rights, so that an address always shows the same bytes and may be cached for ever.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Protocol

from broadsheet.photos.darkroom.rights_packet import RIGHTS_FIELDS

PUBLIC_PREFIX = "/media/r/"
STORAGE_PREFIX = "r/"
RECIPE = 1
"""Raise this when renditions are made differently (quality, profile), so that all get new addresses."""

CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
UPPER_THIRD = 0.4
"""Where a crop looks when no focal point is set: a little above the middle, where faces are."""


class Developed(Protocol):
    """What this arithmetic reads of a photo; `Photo` has it, and so has any stand-in of a test."""

    pk: int
    width: int
    height: int
    rendition_key: str
    focal_point_x: int | None
    focal_point_y: int | None


@dataclass(frozen=True, slots=True)
class Spec:
    """One size: its name, width in pixels, and ratio (width, height) when it crops."""

    name: str
    width: int
    ratio: tuple[int, int] | None
    extensions: tuple[str, ...] = ("avif", "webp", "jpg")


def _family(letter: str, widths: tuple[int, ...], ratio: tuple[int, int] | None) -> tuple[Spec, ...]:
    return tuple(Spec(f"{letter}{width}", width, ratio) for width in widths)


WHOLE = _family("w", (320, 480, 640, 960, 1280, 1600), None)
CROPPED = _family("c", (320, 480, 640, 960, 1280), (3, 2))
SQUARE = _family("q", (96, 192, 384), (1, 1))
SOCIAL = Spec("s1200", 1200, (1200, 630), ("jpg",))
STRUCTURED = (
    Spec("n1200x675", 1200, (16, 9), ("jpg",)),
    Spec("n1200x900", 1200, (4, 3), ("jpg",)),
    Spec("n1200x1200", 1200, (1, 1), ("jpg",)),
)
FAMILIES = (WHOLE, CROPPED, SQUARE)
SPECS = {spec.name: spec for family in (*FAMILIES, (SOCIAL,), STRUCTURED) for spec in family}


@dataclass(frozen=True, slots=True)
class Rendition:
    """One size of one photo: where it is, how large it is, and the part of the upright original it shows."""

    url: str
    width: int
    height: int
    box: tuple[int, int, int, int]


def rendition(photo: Developed, spec: Spec, extension: str) -> Rendition:
    """Return the rendition of `photo` by `spec`; the file itself need not exist yet."""
    box = crop_box(photo, spec.ratio)
    box_width, box_height = box[2] - box[0], box[3] - box[1]
    width = min(spec.width, box_width)
    if width == box_width:
        height = box_height
    elif spec.ratio is None:
        height = max(1, round(width * box_height / box_width))
    else:
        height = max(1, round(width * spec.ratio[1] / spec.ratio[0]))
    url = f"{PUBLIC_PREFIX}{photo.pk}/{photo.rendition_key}/{spec.name}.{extension}"
    return Rendition(url=url, width=width, height=height, box=box)


def crop_box(photo: Developed, ratio: tuple[int, int] | None) -> tuple[int, int, int, int]:
    """Return (left, top, right, bottom) of the largest part of `ratio` round the focal point, inside the photo."""
    if ratio is None:
        return 0, 0, photo.width, photo.height
    width = min(photo.width, max(1, round(photo.height * ratio[0] / ratio[1])))
    height = min(photo.height, max(1, round(photo.width * ratio[1] / ratio[0])))
    centre_x = photo.width / 2 if photo.focal_point_x is None else photo.focal_point_x
    centre_y = photo.height * UPPER_THIRD if photo.focal_point_y is None else photo.focal_point_y
    left = min(max(round(centre_x - width / 2), 0), photo.width - width)
    top = min(max(round(centre_y - height / 2), 0), photo.height - height)
    return left, top, left + width, top + height


def offered(photo: Developed, family: tuple[Spec, ...]) -> list[Spec]:
    """Return the specs of a family that do not enlarge `photo`; at least the smallest."""
    box = crop_box(photo, family[0].ratio)
    return [spec for spec in family if spec.width <= box[2] - box[0]] or [family[0]]


def all_offered(photo: Developed) -> list[Spec]:
    """Return every spec that may be asked for of `photo`."""
    return [spec for family in FAMILIES for spec in offered(photo, family)] + [SOCIAL, *STRUCTURED]


def storage_name(photo_id: int, rendition_key: str, spec_name: str, extension: str) -> str:
    """Return the name of a rendition's file in the default storage."""
    return f"{STORAGE_PREFIX}{photo_id}/{rendition_key}/{spec_name}.{extension}"


def compute_rendition_key(photo: object) -> str:
    """Return twelve characters that change with anything a rendition shows or carries, and with the rights' end.

    The end is part of it so that an address under which a photo was withdrawn never has to serve it again.
    """
    shown = ("file_hash", "focal_point_x", "focal_point_y", *RIGHTS_FIELDS)
    ends_on = getattr(photo, "rights_expire_on", None)
    state = [RECIPE, *(getattr(photo, name) for name in shown), str(ends_on or "")]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:12]
