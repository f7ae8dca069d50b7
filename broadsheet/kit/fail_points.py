"""Places where tests let the process die, to see that nothing is ever half done.

`BROADSHEET_DIE_AT=publishing.recorded` kills the process (SIGKILL, as a power cut would) when it reaches that label;
`publishing.recorded:3` when it reaches it the third time. Otherwise reaching a label does nothing.
"""

import os
import signal
from collections import Counter

VARIABLE = "BROADSHEET_DIE_AT"
_reached: Counter[str] = Counter()


def reach(label: str) -> None:
    """Pass a labelled point, or die there when the environment says so."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    name, _, times = wanted.partition(":")
    if name != label:
        return
    _reached[label] += 1
    if _reached[label] == int(times or 1):
        os.kill(os.getpid(), signal.SIGKILL)
