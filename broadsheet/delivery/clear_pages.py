"""Empties the page store of this node."""

from broadsheet.delivery.page_store import PageStore


def clear_pages(*, store: PageStore) -> int:
    """Forget every page, and return how many there were; each is rendered again when it is read.

    Until then it needs the database: nothing is left to be served while that is away.
    """
    with store.writing():
        return store.forget("1")
