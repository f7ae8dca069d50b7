"""Stores a rendered page, unless the change log or the store knows better."""

import enum
import hashlib
import json
import time

from broadsheet.changes.selectors import changes_after
from broadsheet.delivery.encodings import Bodies
from broadsheet.delivery.epoch import present_epoch
from broadsheet.delivery.page_store import PageStore, Standing, State
from broadsheet.delivery.render_page import RenderedPage
from broadsheet.kit.fail_points import reach

MOST_CHANGES = 500
"""When more than these were logged while a page was rendered, it counts as touched by them without a look."""
SHORT_LIVED = 300
"""Answers from here on (redirects, errors) are not served when stale: they tell that something is not there."""


class Stored(enum.Enum):
    """What became of a rendered page."""

    FRESH = "fresh"
    STALE = "stale"
    """Something that it shows has changed meanwhile: it may be served as any stale page, and is rendered again."""
    REFUSED = "refused"
    """It is older than what stands there, or shows what was taken away meanwhile, or may not be kept at all."""


def store_page(*, store: PageStore, page: RenderedPage) -> Stored:
    """Store a page in the place of an older copy, and say how it stands from now on.

    The log is looked into while the store is locked. Whoever invalidates comes before that, and the log shows here what
    it was for; or after, and finds here what the page depends on. (Reading S0 before the data is the other half: see
    `render_page.py`.)
    """
    if page.personal:
        return Stored.REFUSED
    digest = digest_of(page)
    with store.writing():
        before = store.standing(page.name)
        if before is not None and before.as_of > page.as_of:
            return Stored.REFUSED
        touched, hard = _touched_since(page)
        if hard or (touched and page.status >= SHORT_LIVED):
            return Stored.REFUSED
        reach("delivery.before_store")
        if before is not None and before.state is State.STALE:
            store.add_to_fact("rendered_again", 1)
            if before.digest == digest:
                store.add_to_fact("rendered_identical", 1)
        _write(store, page, before, digest, State.STALE if touched else State.FRESH)
        reach("delivery.stored")
    reach("delivery.store_committed")
    return Stored.STALE if touched else Stored.FRESH


def _touched_since(page: RenderedPage) -> tuple[bool, bool]:
    """Tell whether anything the page depends on has changed since it began to be rendered, and whether hard."""
    changes = changes_after(page.as_of, limit=MOST_CHANGES)
    if len(changes) == MOST_CHANGES:
        return True, True
    touching = [change for change in changes if not page.keys.isdisjoint(change.keys)]
    return bool(touching), any(change.hard for change in touching)


def _write(store: PageStore, page: RenderedPage, before: Standing | None, digest: str, state: State) -> None:
    now = time.time()
    renew_at = page.renew_at.timestamp() if page.renew_at else None
    stale_since = now if state is State.STALE else None
    values = (state, page.as_of, stale_since, stale_since, renew_at, now)
    told = (page.status, json.dumps(page.headers), digest, len(page.body), present_epoch())
    columns = "state, as_of, stale_since, touched_at, renew_at, rendered_at, status, headers, digest, size, epoch"
    (page_id,) = store.connection.execute(
        f"INSERT INTO page (name, read_at, {columns}) VALUES (?, ?, {', '.join('?' * 11)})"
        f" ON CONFLICT (name) DO UPDATE SET ({columns}) = ({', '.join(f'excluded.{c}' for c in columns.split(', '))})"
        " RETURNING id",
        (page.name, now, *values, *told),
    ).fetchone()
    if before is None or before.digest != digest or before.state is State.GONE:
        bodies = Bodies.of(page.body, page.content_type)
        row = (page_id, bodies.identity, bodies.br, bodies.gzip)
        store.connection.execute("INSERT OR REPLACE INTO body VALUES (?, ?, ?, ?)", row)
    known = store.keys_of(page_id)
    added, dropped = ([(key, page_id) for key in keys] for keys in (page.keys - known, known - page.keys))
    store.connection.executemany("INSERT INTO dep VALUES (?, ?)", added)
    store.connection.executemany("DELETE FROM dep WHERE key = ? AND page = ?", dropped)


def digest_of(page: RenderedPage) -> str:
    """Return a fingerprint of all that a reader gets; the ETags are made of it."""
    told = f"{page.status}\n{json.dumps(page.headers)}\n".encode()
    return hashlib.blake2b(told + page.body, digest_size=12).hexdigest()
