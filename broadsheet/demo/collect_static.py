"""Collects and compresses the static files, when they are others than the last time."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

STAMP = ".collected"


@contextmanager
def collecting_static() -> Iterator[None]:
    """Bring STATIC_ROOT up to date while the block runs, in a process of its own, and wait for it at the end.

    Compressing all files of the newsroom takes longer than loading the paper, and Django would do it at every start.
    Raises CalledProcessError.
    """
    stamp = Path(settings.STATIC_ROOT) / STAMP
    fingerprint = _fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint:
        yield
        return
    command = [sys.executable, "-m", "broadsheet", "collectstatic", "--no-input", "--verbosity", "0"]
    with subprocess.Popen(command) as process:
        yield
        if process.wait():
            raise subprocess.CalledProcessError(process.returncode, command)
    stamp.write_text(fingerprint, encoding="ascii")


def _fingerprint() -> str:
    """Return a digest of all files' names, sizes and times of change."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
