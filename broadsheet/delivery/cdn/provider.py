"""What the house asks of a CDN, whichever it is."""

import http.client
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 10
MOST_ANSWER_BYTES = 100_000
Header = tuple[str, str]


class PurgeFailedError(Exception):
    """The CDN did not do what it was asked. The message names host and reason, and no secret."""

    def __init__(self, message: str, *, again_seconds: float = 0.0) -> None:
        super().__init__(message)
        self.again_seconds = again_seconds
        """How long it wants to be left alone; 0 when it did not say."""


class Cdn(ABC):
    """A CDN in front of the paper."""

    keys_at_once: int
    """Keys that it takes in one call."""
    control_header = "Surrogate-Control"
    """The header in which it reads for how long it may keep a page; it does not pass it on."""

    @abstractmethod
    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        """Have it forget the pages that carry any of these keys, at most `keys_at_once`. Raises PurgeFailedError.

        Unless `hard`, it may show what it has for another moment, while it asks for the new page.
        """

    @abstractmethod
    def key_header(self, keys: Sequence[str]) -> Header:
        """Return the header by which a page carries its keys."""


def call(method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
    """Send a request and return the body of an answer that says that all went well. Raises PurgeFailedError."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request(method, parts.path or "/", body=body, headers=dict(headers))
        with connection.getresponse() as response:
            answer = response.read(MOST_ANSWER_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise PurgeFailedError(f"{parts.hostname} does not answer ({type(error).__name__})") from None
    finally:
        connection.close()
    if response.status // 100 != 2:
        wait = response.getheader("Retry-After", "")
        seconds = float(wait) if wait.isascii() and wait.isdigit() else 0.0
        raise PurgeFailedError(f"{parts.hostname} answers {response.status}", again_seconds=seconds)
    return answer
