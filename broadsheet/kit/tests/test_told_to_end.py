"""Whoever goes on until told to end hears of it, in whichever thread."""

import signal
import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys, threading
from broadsheet.kit.told_to_end import told_to_end

told, elsewhere = told_to_end(), []
thread = threading.Thread(target=lambda: elsewhere.append(told_to_end()))
thread.start()
thread.join()
os.kill(os.getpid(), int(sys.argv[1]))
print(told.wait(60), elsewhere == [told], told_to_end().is_set())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_reaches_all_that_have_begun_and_none_that_begin_later(number: int) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, str(int(number))], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", "True", "False"]
