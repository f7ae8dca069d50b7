"""What the operator is told of the page store."""

import time
from contextlib import suppress
from dataclasses import dataclass

from broadsheet.changes.selectors import changes_since
from broadsheet.delivery.invalidate_pages import CURSOR
from broadsheet.delivery.page_store import PageStore

MINUTES_SHOWN = 60


@dataclass(frozen=True)
class StoreStatus:
    """The page store in figures."""

    fresh: int
    stale: int
    gone: int
    bytes: int
    """Of the bodies, uncompressed."""
    file_bytes: int
    """Of the file, and of what was written last and stands beside it (`pages.db-wal`)."""
    lag: int
    """Changes of the log that are not applied yet."""
    hits: int
    served_stale: int
    misses: int
    """Requests of the last hour: answered as they stood, from an old copy, by rendering."""
    rendered_again: int
    rendered_identical: int
    """Renderings of pages that stood already, and how many of them were for nothing."""

    @property
    def pages(self) -> int:
        """Pages that can be served."""
        return self.fresh + self.stale

    @property
    def hit_ratio(self) -> float | None:
        """The share of requests that needed no rendering; None when there were none."""
        total = self.hits + self.served_stale + self.misses
        return (self.hits + self.served_stale) / total if total else None


@dataclass(frozen=True)
class Minute:
    """One minute's requests."""

    minute: int
    hits: int
    stale: int
    misses: int


def store_status(*, store: PageStore) -> StoreStatus:
    """Return the figures of this node's store."""
    connection = store.connection
    states = dict(connection.execute("SELECT state, count(*) FROM page GROUP BY state").fetchall())
    (size,) = connection.execute("SELECT coalesce(sum(size), 0) FROM page WHERE state != 2").fetchone()
    minutes = traffic(store=store)
    return StoreStatus(
        fresh=states.get(0, 0),
        stale=states.get(1, 0),
        gone=states.get(2, 0),
        bytes=size,
        file_bytes=_bytes_on_disk(store),
        lag=changes_since(max(0, store.fact(CURSOR))),
        hits=sum(one.hits for one in minutes),
        served_stale=sum(one.stale for one in minutes),
        misses=sum(one.misses for one in minutes),
        rendered_again=store.fact("rendered_again"),
        rendered_identical=store.fact("rendered_identical"),
    )


def traffic(*, store: PageStore, minutes: int = MINUTES_SHOWN) -> list[Minute]:
    """Return the requests of the last minutes, oldest first; minutes without any are not in it."""
    since = int(time.time() // 60) - minutes
    rows = store.connection.execute("SELECT * FROM traffic WHERE minute > ? ORDER BY minute", (since,))
    return [Minute(*row) for row in rows]


def _bytes_on_disk(store: PageStore) -> int:
    sizes = 0
    for path in (store.path, store.path.with_name(f"{store.path.name}-wal")):
        with suppress(FileNotFoundError):
            sizes += path.stat().st_size
    return sizes
