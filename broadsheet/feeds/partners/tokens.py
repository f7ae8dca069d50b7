"""Tokens by which partners are known: made once, kept as a hash, taken back by a tick."""

import hashlib
import secrets

from django.core.cache import cache

from broadsheet.feeds.models import Partner
from broadsheet.kit import clock

TOKEN_BYTES = 32
PREFIX = "bs_"
"""By which programs that look for lost secrets find one of ours."""
MOST_A_MINUTE = 120
MINUTE_SECONDS = 60


class TooOftenError(Exception):
    """The partner has asked too often within a minute."""


def give_token(partner: Partner) -> str:
    """Give a partner a new token, in the place of the one it had; return it, for nobody can read it later."""
    token = f"{PREFIX}{secrets.token_urlsafe(TOKEN_BYTES)}"
    partner.token_hash = _hash_of(token)
    partner.given_at = clock.now()
    return token


def partner_of(authorization: str) -> Partner | None:
    """Return the partner whose token an Authorization header holds (RFC 6750), if it is a partner still."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.startswith(PREFIX):
        return None
    return Partner.objects.filter(token_hash=_hash_of(token.strip()), is_active=True).first()


def count_request(partner: Partner) -> None:
    """Count a request of a partner's. Raises TooOftenError."""
    minute = int(clock.now().timestamp() // MINUTE_SECONDS)
    key = f"partner:{partner.pk}:{minute}"
    cache.add(key, 0, timeout=2 * MINUTE_SECONDS)
    try:
        asked = cache.incr(key)
    except ValueError:  # the cache has thrown it out meanwhile
        asked = 1
    if asked > MOST_A_MINUTE:
        raise TooOftenError


def _hash_of(token: str) -> str:
    """Return what is kept of a token. It is long and random, so that a plain hash of it tells nobody anything."""
    return hashlib.sha256(token.encode()).hexdigest()
