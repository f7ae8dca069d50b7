"""Add a photo without the newsroom's form: importers and the demonstration paper use this."""

import datetime as dt
import hashlib
from typing import IO, TypedDict, Unpack

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile

from broadsheet.photos.intake import examine_upload, model_values, true_name
from broadsheet.photos.models import Photo


class PhotoWords(TypedDict, total=False):
    """What may be told of a photo; each means what the field of `Photo` with its name means."""

    title: str
    caption: str
    alt_text: str
    credit: str
    photographer: str
    agency: str
    copyright_notice: str
    usage_terms: str
    licence: str
    licence_url: str
    licensor_url: str
    rights_expire_on: dt.date | None
    taken_at: dt.datetime | None
    taken_place: str
    digital_source_type: str


def add_photo(
    *,
    file: IO[bytes],
    filename: str,
    is_decorative: bool = False,
    focal_point: tuple[int, int] | None = None,
    uploaded_by: AbstractBaseUser | None = None,
    reuse_identical: bool = False,
    **words: Unpack[PhotoWords],
) -> Photo:
    """Examine `file` as an upload is examined, and save it as a photo.

    What is not given is taken from the file's own metadata. `focal_point` is in pixels of the upright photo. With
    `reuse_identical` a photo with the same bytes is returned as it is, unchanged. Raises `PhotoRefused`, whose
    `sentence` says why the file is not accepted.
    """
    content = file.read()
    if reuse_identical and (known := Photo.objects.filter(file_hash=_sha1(content)).order_by("pk").first()):
        return known
    upload = ContentFile(content, name=filename)
    examined = examine_upload(upload, size=len(content))
    upload.name = true_name(filename, examined.extension)
    upload.examined = examined  # type: ignore[attr-defined]  # read by PhotoFieldFile
    read = {name: value for name, value in model_values(examined.metadata, Photo).items() if not words.get(name)}
    if is_decorative:
        read.pop("alt_text", None)
    photo = Photo(file=upload, is_decorative=is_decorative, **{**words, **read})
    photo.title = photo.title or upload.name.rpartition(".")[0]
    photo.uploaded_by_user = uploaded_by
    photo.read_from_file = {name: examined.metadata.origins[name] for name in read}
    if focal_point:
        photo.focal_point_x, photo.focal_point_y = focal_point
        photo.focal_point_width = photo.focal_point_height = 1
    photo.save()
    return photo


def _sha1(content: bytes) -> str:
    """Return the digest that Wagtail keeps of a photo's file."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
