"""A connection to an address that was checked, with one deadline for everything that goes over it.

The certificate is checked against the host's name, whatever the address. A server that sends a byte every few seconds
comes to the same end as one that sends none: each read may take what is left until the deadline, and no more.
"""

import http.client
import io
import socket
import ssl
import time
from typing import Any


class DeadlinePassedError(TimeoutError):
    """The whole of a request took longer than it may."""


class Deadline:
    """So many seconds from now, by a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left_seconds(self) -> float:
        """Return how many seconds are left. Raises DeadlinePassedError when none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise DeadlinePassedError
        return left


class _BoundedReads(io.RawIOBase):
    """What `http.client` reads from: a socket of which every read ends by the deadline."""

    def __init__(self, held: socket.socket, deadline: Deadline) -> None:
        self._held = held
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._held.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        self._held.settimeout(self._deadline.left_seconds())
        try:
            return self._held.recv_into(buffer)
        except TimeoutError as error:
            raise DeadlinePassedError from error


class _BoundedSocket:
    """As much of a socket as `http.client` uses. It is closed by its reader, once there is one: an answer without a
    length is read on after `http.client` has let go of the connection."""

    def __init__(self, held: socket.socket, deadline: Deadline) -> None:
        self._held = held
        self._deadline = deadline
        self._is_read = False

    def makefile(self, mode: str = "rb", *_: Any) -> io.BufferedReader:
        """Return a reader of what arrives."""
        self._is_read = True
        return io.BufferedReader(_BoundedReads(self._held, self._deadline))

    def sendall(self, data: Any) -> None:
        """Send, until the deadline."""
        self._held.settimeout(self._deadline.left_seconds())
        try:
            self._held.sendall(data)
        except TimeoutError as error:
            raise DeadlinePassedError from error

    def close(self) -> None:
        """Let the connection go."""
        if not self._is_read:
            self._held.close()


class PinnedConnection(http.client.HTTPConnection):
    """A connection to one of the given addresses of a host, and to no other."""

    def __init__(self, host: str, port: int, *, addresses: list[str], tls: ssl.SSLContext | None, deadline: Deadline):
        super().__init__(host, port)
        self._addresses = addresses
        self._tls = tls
        self._deadline = deadline

    def connect(self) -> None:
        """Connect to the first address that answers. Raises OSError when none does.

        Each may take its share of what is left, so that one behind which nobody is leaves time for the next.
        """
        last: OSError | None = None
        for place, address in enumerate(self._addresses):
            share_seconds = self._deadline.left_seconds() / (len(self._addresses) - place)
            try:
                held = socket.create_connection((address, self.port), timeout=share_seconds)
            except OSError as error:
                last = error
                continue
            self.sock = _BoundedSocket(self._secured(held), self._deadline)
            return
        raise last or OSError("no address")

    def _secured(self, held: socket.socket) -> socket.socket:
        if self._tls is None:
            return held
        try:
            held.settimeout(self._deadline.left_seconds())
            return self._tls.wrap_socket(held, server_hostname=self.host)
        except BaseException:
            held.close()
            raise
