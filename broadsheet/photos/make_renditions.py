"""Make public renditions of a photo: in the darkroom, one process at a time for each photo, stored whole."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage

from broadsheet.photos import storage
from broadsheet.photos.darkroom.limits import DarkroomLimits
from broadsheet.photos.darkroom.rights_packet import RIGHTS_FIELDS
from broadsheet.photos.darkroom.run import run_darkroom
from broadsheet.photos.locks import darkroom_place, single_flight
from broadsheet.photos.renditions import Spec, rendition, storage_name

if TYPE_CHECKING:  # Photo itself asks for renditions when it is saved
    from broadsheet.photos.models import Photo


def make_renditions(
    *, photo: "Photo", wanted: Iterable[tuple[Spec, str]], limits: DarkroomLimits, wait_seconds: float
) -> list[str]:
    """Make those of the `wanted` renditions (spec, extension) that are not stored yet, and return their names.

    Raises `StillHeld` when another process makes renditions of this photo, or the darkroom is full, for longer than
    `wait_seconds`; `DarkroomFailure` when the original exceeds the limits; `FileNotFoundError` when it is gone.
    """
    with single_flight(photo.pk, wait_seconds=wait_seconds):
        missing: dict[Spec, list[str]] = defaultdict(list)
        for spec, extension in wanted:
            if not default_storage.exists(_name(photo, spec.name, extension)):
                missing[spec].append(extension)
        if not missing:
            return []
        with photo.file.storage.open(photo.file.name) as original:
            image = original.read()
        with (
            tempfile.TemporaryDirectory(prefix="darkroom-") as directory,
            darkroom_place(wait_seconds=wait_seconds),
        ):
            answer = run_darkroom(_order(photo, missing, directory=directory), image, limits=limits)
            names = []
            for made in answer["made"]:
                spec_name, _, extension = made.rpartition(".")
                name = _name(photo, spec_name, extension)
                storage.keep(name, Path(directory, made).read_bytes())
                names.append(name)
    return names


def _name(photo: "Photo", spec_name: str, extension: str) -> str:
    return storage_name(photo.pk, photo.rendition_key, spec_name, extension)


def _order(photo: "Photo", missing: dict[Spec, list[str]], *, directory: str) -> dict[str, Any]:
    """Return the order as the darkroom's `develop` takes it."""
    prints = []
    for spec, extensions in missing.items():
        shown = rendition(photo, spec, extensions[0])
        prints.append({"spec": spec.name, "box": shown.box, "size": (shown.width, shown.height), "formats": extensions})
    return {
        "act": "develop",
        "directory": directory,
        "width": photo.width,
        "height": photo.height,
        "prints": prints,
        "rights": {name: getattr(photo, name) for name in RIGHTS_FIELDS},
    }
