"""Public renditions in the default storage: kept whole, found by photo, removed by photo."""

import contextlib
import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from broadsheet.photos.renditions import STORAGE_PREFIX


def keep(name: str, content: bytes) -> None:
    """Store a rendition under exactly this name; a reader sees the whole file or none."""
    path = _local_path(name)
    if path is None:  # an object store puts whole objects
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def remove(photo_id: int, *, except_keys: Collection[str] = ()) -> int:
    """Remove a photo's renditions but those of the given keys; return how many files went."""
    removed = 0
    folder = f"{STORAGE_PREFIX}{photo_id}"
    for key in _listed(folder)[0]:
        if key in except_keys:
            continue
        for name in _listed(f"{folder}/{key}")[1]:
            default_storage.delete(f"{folder}/{key}/{name}")
            removed += 1
        _remove_empty_folder(f"{folder}/{key}")
    _remove_empty_folder(folder)
    return removed


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Return the folders and files in `folder`; none when it is not there."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _remove_empty_folder(folder: str) -> None:
    """Remove a folder of the file system once nothing is in it; object stores have no folders."""
    path = _local_path(folder)
    if path is not None:
        with contextlib.suppress(OSError):  # a rendition made meanwhile keeps it
            path.rmdir()


def _local_path(name: str) -> Path | None:
    """Return where `name` is on this machine, or None when the storage is elsewhere."""
    storage: Storage = default_storage
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None
