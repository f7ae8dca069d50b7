"""The index as a process that answers readers has it open: always the one that is searched in, as last committed."""

import threading
from collections import OrderedDict
from functools import cache
from pathlib import Path

from django.conf import settings

from broadsheet.search.engine.interface import Found, Query
from broadsheet.search.engine.tantivy_index import TantivyIndex
from broadsheet.search.index_home import IndexHome
from broadsheet.search.spend import Spending

MOST_REMEMBERED = 500


class NoIndexError(Exception):
    """There is no index yet: the first one is being built, or the indexer does not run."""


class OpenIndex:
    """Answers searches. What was asked before is not searched for again until the index has changed."""

    def __init__(self, home: IndexHome, *, spending: Spending | None = None) -> None:
        self._home = home
        self._spending = spending or Spending()
        self._lock = threading.Lock()
        self._index: TantivyIndex | None = None
        self._folder: Path | None = None
        self._seen = b""
        self._remembered: OrderedDict[Query, Found] = OrderedDict()

    def index(self) -> TantivyIndex:
        """Return the index, as last committed. Raises NoIndexError."""
        now = self._home.counter.value
        if now != self._seen or self._index is None:
            with self._lock:
                self._look_again(now)
        if self._index is None:
            raise NoIndexError
        return self._index

    def search(self, query: Query) -> Found:
        """Return what a query finds. Raises NoIndexError, SearchesSpentError."""
        index = self.index()
        known = self._remembered.get(query)
        if known is not None:
            return known
        self._spending.spend()
        found = index.search(query)
        with self._lock:
            if index is self._index:
                self._remembered[query] = found
                while len(self._remembered) > MOST_REMEMBERED:
                    self._remembered.popitem(last=False)
        return found

    def _look_again(self, now: bytes) -> None:
        folder = self._home.current()
        self._remembered.clear()
        if folder is None:
            self._index = None
        elif folder != self._folder or self._index is None:
            self._index = TantivyIndex(folder)
        else:
            self._index.reload()
        self._folder, self._seen = folder, now


@cache
def open_index() -> OpenIndex:
    """Return this process's open index of the paper."""
    return OpenIndex(IndexHome(Path(settings.BROADSHEET_DATA)))
