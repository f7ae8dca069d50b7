"""Readers who ask one page after another until they are told to stop, and say what was not as it should be."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.serving.served_paper import PATIENCE_SECONDS, wait_until

PATHS = ("/", "/edition", "/corrections/", "/healthz", "/")
READERS_OF_A_KIND = 3


@dataclass
class Readers:
    """What several threads of readers met."""

    port: int
    answered: int = 0
    asked_again: int = 0
    mishaps: list[str] = field(default_factory=list)
    bodies: dict[str, set[bytes]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _is_over: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, answers: int) -> None:
        """Wait until so many more requests were answered."""
        wanted = self.answered + answers
        wait_until(lambda: self.answered >= wanted, otherwise=lambda: f"{self}")

    def ask_anew(self, first: int) -> None:
        """Ask over a new connection each time: whatever happens to one of them is a mishap."""
        number = first
        while not self._is_over.is_set():
            path = PATHS[number % len(PATHS)]
            number += 1
            try:
                self._ask(self._connection(), path, keep=False)
            except (OSError, http.client.HTTPException) as error:
                self._note(f"{path} over a new connection: {error!r}")

    def ask_on(self, first: int) -> None:
        """Ask over one connection as long as it is kept; if it was closed between requests, ask again over another."""
        number, connection, asked = first, self._connection(), 0
        while not self._is_over.is_set():
            path = PATHS[number % len(PATHS)]
            number += 1
            try:
                kept = self._ask(connection, path, keep=True)
            except (OSError, http.client.HTTPException) as error:
                if not asked or not isinstance(error, ConnectionError):
                    self._note(f"{path} as number {asked} of a kept connection: {error!r}")
                else:
                    number -= 1
                    self.asked_again += 1
                kept = False
            asked = asked + 1 if kept else 0
            if not kept:
                connection.close()
                connection = self._connection()
        connection.close()

    def stop(self) -> None:
        """Tell them that it is over."""
        self._is_over.set()

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def _ask(self, connection: http.client.HTTPConnection, path: str, *, keep: bool) -> bool:
        """Ask, and return whether the connection can be used again."""
        headers = {"Connection": "keep-alive" if keep else "close"}
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            if not keep:
                connection.close()
        with self._lock:
            self.answered += 1
            self.bodies.setdefault(path, set()).add(body)
            if response.status != 200:
                self.mishaps.append(f"{path}: {response.status}")
        return not response.will_close

    def _note(self, mishap: str) -> None:
        with self._lock:
            if not self._is_over.is_set():
                self.mishaps.append(mishap)


@contextmanager
def reading(port: int) -> Iterator[Readers]:
    """Have readers ask until the block ends."""
    readers = Readers(port)
    kinds = [readers.ask_anew, readers.ask_on]
    threads = [threading.Thread(target=kind, args=(n,)) for kind in kinds for n in range(READERS_OF_A_KIND)]
    for thread in threads:
        thread.start()
    try:
        readers.wait_for(20)
        yield readers
    finally:
        readers.stop()
        for thread in threads:
            thread.join()
