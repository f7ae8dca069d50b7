"""SIGTERM and Ctrl-C, as whatever goes on until it is told to end hears of them."""

import signal
import threading


class _Process:
    told = threading.Event()


def told_to_end() -> threading.Event:
    """Return what is set when this process is told to end.

    Python gives signals to the main thread alone. Its call begins anew; a job in another thread is given what the main
    thread listens with.
    """
    if threading.current_thread() is threading.main_thread():
        _Process.told = told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
    return _Process.told
