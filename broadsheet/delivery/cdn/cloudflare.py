"""Cloudflare: purging by tags. It knows no soft purge: what is purged is asked for anew by the next reader."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from broadsheet.delivery.cdn.provider import Cdn, Header, PurgeFailedError, call

API = "https://api.cloudflare.com/client/v4"


class Cloudflare(Cdn):
    """One zone of Cloudflare's. (https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/)"""

    keys_at_once = 100
    control_header = "CDN-Cache-Control"

    def __init__(self, *, zone: str, token: str, api: str = API) -> None:
        self._url = f"{api}/zones/{quote(zone, safe='')}/purge_cache"
        self._token = token

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        answer = call("POST", self._url, headers=headers, body=json.dumps({"tags": list(keys)}).encode())
        if not _succeeded(answer):
            raise PurgeFailedError("Cloudflare refused a purge")

    def key_header(self, keys: Sequence[str]) -> Header:
        return "Cache-Tag", ",".join(keys)


def _succeeded(answer: bytes) -> bool:
    try:
        told = json.loads(answer)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("success") is True
