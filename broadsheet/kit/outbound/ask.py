"""Any request to an address that a stranger gave us, such as a subscriber's: its answer whatever it is, no redirects.

Stricter than what people of the newsroom may type: plain addresses at the usual ports, and nobody allowed besides.
"""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from broadsheet.kit.outbound.pinned_connection import Deadline, PinnedConnection
from broadsheet.kit.outbound.public_hosts import HostRefusedError, checked_addresses

PORTS = {"http": 80, "https": 443}
WHOLE_SECONDS = 10.0
MOST_ANSWER_BYTES = 64 * 1024
LONGEST_HOST = 253
"""Characters of a name in the DNS (RFC 1035, 2.3.4)."""
AGENT = "Broadsheet"


class OutboundRefusedError(Exception):
    """The address leads nowhere that a stranger may have us ask."""


class OutboundFailedError(Exception):
    """Nobody answered in time, or not in HTTP."""


@dataclass(frozen=True)
class ShortAnswer:
    """What came back; of a longer body its beginning."""

    status: int
    body: bytes


def check_address(url: str) -> None:
    """Raise OutboundRefusedError for what is no plain http or https address, without asking anybody."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise OutboundRefusedError("This is no address.") from error
    if parts.scheme not in PORTS or not parts.hostname or len(parts.hostname) > LONGEST_HOST:
        raise OutboundRefusedError("Only http and https addresses are asked.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise OutboundRefusedError("The address holds more than where to ask.")
    if port not in (None, *PORTS.values()):
        raise OutboundRefusedError("Only the usual ports are asked.")
    if any(character <= " " or character > "~" for character in url):
        raise OutboundRefusedError("The address holds characters that belong into none.")


def ask(method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> ShortAnswer:
    """Send one request and return the answer, whatever its status.

    Raises:
        OutboundRefusedError: the address is not public.
        OutboundFailedError: no whole answer came in time.
    """
    check_address(url)
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    deadline = Deadline(WHOLE_SECONDS)  # of finding out where the host is, too
    try:
        addresses = checked_addresses(host, port)
    except HostRefusedError as error:
        raise OutboundRefusedError(f"{host} is not on the public net.") from error
    except (OSError, UnicodeError) as error:
        raise OutboundFailedError(f"{host} cannot be reached ({type(error).__name__}).") from error
    tls = ssl.create_default_context() if parts.scheme == "https" else None
    connection = PinnedConnection(host, port, addresses=addresses, tls=tls, deadline=deadline)
    try:
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        named = {"Host": parts.netloc, "User-Agent": AGENT, "Connection": "close"}
        connection.request(method, path, body=body, headers={**named, **(headers or {})})
        with connection.getresponse() as response:
            return ShortAnswer(response.status, response.read(MOST_ANSWER_BYTES))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OutboundFailedError(f"{host} does not answer ({type(error).__name__}).") from error
    finally:
        connection.close()
