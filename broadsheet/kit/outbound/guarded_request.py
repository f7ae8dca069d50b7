"""GET an address that somebody typed: only from the public internet, so many bytes, so many seconds, few redirects."""

import http.client
import ssl
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from broadsheet.kit.outbound.pinned_connection import Deadline, DeadlinePassedError, PinnedConnection
from broadsheet.kit.outbound.public_hosts import HostRefusedError, Resolve, checked_addresses, resolve

USER_AGENT = "Broadsheet (newspaper; reads feeds)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
KEPT_IN_ADDRESSES = "%/?:@!$&'()*+,;=-._~[]"
"""What stands in a path and a query as it is (RFC 3986); all else is written as its bytes in UTF-8."""
CHUNK_BYTES = 64 * 1024
PORTS = {"http": 80, "https": 443}


class RequestFailedError(Exception):
    """Nothing usable came back. The message is a sentence without secrets; `retry_after_seconds` as the server said."""

    def __init__(self, message: str, *, status: int = 0, retry_after_seconds: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may take: bytes of the body, unpacked too; seconds for everything, redirects included."""

    most_bytes: int = 10 * 1024 * 1024
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `url` is where it came from after redirects; header names are in lower case."""

    status: int
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        """The type of the content, without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def guarded_get(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    secret_headers: Mapping[str, str] | None = None,
    allowed_hosts: Collection[str] = (),
    limits: Limits = Limits(),
    resolver: Resolve = resolve,
) -> Answer:
    """Ask for an address and return the answer, 200 or 304.

    Every redirect is checked as the first address was. `secret_headers` go to the first host alone, and over TLS only,
    unless the operator allows that host. `allowed_hosts` may be asked though they are not public.
    Raises RequestFailedError for all that can go wrong.
    """
    deadline = Deadline(limits.seconds)
    first = origin(url)
    is_trusted = first[0] == "https" or first[1].lower() in {one.lower() for one in allowed_hosts}
    if secret_headers and not is_trusted:
        raise RequestFailedError("A password is not sent over http; use https")
    for _ in range(MOST_REDIRECTS + 1):
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", **(headers or {})}
        if origin(url) == first:
            sent |= secret_headers or {}
        try:
            answer = _ask(url, headers=sent, allowed=allowed_hosts, limits=limits, deadline=deadline, resolver=resolver)
        except HostRefusedError as error:
            raise RequestFailedError(f"{error}; it was not asked") from error
        except DeadlinePassedError as error:
            raise RequestFailedError(f"It took longer than the {limits.seconds:g} seconds that it may") from error
        except ssl.SSLError as error:
            raise RequestFailedError(f"The connection is not secure: {error.reason or error}") from error
        except (OSError, http.client.HTTPException, UnicodeError, zlib.error) as error:
            raise RequestFailedError(f"No answer: {str(error)[:200] or type(error).__name__}") from error
        if answer.status not in REDIRECTS:
            return answer
        url = _redirected(url, answer.headers.get("location", ""))
    raise RequestFailedError(f"More than {MOST_REDIRECTS} redirects")


def origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address that may be asked. Raises RequestFailedError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RequestFailedError("The address cannot be read") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise RequestFailedError("The address does not begin with https:// or http://")
    if parts.username is not None or parts.password is not None:
        raise RequestFailedError("The address holds a password, which belongs into a file of its own")
    if any(ord(character) <= 32 for character in url):
        raise RequestFailedError("The address holds spaces or control characters")
    return parts.scheme, parts.hostname, port or PORTS[parts.scheme]


def _ask(
    url: str,
    *,
    headers: Mapping[str, str],
    allowed: Collection[str],
    limits: Limits,
    deadline: Deadline,
    resolver: Resolve,
) -> Answer:
    scheme, host, port = origin(url)
    name = host if ":" in host else host.encode("idna").decode()
    addresses = checked_addresses(name, port, allowed=allowed, resolver=resolver)
    tls = ssl.create_default_context() if scheme == "https" else None
    connection = PinnedConnection(name, port, addresses=addresses, tls=tls, deadline=deadline)
    parts = urlsplit(url)
    target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=KEPT_IN_ADDRESSES)
    try:
        connection.request("GET", target, headers=dict(headers))
        with connection.getresponse() as response:
            found = {key.lower(): value for key, value in response.getheaders()}
            if response.status in REDIRECTS or response.status == 304:
                return Answer(response.status, url, headers=found)
            _refuse_failure(response.status, found)
            return Answer(response.status, url, _body(response, found, limits), found)
    finally:
        connection.close()


def _refuse_failure(status: int, headers: Mapping[str, str]) -> None:
    if status == 200:
        return
    wait = headers.get("retry-after", "")
    seconds = min(int(wait), 86_400) if wait.isdigit() and len(wait) < 9 else 0
    said = http.client.responses.get(status, "")
    raise RequestFailedError(f"The server answered {status} {said}".strip(), status=status, retry_after_seconds=seconds)


def _body(response: http.client.HTTPResponse, headers: Mapping[str, str], limits: Limits) -> bytes:
    """Return the body, unpacked; neither packed nor unpacked may it be larger than the limit."""
    packed = headers.get("content-encoding", "identity").strip().lower()
    if packed not in {"identity", "", "gzip", "x-gzip"}:
        raise RequestFailedError(f"The answer is packed in a way that was not asked for: {packed[:40]}")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packed else None
    body = bytearray()
    received = 0
    while chunk := response.read1(CHUNK_BYTES):
        received += len(chunk)
        body += unpacker.decompress(chunk, limits.most_bytes + 1 - len(body)) if unpacker else chunk
        if max(received, len(body)) > limits.most_bytes or (unpacker and unpacker.unconsumed_tail):
            raise RequestFailedError(f"The answer is larger than the {limits.most_bytes // 1024} KB that it may be")
    if unpacker and not unpacker.eof:
        raise RequestFailedError("The answer was cut off")
    if response.length:
        raise RequestFailedError("The answer was cut off")
    return bytes(body)


def _redirected(url: str, location: str) -> str:
    """Return where a redirect leads. Raises RequestFailedError where it leads nowhere, or out of https."""
    if not location:
        raise RequestFailedError("A redirect without an address")
    try:
        target = urljoin(url, location)
    except ValueError as error:
        raise RequestFailedError("A redirect to an address that cannot be read") from error
    if origin(url)[0] == "https" and origin(target)[0] != "https":
        raise RequestFailedError("A redirect from https to http; it was not followed")
    return target
