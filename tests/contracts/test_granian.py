"""What `broadsheet/ops/web_worker.py` uses of Granian without its promise: a new version may rename it."""

import inspect
import socket

import granian
from granian._granian import SocketHolder
from granian._internal import load_target
from granian.server.mp import MPServer, WorkerProcess

CHANGED = f"Granian {granian.__version__} has changed inside: see broadsheet/ops/web_worker.py before taking it"


def test_granians_parts_still_fit_our_web_worker() -> None:
    spawn = inspect.getsource(MPServer._spawn_worker)

    assert list(inspect.signature(MPServer._spawn_worker).parameters) == [
        "self", "idx", "target", "callback_loader",
    ], CHANGED  # fmt: skip
    assert "((self._ssp, self._shd), self._sso)" in spawn, CHANGED
    assert hasattr(MPServer, "_spawn_wsgi_worker"), CHANGED
    assert list(inspect.signature(load_target).parameters) == ["target", "wd", "factory"], CHANGED
    assert "self.inner = " in inspect.getsource(WorkerProcess._spawn), CHANGED


def test_granian_still_takes_a_socket_of_ours() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        holder = SocketHolder(held.detach(), False, 16)  # type: ignore[call-arg] # its stub names none

    assert holder.get_fd() > 0, CHANGED
    assert not holder.is_uds(), CHANGED
