"""What a stored page says to the CDN: under which keys to keep it, and for how long."""

from collections.abc import Iterable

from broadsheet.delivery.cdn.carried_keys import EVERYTHING, carried_keys
from broadsheet.delivery.cdn.provider import Cdn, Header

KEPT_SECONDS = 24 * 3600
"""A page that is purged when it changes may be kept so long: a purge that never comes is then no longer felt."""
STALE_WHILE_REVALIDATE_SECONDS = 60
STALE_IF_ERROR_SECONDS = 7 * 24 * 3600
SHORT_SECONDS = 10
"""For what no purge will tell of: an old copy, a page that the clock changes, one with too many keys; and for
redirects and what is not there, so that made-up addresses do not fill the CDN."""


def page_headers(cdn: Cdn, *, keys: Iterable[str] | None, lasts: bool) -> list[Header]:
    """Return the headers of a page; `lasts` when nothing but a change of its keys will change it.

    Without `keys` it is not known which are its own. A page that cannot be purged by them is never shown stale either:
    it may have been taken away.
    """
    carried = carried_keys(keys) if keys is not None else None
    control = f"max-age={SHORT_SECONDS}"
    if carried is not None and lasts:
        control = f"max-age={KEPT_SECONDS}, stale-while-revalidate={STALE_WHILE_REVALIDATE_SECONDS}"
    if carried is not None:
        control += f", stale-if-error={STALE_IF_ERROR_SECONDS}"
    return [cdn.key_header(carried or [EVERYTHING]), (cdn.control_header, control)]
