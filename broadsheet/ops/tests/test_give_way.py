"""A paper that starts runs when nothing else wants to; for a moment, and where it can come back."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys, time
import broadsheet.ops.give_way as module
module.SECONDS = float(sys.argv[1])
if len(sys.argv) > 2:
    os.setuid(int(sys.argv[2]))
module.give_way(); policies = [os.sched_getscheduler(0)]
module.come_back() if module.SECONDS > 1 else signal.pause()
print(*policies, os.sched_getscheduler(0))
"""
IDLE_AND_BACK, NEVER = f"{getattr(os, 'SCHED_IDLE', 5)} 0", "0 0"


def policies(*arguments: str) -> str:
    program = [sys.executable, "-c", PROGRAM.replace("import os", "import os, signal"), *arguments]
    return subprocess.run(program, stdout=subprocess.PIPE, text=True, check=True, timeout=20).stdout.strip()


as_root = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="asks for what root may do")


@as_root
def test_it_goes_behind_the_others_and_comes_back_when_told() -> None:
    assert policies("60") == IDLE_AND_BACK


@as_root
def test_it_comes_back_by_itself_after_a_moment() -> None:
    assert policies("0.05") == IDLE_AND_BACK


@as_root
def test_who_could_not_come_back_does_not_go() -> None:
    assert policies("60", "65534") == NEVER
