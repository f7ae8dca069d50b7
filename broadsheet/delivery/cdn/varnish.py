"""Varnish with vmod xkey: purging by keys in a header (docs/operators/broadsheet.vcl answers it)."""

from collections.abc import Sequence

from broadsheet.delivery.cdn.provider import Cdn, Header, PurgeFailedError, call


class Varnish(Cdn):
    """One Varnish or several; each is told of every purge, and all must have heard of it."""

    keys_at_once = 100  # with keys of at most 32 characters within the 8 KB that Varnish takes of a header by default

    def __init__(self, *, hosts: Sequence[str]) -> None:
        self._hosts = hosts

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        headers = {"xkey-purge" if hard else "xkey-softpurge": " ".join(keys)}
        failed: list[PurgeFailedError] = []
        for host in self._hosts:
            try:
                call("PURGE", f"http://{host}/", headers=headers)
            except PurgeFailedError as error:
                failed.append(error)
        if failed:
            raise failed[0]

    def key_header(self, keys: Sequence[str]) -> Header:
        return "Surrogate-Key", " ".join(keys)
