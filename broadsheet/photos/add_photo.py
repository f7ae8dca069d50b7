"""Add a photo without the newsroom's form: importers and the demonstration paper use this."""

import datetime as dt
import hashlib
from typing import IO, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import ContentFile

from broadsheet.photos.intake import examine_upload, model_values, true_name
from broadsheet.photos.models import Photo


def add_photo(
    *,
    file: IO[bytes],
    filename: str,
    alt_text: str = "",
    caption: str = "",
    credit: str = "",
    title: str = "",
    is_decorative: bool = False,
    photographer: str = "",
    agency: str = "",
    copyright_notice: str = "",
    usage_terms: str = "",
    licence: str = "",
    licence_url: str = "",
    licensor_url: str = "",
    rights_expire_on: dt.date | None = None,
    taken_at: dt.datetime | None = None,
    taken_place: str = "",
    digital_source_type: str = "",
    focal_point: tuple[int, int] | None = None,
    uploaded_by: AbstractBaseUser | None = None,
    reuse_identical: bool = False,
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
    given: dict[str, Any] = {
        "title": title,
        "caption": caption,
        "alt_text": alt_text,
        "credit": credit,
        "photographer": photographer,
        "agency": agency,
        "copyright_notice": copyright_notice,
        "usage_terms": usage_terms,
        "licence_url": licence_url,
        "licensor_url": licensor_url,
        "rights_expire_on": rights_expire_on,
        "taken_at": taken_at,
        "taken_place": taken_place,
        "digital_source_type": digital_source_type,
    }
    read = {name: value for name, value in model_values(examined.metadata, Photo).items() if not given[name]}
    if is_decorative:
        read.pop("alt_text", None)
    photo = Photo(file=upload, is_decorative=is_decorative, licence=licence, **{**given, **read})
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
