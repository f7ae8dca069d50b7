"""The epoch: a fingerprint of everything but the database that pages are made from.

Another version of the program, of a template, of a stylesheet's address or of a setting makes every stored page stale.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

import broadsheet
from broadsheet.delivery.page_store import PageStore

EPOCH = "epoch"
OTHERS = "state = 0 AND epoch {} ?"
"""Looked for in two ranges of an index: of an inequality, or of both at once, SQLite would read all of it."""
PROGRAM = Path(broadsheet.__file__).resolve().parent
NOT_OF_PAGES = frozenset({"__pycache__", "tests", "static", "demo"})
SETTINGS = ("SITE_URL", "LANGUAGE_CODE", "TIME_ZONE", "LANGUAGES", "SLOTS", "STATIC_URL", "MEDIA_URL", "DEBUG")


def begin_epoch(*, store: PageStore) -> None:
    """Note whose pages the store holds from now on, and make those of others stale."""
    if store.fact(EPOCH) != present_epoch():
        with store.writing(quietly=True):
            store.set_fact(EPOCH, present_epoch())
    mark_other_epochs(store=store)


def mark_other_epochs(*, store: PageStore) -> bool:
    """Make every page stale that is of another epoch; tell whether there were any.

    Asked again and again: while the paper is reloaded, processes of the old program still render and store.
    """
    epoch = (present_epoch(),)
    if not any(store.names(f"{OTHERS.format(sign)} LIMIT 1", epoch) for sign in "<>"):
        return False
    with store.writing():
        store.mark_stale("epoch != ?", epoch)
    return True


@cache
def present_epoch() -> int:
    """Return the fingerprint of what this process runs, as a number that SQLite holds.

    Asked first before processes are forked, so that one that is forked after an upgrade knows what it was made of.
    """
    told = hashlib.blake2b(digest_size=7)
    for name in SETTINGS:
        told.update(f"{name}={getattr(settings, name, None)!r}\n".encode())
    for line in _files():
        told.update(line.encode())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    told.update(manifest.read_bytes() if manifest.exists() else b"")
    return int.from_bytes(told.digest(), "big")


def _files() -> Iterator[str]:
    """Yield the program's files with their sizes and times: cheaper than their contents, and any install changes it."""
    for folder, folders, files in os.walk(PROGRAM):
        folders[:] = sorted(name for name in folders if name not in NOT_OF_PAGES)
        for path in (Path(folder) / name for name in sorted(files)):
            with suppress(FileNotFoundError):  # another version is just put in its place
                status = path.stat()
                yield f"{path}:{status.st_size}:{status.st_mtime_ns}\n"
