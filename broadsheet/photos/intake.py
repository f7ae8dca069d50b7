"""Accepting a photo: every upload and import is examined here, in the darkroom, before anything else reads it.

A file is either examined (format, upright size, metadata) or refused with a sentence that says what to do. Limits:
bytes (`PHOTO_MAX_BYTES`), pixels (`PHOTO_MAX_PIXELS`), processor time, memory and the clock (`darkroom/limits.py`).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.photos.darkroom.limits import DarkroomLimits
from broadsheet.photos.darkroom.run import DarkroomFailure, run_darkroom
from broadsheet.photos.locks import StillHeld, darkroom_place
from broadsheet.photos.metadata.record import PhotoMetadata

_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}
_SAME_EXTENSIONS = {"jpg": {"jpg", "jpeg", "jpe"}}
_WAIT_SECONDS = 20

SENTENCES = {
    "empty": gettext_lazy("The file is empty. Export the photo once more and upload that."),
    "too-many-bytes": gettext_lazy("The file has %(size)s, more than the %(most)s we take. Export it smaller."),
    "other-format": gettext_lazy(
        "%(format)s files are not accepted. Export the photo as JPEG, PNG, WebP, AVIF or GIF and upload that."
    ),
    "unreadable": gettext_lazy(
        "This is not a photo that can be read. Open it in a picture editor, export it as JPEG and upload that."
    ),
    "damaged": gettext_lazy(
        "The file is damaged or was cut off on its way. Send it again, or export the photo once more."
    ),
    "too-many-pixels": gettext_lazy(
        "The photo has %(width)s × %(height)s pixels, in all more than the %(megapixels)s million we take. "
        "Export it smaller."
    ),
    "too-heavy": gettext_lazy("The photo needs too much memory to open. Export it smaller, as JPEG, and upload that."),
    "too-slow": gettext_lazy("The photo takes too long to open. Export it once more as JPEG and upload that."),
    "crashed": gettext_lazy("The photo could not be opened safely. Export it once more as JPEG and upload that."),
    "busy": gettext_lazy("Too many photos are being examined just now. Wait a minute and upload it again."),
}
"""Why a file is refused, and what to do about it; tests go through all of them."""


class PhotoRefused(Exception):
    """A file that is not accepted. `code` is one of `SENTENCES`, `sentence` tells the editor what to do."""

    def __init__(self, code: str, detail: Mapping[str, Any]) -> None:
        self.code = code
        self.sentence = str(SENTENCES[code]) % detail
        super().__init__(self.sentence)


@dataclass(frozen=True, slots=True)
class ExaminedPhoto:
    """What is known of an accepted file: `width` and `height` are those of the upright picture, in pixels."""

    extension: str
    width: int
    height: int
    metadata: PhotoMetadata


def current_limits() -> DarkroomLimits:
    """Return the limits with the site's own pixel limit."""
    return DarkroomLimits(pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)


def examine_upload(file: IO[bytes], *, size: int) -> ExaminedPhoto:
    """Examine a file of `size` bytes, leave it at its beginning, and return what it is. Raises `PhotoRefused`."""
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if size == 0:
        raise PhotoRefused("empty", {})
    if size > most:
        raise PhotoRefused("too-many-bytes", {"size": filesizeformat(size), "most": filesizeformat(most)})
    file.seek(0)
    image = file.read()
    file.seek(0)
    limits = current_limits()
    try:
        with darkroom_place(wait_seconds=_WAIT_SECONDS):
            answer = run_darkroom({"act": "examine"}, image, limits=limits)
    except StillHeld as error:
        raise PhotoRefused("busy", {}) from error
    except DarkroomFailure as failure:
        raise PhotoRefused(failure.code, {**failure.detail, "megapixels": limits.pixels // 1_000_000}) from failure
    return ExaminedPhoto(
        extension=_EXTENSIONS[answer["format"]],
        width=answer["width"],
        height=answer["height"],
        metadata=PhotoMetadata(values=answer["values"], origins=answer["origins"]),
    )


def true_name(name: str, extension: str) -> str:
    """Return the file's name with the extension of what it really is; a right one is left as it stands."""
    path = PurePath(name)
    given = path.suffix.lstrip(".").lower()
    if given in _SAME_EXTENSIONS.get(extension, {extension}):
        return path.name
    is_picture_suffix = given in {*_EXTENSIONS.values(), "jpeg", "jpe"}
    return f"{path.stem if is_picture_suffix else path.name}.{extension}"


def model_values(metadata: PhotoMetadata, model: type[models.Model]) -> dict[str, Any]:
    """Return what the file says as values that `model` can store; what does not fit its field is left out.

    Texts longer than their column are cut. Moments without a zone are taken to be in the site's.
    """
    values: dict[str, Any] = {}
    for name, text in metadata.values.items():
        try:
            field = model._meta.get_field(name)
            if isinstance(field, models.Field):
                values[name] = field.clean(_converted(text, field), None)
        except (FieldDoesNotExist, ValidationError, ValueError, OverflowError):
            continue
    return values


def _converted(text: str, field: models.Field[Any, Any]) -> Any:
    """Return `text` as the type that `field` holds."""
    if isinstance(field, models.DateTimeField):
        moment = dt.datetime.fromisoformat(text)
        return moment if moment.tzinfo else timezone.make_aware(moment)
    if isinstance(field, models.DateField):
        return dt.datetime.fromisoformat(text).date()
    return text[: field.max_length] if field.max_length else text


def origin_note(origin: str) -> str:
    """Return the note beside a field that was filled from the file."""
    return _("Read from the file (%(origin)s).") % {"origin": origin}
