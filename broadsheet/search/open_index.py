"""The index as a process that answers readers has it open: always the one that is searched in, as last committed."""

import threading
import time
from collections import OrderedDict
from functools import cache
from pathlib import Path

from django.conf import settings

from broadsheet.search.engine.interface import Found, Query
from broadsheet.search.engine.tantivy_index import TantivyIndex
from broadsheet.search.index_home import IndexHome
from broadsheet.search.spend import Spending

MOST_REMEMBERED_CHARACTERS = 16_000_000
"""Of the texts in answers: some thousand answers."""
MOST_CORRECTIONS = 5_000
LOOK_AGAIN_SECONDS = 1.0
"""So long at most nothing is seen of a change whose writer died before it told of it."""


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
        self._looked_at = 0.0
        self._remembered: OrderedDict[Query, Found] = OrderedDict()
        self._characters = 0
        self._corrections: dict[str, str | None] = {}

    def index(self) -> TantivyIndex:
        """Return the index, as last committed. Raises NoIndexError."""
        now = self._home.counter.value
        is_late = time.monotonic() - self._looked_at > LOOK_AGAIN_SECONDS
        if now != self._seen or self._index is None or is_late:
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
        commit = index.commit
        found = index.search(query)
        with self._lock:
            if index is self._index and index.commit == commit:
                self._remember(query, found)
        return found

    def corrected(self, word: str) -> str | None:
        """Return the word that was probably meant. Raises NoIndexError, SearchesSpentError."""
        index = self.index()
        if word in self._corrections:
            return self._corrections[word]
        self._spending.spend()
        commit = index.commit
        better = index.corrected(word)
        with self._lock:
            if len(self._corrections) >= MOST_CORRECTIONS:
                self._corrections.clear()
            if index is self._index and index.commit == commit:
                self._corrections[word] = better
        return better

    def _remember(self, query: Query, found: Found) -> None:
        self._remembered[query] = found
        self._characters += _characters(found)
        while self._characters > MOST_REMEMBERED_CHARACTERS and len(self._remembered) > 1:
            self._characters -= _characters(self._remembered.popitem(last=False)[1])

    def _look_again(self, now: bytes) -> None:
        """Go over to the index that is searched in, and to what was last committed in it."""
        folder = self._home.current()
        commit = self._index and self._index.commit
        if folder is None:
            self._index = None
        elif folder != self._folder or self._index is None:
            self._index, commit = TantivyIndex(folder), None
        else:
            self._index.reload()
        if self._index is None or self._index.commit != commit:
            self._remembered.clear()
            self._corrections.clear()
            self._characters = 0
        self._folder, self._seen, self._looked_at = folder, now, time.monotonic()


def _characters(found: Found) -> int:
    return sum(len(hit.text) for hit in found.hits) + 100


@cache
def open_index() -> OpenIndex:
    """Return this process's open index of the paper."""
    return OpenIndex(IndexHome(Path(settings.BROADSHEET_DATA)))
