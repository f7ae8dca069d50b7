"""The files of exported pages: `pages/` for when the application is dead, `fresh/` for servers that ask files first.

    pages/   every page that may be shown, old ones too      fresh/   hard links to those that are not old
    staging/ what is being written

Whoever reads a file gets all of one version of a page: it is written elsewhere and moved to its place. Each page has
its plain file, and beside it its compressed forms; the plain one comes last.

A file's time is made of the page's digest. Static servers make ETags of time and size: so another version has another
ETag even within a second, the same version the same one on every node, and a glance tells which version a file holds.
"""

import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from broadsheet.delivery.encodings import Bodies
from broadsheet.delivery.exporting.file_names import ENDING, EXTENSIONS

SUFFIXES = {"br": b".br", "gzip": b".gz", "identity": b""}
"""By encoding, in the order in which files are moved to their places."""
SECONDS_OF_STAMPS = 2**30
"""Times from 1970 to 2004: none that a cache would take for the future."""


@dataclass(frozen=True)
class Version:
    """A version of a page as its files show it."""

    file: bytes
    """The path of the plain file, below a tree."""
    stamp: int
    suffixes: frozenset[bytes]


def stamp_of(digest: str) -> int:
    """Return the time that files of a page with this digest have, in seconds."""
    return int(digest[:16], 16) % SECONDS_OF_STAMPS


class PageFiles:
    """The folder of exported pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.fsencode(folder)
        self._pages = os.path.join(self._folder, b"pages")
        self._fresh = os.path.join(self._folder, b"fresh")
        self._staging = os.path.join(self._folder, b"staging")

    def begin(self) -> None:
        """Make the folders, and clear away what was being written when an exporter died."""
        for folder in (self._pages, self._fresh):
            os.makedirs(folder, mode=0o755, exist_ok=True)
        shutil.rmtree(self._staging, ignore_errors=True)
        os.makedirs(self._staging, mode=0o700)

    def holds(self, version: Version) -> bool:
        """Tell whether a page's files are of this version, all of them."""
        return all(
            _stamp(os.path.join(self._pages, version.file) + suffix)
            == (version.stamp if suffix in version.suffixes else None)
            for suffix in SUFFIXES.values()
        )

    def stands_right(self, version: Version, *, is_fresh: bool) -> bool:
        """Tell whether a page's files stand among the fresh ones if it is fresh, and nothing does if it is not."""
        page, fresh = self._in_both_trees(version)
        return all(_inode(fresh + one) == (_inode(page + one) if is_fresh else None) for one in SUFFIXES.values())

    def stage(self, version: Version, bodies: Bodies) -> None:
        """Write a version's files where nobody looks."""
        for encoding, suffix in SUFFIXES.items():
            body = bodies.get(encoding)
            if body is not None:
                path = self._staged(version, suffix)
                with open(path, "wb") as file:
                    file.write(body)
                os.utime(path, (version.stamp, version.stamp))

    def place(self, version: Version) -> None:
        """Move what was staged to its place, and take away what other versions had."""
        self._remove_others(version)
        target = os.path.join(self._pages, version.file)
        os.makedirs(os.path.dirname(target), mode=0o755, exist_ok=True)
        for suffix in SUFFIXES.values():
            if suffix in version.suffixes:
                os.rename(self._staged(version, suffix), target + suffix)
            else:
                _unlink(target + suffix)

    def freshen(self, version: Version) -> None:
        """Show a page's files among the fresh ones, too."""
        page, fresh = self._in_both_trees(version)
        os.makedirs(os.path.dirname(fresh), mode=0o755, exist_ok=True)
        for suffix in SUFFIXES.values():
            if suffix not in version.suffixes:
                _unlink(fresh + suffix)
            elif _inode(page + suffix) != _inode(fresh + suffix):
                link = self._staged(version, suffix)
                _unlink(link)
                os.link(page + suffix, link)
                os.rename(link, fresh + suffix)

    def age(self, place: bytes) -> None:
        """Take a page's files from among the fresh ones."""
        self._remove(self._fresh, place, EXTENSIONS.values())

    def remove(self, place: bytes) -> None:
        """Take a page's files away."""
        self.age(place)
        self._remove(self._pages, place, EXTENSIONS.values())

    def clear(self) -> int:
        """Remove all; return how many pages there were."""
        count = len(set(self.places()))
        for tree in (self._fresh, self._pages, self._staging):
            shutil.rmtree(tree, ignore_errors=True)
        return count

    def places(self) -> Iterator[bytes]:
        """Yield the places at which anything stands, some more than once."""
        for tree in (self._pages, self._fresh):
            for folder, _, files in os.walk(tree):
                below = os.path.relpath(folder, tree)
                for file in files:
                    stem, ending, _ = file.rpartition(ENDING)
                    if ending:
                        yield stem if below == b"." else os.path.join(below, stem)

    def sync(self) -> None:
        """Have all that was written reach the disk."""
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            if sys.platform != "linux" or ctypes.CDLL(None).syncfs(descriptor) != 0:
                os.sync()
        finally:
            os.close(descriptor)

    def _staged(self, version: Version, suffix: bytes) -> bytes:
        name = hashlib.blake2b(version.file, digest_size=16).hexdigest().encode()
        return os.path.join(self._staging, name + suffix)

    def _in_both_trees(self, version: Version) -> tuple[bytes, bytes]:
        return os.path.join(self._pages, version.file), os.path.join(self._fresh, version.file)

    def _remove_others(self, version: Version) -> None:
        """Take away what the page had when it was of another type."""
        place, _, extension = version.file.rpartition(ENDING)
        others = [other for other in EXTENSIONS.values() if other != extension]
        for tree in (self._fresh, self._pages):
            self._remove(tree, place, others)

    def _remove(self, tree: bytes, place: bytes, extensions: Iterable[bytes]) -> None:
        path = os.path.join(tree, place)
        for extension in extensions:
            for suffix in reversed(SUFFIXES.values()):
                _unlink(path + ENDING + extension + suffix)
        folder = os.path.dirname(path)
        while len(folder) > len(tree):
            try:
                os.rmdir(folder)
            except OSError:
                return
            folder = os.path.dirname(folder)


def _unlink(path: bytes) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)


def _stamp(path: bytes) -> int | None:
    try:
        return int(os.stat(path).st_mtime)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _inode(path: bytes) -> int | None:
    try:
        return os.stat(path).st_ino
    except (FileNotFoundError, NotADirectoryError):
        return None
