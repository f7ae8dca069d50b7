"""The parent's side: start a child, hand it the order and the picture, take back its answer."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from broadsheet.photos.darkroom.limits import DarkroomLimits

_PACKAGE_PARENT = Path(__file__).resolve().parents[3]
_TIME_SIGNALS = {-signal.SIGXCPU, -signal.SIGKILL}


class DarkroomFailure(Exception):
    """The picture could not be processed. `code` says why (see `intake.SENTENCES`), `detail` holds figures for it."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def run_darkroom(order: Mapping[str, Any], image: bytes, *, limits: DarkroomLimits) -> dict[str, Any]:
    """Run one order (`act` and what it needs) on `image` in a child process and return its answer.

    Raises `DarkroomFailure`: with the child's own code, or `too-slow`, or `crashed`. Nothing that the picture does
    to the child reaches the caller: it has its own memory, processor time, file size and clock, and no environment.
    """
    header = json.dumps({**order, "limits": asdict(limits)}).encode()
    try:
        child = subprocess.run(
            [sys.executable, "-s", "-P", "-m", "broadsheet.photos.darkroom"],
            input=len(header).to_bytes(4) + header + image,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            env={"PYTHONPATH": str(_PACKAGE_PARENT), "MALLOC_ARENA_MAX": "2", "PATH": os.defpath},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DarkroomFailure("too-slow") from error
    if child.returncode:
        raise DarkroomFailure("too-slow" if child.returncode in _TIME_SIGNALS else "crashed")
    try:
        answer: dict[str, Any] = json.loads(child.stdout)
    except ValueError as error:
        raise DarkroomFailure("crashed") from error
    if code := answer.get("refused"):
        raise DarkroomFailure(code, **answer.get("detail", {}))
    return answer
