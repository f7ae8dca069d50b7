"""Reads what an agency puts into its folder: files that are whole, with names that are harmless, and no links.

Files stay where they are: the paper remembers each by its content, and who delivers may take it away again.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from broadsheet.kit import clock
from broadsheet.wire.models import FolderFile, WireSource
from broadsheet.wire.read_item import WireRefused
from broadsheet.wire.readers.detect import MOST_BYTES

SETTLED_SECONDS = 5
"""A file that changed a moment ago is still being written."""
MOST_FILES = 200
"""In one go; the others come with the next."""
MOST_DEPTH = 4
MOST_NAME = 400
UNREADABLE = "error"
BEING_WRITTEN = (".part", ".tmp", ".temp", ".filepart", ".crdownload", ".swp", ".lock", "~")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff", ".eps", ".ai", ".mp3", ".mp4", ".avi")
"""Read when an item names them."""


class FolderMissingError(Exception):
    """The source's folder is not there."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that has not been read yet in this form; `data` is empty where `refused` says why it will not be."""

    name: str
    stamp: str
    digest: str = ""
    data: bytes = b""
    refused: str = ""


def folder_of(source: WireSource) -> Path:
    """Return a source's folder, which is one below `WIRE_FOLDERS`. Raises FolderMissingError."""
    folder = settings.WIRE_FOLDERS / source.address
    if not folder.is_dir() or folder.is_symlink():
        raise FolderMissingError(_("There is no folder “%(name)s” in the wire’s folder.") % {"name": source.address})
    return folder


def new_files(source: WireSource) -> Iterator[FoundFile]:
    """Yield files that are new or have changed, by name. Raises FolderMissingError."""
    known = dict(source.files.values_list("name", "stamp"))
    found = 0
    for name, at, entry in _walk(folder_of(source)):
        if found >= MOST_FILES:
            return
        file = _look_at(name, at, entry, known)
        if file is not None:
            found += 1
            yield file


def _walk(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Yield each file's path within the folder, its directory as a descriptor, and its name there; no links."""
    root = os.fspath(folder)
    for place, folders, names, at in os.fwalk(root, follow_symlinks=False):
        inside = os.path.relpath(place, root)
        depth = 0 if inside == "." else inside.count(os.sep) + 1
        folders[:] = sorted(one for one in folders if not one.startswith(".") and depth < MOST_DEPTH)
        for name in sorted(names):
            yield name if inside == "." else f"{inside}/{name}", at, name


def _look_at(name: str, at: int, entry: str, known: dict[str, str]) -> FoundFile | None:
    lowered = entry.lower()
    if lowered.startswith(".") or lowered.endswith(BEING_WRITTEN) or lowered.endswith(PICTURES):
        return None
    if len(name) > MOST_NAME or not name.isprintable():
        shown = name.encode("utf-8", "backslashreplace").decode()
        shown = "".join(character if character.isprintable() else "�" for character in shown)[:MOST_NAME]
        refused = FoundFile(shown, "name", refused=_("Its name is too long, or holds what no name should."))
        return None if known.get(shown) == "name" else refused
    try:
        return _read(name, at, entry, known)
    except OSError as error:
        if known.get(name) == UNREADABLE:
            return None  # said already: two hundred of them must not keep the rest waiting for ever
        return FoundFile(name, UNREADABLE, refused=_("It cannot be read: %(why)s.") % {"why": error.strerror or "?"})


def _read(name: str, at: int, entry: str, known: dict[str, str]) -> FoundFile | None:
    """Open without following a link or waiting for a pipe, and read what is a plain file that nobody writes to now."""
    handle = os.open(entry, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
    with os.fdopen(handle, "rb") as file:
        seen = os.fstat(file.fileno())
        stamp = f"{seen.st_size}-{seen.st_mtime_ns}"
        if known.get(name) == stamp:
            return None
        if not stat.S_ISREG(seen.st_mode):
            return FoundFile(name, stamp, refused=_("It is no file but something else, a pipe or a device."))
        if clock.now().timestamp() - seen.st_mtime < SETTLED_SECONDS:
            return None
        if seen.st_size > MOST_BYTES:
            size = MOST_BYTES // 1024 // 1024
            return FoundFile(name, stamp, refused=_("It is larger than the %(n)d MB that we read.") % {"n": size})
        data = file.read(MOST_BYTES + 1)
    return FoundFile(name, stamp, hashlib.sha256(data).hexdigest(), data)


def remember(source: WireSource, file: FoundFile, *, refused: str = "") -> None:
    """Note that a file was read, and why nothing came of it if so."""
    FolderFile.objects.update_or_create(
        source=source,
        name=file.name,
        defaults={
            "stamp": file.stamp,
            "digest": file.digest,
            "refused": refused or file.refused,
            "read_at": clock.now(),
        },
    )


def read_beside(source: WireSource, ref: str, *, beside: str = "") -> bytes:
    """Return a picture that an item names, from the source's folder, wherever in it; `beside` is where the item lay.

    Of several files of that name it is the one that the item's own folder and the path which it writes lead to; where
    they lead to none in particular, none is taken: a wrong picture is worse than none. Raises WireRefused; whatever
    path the item writes, nothing outside the folder is read.
    """
    wanted = [part for part in ref.replace("\\", "/").split("/") if part.strip() not in {"", ".", "..", "file:"}]
    name = wanted[-1].strip() if wanted else ""
    if not name or not name.isprintable() or name.startswith("."):
        raise WireRefused(_("The picture’s name cannot be used."))
    try:
        root = folder_of(source)
        found = [path for path, _at, entry in _walk(root) if entry == name]
        content = _content_of(root, _nearest(found, [*wanted[:-1], name], beside))
    except (OSError, FolderMissingError) as error:
        raise WireRefused(_("The picture cannot be read.")) from error
    if content is None:
        raise WireRefused(_("The picture “%(name)s” is not in the folder.") % {"name": name[:100]})
    return content


def _nearest(found: list[str], wanted: list[str], beside: str) -> str:
    """Return which of the paths is meant, nothing where there is none. Raises WireRefused where several may be."""
    home = [part for part in beside.split("/") if part]
    ranked = sorted(((_nearness(path.split("/"), wanted, home), path) for path in found), reverse=True)
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        raise WireRefused(_("There are several pictures “%(name)s” in the folder.") % {"name": wanted[-1][:100]})
    return ranked[0][1] if ranked else ""


def _nearness(path: list[str], wanted: list[str], home: list[str]) -> tuple[bool, int, int]:
    """Return how well a path fits: just where it is said to be, then by its last parts, then by its first."""
    tail = _in_common(reversed(path), reversed(wanted))
    return path == [*home, *wanted], tail, _in_common(path, home)


def _in_common(one: Iterable[str], other: Iterable[str]) -> int:
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _content_of(root: Path, wanted: str) -> bytes | None:
    for path, at, entry in _walk(root):
        if path == wanted:
            handle = os.open(entry, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
            with os.fdopen(handle, "rb") as file:
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    return file.read(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE + 1)
    return None
