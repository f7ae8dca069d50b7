"""Which keys a page carries for the CDN, and which are purged so that none of them is missed.

A page may depend on more keys than a CDN takes. Then whole families of keys, those that change most seldom first, are
carried by their buckets alone: `b:img:3` for every photo whose key falls into the third. Purging a key purges its
bucket with it, so a page is purged too often, and never too seldom. A family has few buckets on purpose: of a thousand,
two hundred cards would fill nearly two hundred, and nothing would be gained.
"""

import hashlib
import re
from collections.abc import Iterable

MOST_KEYS = 60
"""A page carries no more. (Fastly takes 16 KB of them, Varnish a header of 8 KB.)"""
EVERYTHING = "all"
"""Carried by every page."""
BUCKETS = {"img": 8, "au": 4, "t": 4, "c": 32, "a": 32}
"""For each family of keys that may be collapsed, in this order: into how many buckets."""
PLAIN = re.compile(r"[!-+\--~]{1,32}")
"""What every CDN takes as a key: short, printable, without the blanks and commas that part one key from the next."""


def carried_keys(keys: Iterable[str]) -> list[str] | None:
    """Return what a page with these keys carries, at most MOST_KEYS; None when it does not fit.

    For every key, what the page carries meets `purged_keys` of it.
    """
    carried = {EVERYTHING, *map(_plain, keys)}
    for family in BUCKETS:
        if len(carried) <= MOST_KEYS:
            break
        carried = {_bucket(key) if _family(key) == family else key for key in carried}
    return sorted(carried) if len(carried) <= MOST_KEYS else None


def purged_keys(keys: Iterable[str]) -> set[str]:
    """Return what is to be purged for every page to hear of it that depends on one of these keys."""
    plain = {_plain(key) for key in keys}
    return plain | {_bucket(key) for key in plain if _family(key) in BUCKETS}


def _family(key: str) -> str:
    return key.partition(":")[0]


def _bucket(key: str) -> str:
    family = _family(key)
    return f"b:{family}:{int.from_bytes(_digest(key)) % BUCKETS[family]}"


def _plain(key: str) -> str:
    return key if PLAIN.fullmatch(key) and not key.startswith(("b:", "h:")) else f"h:{_digest(key).hex()}"


def _digest(key: str) -> bytes:
    """Return the same for a key in every process and every version: pages carry it for a day."""
    return hashlib.blake2b(key.encode(), digest_size=8).digest()
