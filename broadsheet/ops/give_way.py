"""A paper that starts makes way: what it loads must not hold up the clock of one that was killed and is still at work.

Only where the system lets a process take its precedence back (root, or a LimitNICE of systemd's); else nothing is done.
And only for a moment: on a machine that is busy for good, a paper that always made way would never come to start.
"""

import os
import signal
import sys

SECONDS = 1.5
"""A little longer than a publication may be late."""


def give_way() -> None:
    """Run only when nothing else wants to, until `come_back`, and so long at most."""
    if sys.platform != "linux" or not _may_come_back():
        return
    signal.signal(signal.SIGALRM, lambda *_: come_back())
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def come_back() -> None:
    """Be as any other process again."""
    if sys.platform != "linux" or os.sched_getscheduler(0) != os.SCHED_IDLE:
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def _may_come_back() -> bool:
    """Tell whether the system grants precedence: it asks the same for coming back from behind (sched(7))."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    try:
        os.setpriority(os.PRIO_PROCESS, 0, usual - 1)
    except PermissionError:
        return False
    os.setpriority(os.PRIO_PROCESS, 0, usual)
    return True
