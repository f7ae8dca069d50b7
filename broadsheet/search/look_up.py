"""From what a reader wrote to what the index finds: as it stands, as it was probably meant, or some of its words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from broadsheet.search.engine.interface import Found, Query
from broadsheet.search.query_language import Understood, words_of

FEW = 3
"""With so few results another spelling is offered."""


class Searched(Protocol):
    """What is asked: an index, or one that remembers its answers."""

    def search(self, query: Query) -> Found:
        """Return what a query finds."""
        ...

    def corrected(self, word: str) -> str | None:
        """Return the word that was probably meant by one that the paper does not use."""
        ...


@dataclass(frozen=True)
class LookedUp:
    """What was found, and by which query in the end."""

    found: Found
    query: Query
    meant: Mapping[str, str] = field(default_factory=dict)
    """Words that the paper does not use -> those that were probably meant."""
    is_corrected: bool = False
    """Whether it was found by the words that were meant."""
    is_some_words: bool = False
    """Whether nothing holds all words, and what was found holds some of them."""


def look_up(*, index: Searched, wanted: Understood, query: Query, exactly: bool = False) -> LookedUp:
    """Return what a query finds that was made of what a reader wanted."""
    found = index.search(query)
    meant = {} if exactly or found.total > FEW else _meant(wanted, index)
    is_corrected = is_some_words = False
    if meant and not found.total:
        query = replace(query, wanted=tuple(replace(one, text=meant.get(one.text, one.text)) for one in query.wanted))
        found = index.search(query)
        is_corrected = bool(found.total)
    if not found.total and len(query.wanted) > 1:
        found = index.search(replace(query, is_any=True))
        is_some_words = bool(found.total)
    return LookedUp(found, query, meant, is_corrected, is_some_words)


def _meant(wanted: Understood, index: Searched) -> dict[str, str]:
    return {word: better for word in words_of(wanted) if (better := index.corrected(word))}
