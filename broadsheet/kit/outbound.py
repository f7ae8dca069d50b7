"""Requests to addresses that strangers gave us.

Such an address may lead to this machine or its neighbours, directly or by a name that is given another address between
the look and the connection. So a name is looked up once, every address that it has must be public, and the connection
goes to that very address. Redirects are not followed; time and size have limits that no trickle of bytes gets round.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
WHOLE_SECONDS = 10.0
"""From the first byte sent to the last received, after the connection stands."""
CONNECT_SECONDS = 5.0
MOST_ANSWER_BYTES = 64 * 1024
AGENT = "Broadsheet"
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052."""


class OutboundRefusedError(Exception):
    """The address leads nowhere that a stranger may have us ask."""


class OutboundFailedError(Exception):
    """Nobody answered in time, or not in HTTP."""


@dataclass(frozen=True)
class Answer:
    """What came back; of a longer body its beginning."""

    status: int
    body: bytes


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public net's."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = _inside(found) if isinstance(found, ipaddress.IPv6Address) else None
    return found.is_global and not found.is_multicast and (mapped is None or is_public(str(mapped)))


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address to which a gateway would pass on what is sent to this one."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


def check_address(url: str) -> None:
    """Raise OutboundRefusedError for what is no plain http or https address, without asking anybody."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise OutboundRefusedError("This is no address.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise OutboundRefusedError("Only http and https addresses are asked.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise OutboundRefusedError("The address holds more than where to ask.")
    if port not in (None, *PORTS.values()):
        raise OutboundRefusedError("Only the usual ports are asked.")
    if any(character <= " " or character > "~" for character in url):
        raise OutboundRefusedError("The address holds characters that belong into none.")


def ask(method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None) -> Answer:
    """Send one request and return the answer, whatever its status.

    Raises:
        OutboundRefusedError: the address is not public.
        OutboundFailedError: no whole answer came in time.
    """
    check_address(url)
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        connection = _connection(parts.scheme, host, parts.port or PORTS[parts.scheme])
    except (OSError, UnicodeError) as error:
        raise OutboundFailedError(f"{host} cannot be reached ({type(error).__name__}).") from error
    ending = threading.Timer(WHOLE_SECONDS, _shut, [connection.sock])
    ending.daemon = True
    ending.start()
    try:
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        named = {"Host": parts.netloc, "User-Agent": AGENT, "Connection": "close"}
        connection.request(method, path, body=body, headers={**named, **(headers or {})})
        with connection.getresponse() as response:
            return Answer(response.status, response.read(MOST_ANSWER_BYTES))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OutboundFailedError(f"{host} does not answer ({type(error).__name__}).") from error
    finally:
        ending.cancel()
        connection.close()


def _connection(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """Return a connection to the address that was found public, and to no other."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not found or not all(is_public(str(one[4][0])) for one in found):
        raise OutboundRefusedError(f"{host} is not on the public net.")
    held = socket.create_connection((str(found[0][4][0]), port), timeout=CONNECT_SECONDS)
    try:
        held.settimeout(WHOLE_SECONDS)
        if scheme == "https":
            held = ssl.create_default_context().wrap_socket(held, server_hostname=host)
    except BaseException:
        held.close()
        raise
    connection = http.client.HTTPConnection(host, port)
    connection.sock = held
    return connection


def _shut(held: socket.socket) -> None:
    with suppress(OSError):
        held.shutdown(socket.SHUT_RDWR)
