"""What Wagtail asks a search backend for, in the terms of the paper's engine."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from wagtail.search.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from broadsheet.search.engine.interface import Clause, Filters, Kind, Query
from broadsheet.search.query_language import MOST_CLAUSES, understood

MOST_FOUND = 10_000
"""The database is asked which of these may be seen. Of more the best are taken, or the newest."""
MOST_BEGINNINGS = 200
"""In a chooser the first letters of a name must find it, however many more frequent words begin so."""


class CannotBeAskedError(Exception):
    """The engine has no such query: alternatives within alternatives, everything but something."""


@dataclass
class _Collected:
    wanted: list[Clause] = field(default_factory=list)
    unwanted: list[Clause] = field(default_factory=list)
    filters: Filters = field(default_factory=Filters)
    is_any: bool = False


def wanted_words(asked: SearchQuery, *, kind: Kind, is_unfinished: bool) -> Query:
    """Return the engine's query for Wagtail's; `is_unfinished`: each word may be the beginning of one.

    Texts may hold what readers may write: "phrases", -without, after:2019. Raises CannotBeAskedError, also when no
    word is asked for at all.
    """
    found = _Collected()
    _collect(asked, found, is_whole=True)
    if not found.wanted and not found.unwanted and found.filters == Filters():
        raise CannotBeAskedError("Nothing is asked for.")
    wanted = found.wanted[:MOST_CLAUSES]
    return Query(
        wanted=tuple(replace(one, is_unfinished=is_unfinished and not one.is_phrase) for one in wanted),
        unwanted=tuple(found.unwanted[:MOST_CLAUSES]),
        filters=found.filters,
        kind=kind,
        is_any=found.is_any,
        most_beginnings=MOST_BEGINNINGS,
    )


def _collect(asked: SearchQuery, found: _Collected, *, is_whole: bool) -> None:
    match asked:
        case PlainText() | Fuzzy():
            _collect_text(asked, found, is_whole=is_whole)
        case Phrase():
            found.wanted += _clauses([Clause(asked.query_string, is_phrase=True)])
        case Boost():
            _collect(asked.subquery, found, is_whole=is_whole)
        case And():
            for part in asked.subqueries:
                _collect(part, found, is_whole=len(asked.subqueries) == 1 and is_whole)
        case Or() if is_whole:
            for part in asked.subqueries:
                found.wanted += _one_clause(part)
            found.is_any = True
        case Not():
            found.unwanted += _one_clause(asked.subquery)
        case MatchAll():
            pass
        case _:
            raise CannotBeAskedError(repr(asked))


def _collect_text(asked: PlainText | Fuzzy, found: _Collected, *, is_whole: bool) -> None:
    text = understood(asked.query_string)
    names = [Clause(name) for several in text.names.values() for name in several]
    found.wanted += [*text.wanted, *_clauses(names)]
    found.unwanted += text.unwanted
    if text.published_from is not None or text.published_until is not None:
        found.filters = Filters(published_from=text.published_from, published_until=text.published_until)
    if asked.operator == "or" and len(text.wanted) > 1:
        if not is_whole:
            raise CannotBeAskedError(repr(asked))
        found.is_any = True


def _one_clause(asked: SearchQuery) -> list[Clause]:
    """Return a part of a query that must be one word or phrase."""
    if isinstance(asked, Phrase):
        return _clauses([Clause(asked.query_string, is_phrase=True)])
    if isinstance(asked, PlainText) and len(asked.query_string.split()) == 1:
        return _clauses([Clause(asked.query_string)])
    raise CannotBeAskedError(repr(asked))


def _clauses(clauses: Iterable[Clause]) -> list[Clause]:
    """Return those with a letter or figure in them."""
    return [one for one in clauses if any(character.isalnum() for character in one.text)]
