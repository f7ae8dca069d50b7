"""Web workers end when the server that started them was killed: they would go on answering on its port.

Not by the kernel's signal, as companions do: it comes when the thread dies that started a process, and the server
starts its workers again from threads of its own.
"""

import os
import signal
import threading

SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_TO_FINISH = 10.0


def end_with_parent() -> None:
    """Have a thread end this process, in order, soon after its parent has died."""
    parent = os.getppid()

    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(SECONDS_BETWEEN_LOOKS)
        os.kill(os.getpid(), signal.SIGTERM)
        pause.wait(SECONDS_TO_FINISH)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
