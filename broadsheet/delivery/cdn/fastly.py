"""Fastly: purging many surrogate keys with one call, softly or not."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from broadsheet.delivery.cdn.provider import Cdn, Header, call

API = "https://api.fastly.com"


class Fastly(Cdn):
    """One service of Fastly's. (https://www.fastly.com/documentation/reference/api/purging/)"""

    keys_at_once = 256

    def __init__(self, *, service: str, token: str, api: str = API) -> None:
        self._url = f"{api}/service/{quote(service, safe='')}/purge"
        self._token = token

    def purge(self, keys: Sequence[str], *, hard: bool) -> None:
        headers = {"Fastly-Key": self._token, "Content-Type": "application/json", "Accept": "application/json"}
        if not hard:
            headers["Fastly-Soft-Purge"] = "1"
        call("POST", self._url, headers=headers, body=json.dumps({"surrogate_keys": list(keys)}).encode())

    def key_header(self, keys: Sequence[str]) -> Header:
        return "Surrogate-Key", " ".join(keys)
