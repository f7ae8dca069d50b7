"""Keeps the page store within its bounds, whatever addresses are asked for."""

import time

from broadsheet.delivery.page_store import PageStore

MOST_PAGES = 1_000_000
MOST_LATER_PAGES = 50_000
"""Later pages of lists (`?before=`): anyone can make up where one begins."""
MOST_NOT_FOUND = 2_000
GONE_KEPT_SECONDS = 24 * 3600
"""How long it is remembered that a page is gone: longer than any rendering that may still show it."""
MINUTES_OF_TRAFFIC = 8 * 24 * 60


def tidy_store(*, store: PageStore) -> int:
    """Forget the pages that were not read for longest, where there are more of a kind than there should be."""
    forgotten = 0
    for where, most in (("status >= 400", MOST_NOT_FOUND), ("name LIKE '%?%'", MOST_LATER_PAGES), ("1", MOST_PAGES)):
        (count,) = store.connection.execute(f"SELECT count(*) FROM page WHERE {where}").fetchone()
        if count > most:
            chosen = f"id IN (SELECT id FROM page WHERE {where} ORDER BY read_at LIMIT {count - most * 9 // 10})"
            with store.writing():
                forgotten += store.forget(chosen)
    now = time.time()
    gone = "state = 2 AND rendered_at < ?1 AND read_at < ?1"
    if store.names(f"{gone} LIMIT 1", (now - GONE_KEPT_SECONDS,)):
        with store.writing(quietly=True):
            store.forget(gone, (now - GONE_KEPT_SECONDS,))
    with store.writing(quietly=True):
        store.connection.execute("DELETE FROM traffic WHERE minute < ?", (int(now // 60) - MINUTES_OF_TRAFFIC,))
    return forgotten
