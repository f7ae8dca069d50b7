"""Which machines may be asked: those of the public internet, and what the operator names besides.

A name is resolved once, and the connection goes to that very address: a name that answers "public" when it is checked
and "127.0.0.1" when it is used (DNS rebinding) gains nothing. If any of its addresses is not public it is refused.
"""

import ipaddress
import socket
from collections.abc import Callable, Collection

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones on the other side of a translator (RFC 6052)."""
COMPATIBLE = ipaddress.ip_network("::/96")
OF_A_SITE = (ipaddress.ip_network("fec0::/10"), ipaddress.ip_network("64:ff9b:1::/48"))
"""Addresses within a site that Python counts as global, or has only of late not: RFC 3879's, and RFC 8215's, behind
which a translator of the site may have any IPv4 address."""


class HostRefusedError(Exception):
    """The host is not one that may be asked; the message says why."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked_addresses(host: str, port: int, *, allowed: Collection[str] = (), resolver: Resolve = resolve) -> list[str]:
    """Return the addresses at which a host may be asked. Raises HostRefusedError, and OSError for an unknown host.

    `allowed` names hosts, addresses and networks (`10.0.3.0/24`) that may be asked though they are not public.
    """
    found = resolver(host, port)
    if not found:
        raise HostRefusedError(f"{host} has no address")
    if host.lower().rstrip(".") in {one.lower() for one in allowed}:
        return found
    for written in found:
        address = ipaddress.ip_address(written.partition("%")[0])
        if not is_public(address) and not _is_allowed(address, allowed):
            raise HostRefusedError(f"{host} leads to {address}, which is not an address of the public internet")
    return found


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public internet; of one that stands for another, whether that does."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    if any(address in network for network in OF_A_SITE):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address carries and that a connection may end at."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64 or (address in COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _is_allowed(address: Address, allowed: Collection[str]) -> bool:
    for one in allowed:
        try:
            network = ipaddress.ip_network(one, strict=False)
        except ValueError:
            continue
        if address.version == network.version and address in network:
            return True
    return False
