"""A paper that starts goes behind the others, and comes back."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os
from broadsheet.ops.give_way import come_back, give_way
give_way(); behind = os.getpriority(os.PRIO_PROCESS, 0)
come_back(); print(behind, os.getpriority(os.PRIO_PROCESS, 0))
"""


def test_a_paper_that_starts_goes_behind_the_others_if_it_can_come_back() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    done = subprocess.run([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True, check=True)
    behind, after = map(int, done.stdout.split())

    assert after == before == 0 or pytest.skip("the tests themselves do not run with the usual precedence")
    assert behind == (10 if os.geteuid() == 0 else 0)
