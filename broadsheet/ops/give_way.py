"""A paper that starts makes way: what it loads for a second or two must not hold up a clock that is still at work.

Only where the system lets a process take its precedence back (root, or a LimitNICE of systemd's); else nothing is done.
"""

import contextlib
import os

BEHIND, USUAL = 10, 0


def give_way() -> None:
    """Go behind the other processes of the machine, until `come_back`."""
    with contextlib.suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, USUAL - 1)  # whoever may do this may come back
        os.setpriority(os.PRIO_PROCESS, 0, BEHIND)


def come_back() -> None:
    """Be as any other process again, for this one and those that it starts from now on."""
    if os.getpriority(os.PRIO_PROCESS, 0) == BEHIND:
        with contextlib.suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, USUAL)
