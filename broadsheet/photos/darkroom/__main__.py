"""The child process: takes its limits, then one order, then the picture; answers with one JSON object.

On standard input: four bytes with the length of the order, the order as JSON, the picture's bytes to the end.
"""

import json
import resource
import sys
from typing import Any

from broadsheet.photos.darkroom.develop import develop
from broadsheet.photos.darkroom.examine import Refusal, examine
from broadsheet.photos.darkroom.limits import DarkroomLimits


def take_limits(limits: DarkroomLimits) -> None:
    """Bind this process, before it has seen one byte of the picture; the kernel does the rest."""
    for kind, ceiling in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (ceiling, ceiling))


def main() -> None:
    """Read the order, carry it out, print the answer."""
    channel = sys.stdin.buffer
    order: dict[str, Any] = json.loads(channel.read(int.from_bytes(channel.read(4))))
    limits = DarkroomLimits(**order["limits"])
    take_limits(limits)
    try:
        image = channel.read()
        if order["act"] == "examine":
            answer = examine(image, limits=limits)
        else:
            answer = develop(image, order=order, limits=limits)
    except Refusal as refusal:
        answer = {"refused": refusal.code, "detail": refusal.detail}
    except MemoryError:
        answer = {"refused": "too-heavy"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
