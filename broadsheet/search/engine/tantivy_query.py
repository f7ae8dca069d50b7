"""A search in tantivy's terms. What readers write is never given to tantivy's own query language."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tantivy import FieldType, Occur, Schema, Searcher
from tantivy import Query as TantivyQuery

from broadsheet.search.engine.analysis import CJK, PLAIN, Analysis
from broadsheet.search.engine.interface import Clause, Filters, Query, Sort, key_of
from broadsheet.search.engine.tantivy_schema import NAMES_WEIGHT, TEXTS

SHORTEST_BEGINNING = 2
WEIGHT_OF_BEGINNING = 0.5
MOST_TERMS = 40
"""Terms of one clause; a reader who pastes a whole article finds it by its first words."""
NEAR_FIELDS = {text: TEXTS[text] for text in ("title", "standfirst", "body")}
WEIGHT_OF_NEARNESS = 1.5
NEIGHBOURS_WORDS, SENTENCE_WORDS = 4, 24
"""How many other words may stand between two that are looked for, and between all of them; an exchange costs two more.

People look for what they remember of a sentence, and leave out words of it: `bench/ranking.py` measures what it helps.
"""


class QueryBuilder:
    """Builds queries for an index whose documents are in these languages."""

    def __init__(self, schema: Schema, analyses: Sequence[Analysis]) -> None:
        self._schema = schema
        self._analyses = analyses

    def built(self, query: Query, searcher: Searcher) -> TantivyQuery:
        """Return the whole of a search."""
        parts = [(Occur.Must, self._silent("kind", [str(query.kind)])), *self._filters(query.filters)]
        if query.among is not None:
            parts.append((Occur.Must, self._silent("key", [key_of(query.kind, pk) for pk in query.among])))
        most = query.most_beginnings
        wanted = [found for clause in query.wanted if (found := self._clause(clause, searcher, most)) is not None]
        if query.is_any and wanted:
            parts.append((Occur.Must, TantivyQuery.boolean_query([(Occur.Should, one) for one in wanted])))
        else:
            parts += [(Occur.Must, one) for one in wanted]
        for clause in query.unwanted:
            unwanted = self._clause(clause, searcher, most)
            if unwanted is not None:
                parts.append((Occur.MustNot, unwanted))
        if query.sort is Sort.RELEVANCE:
            parts += [(Occur.Should, near) for analysis in self._analyses for near in self._near(query, analysis)]
        return TantivyQuery.boolean_query(parts)

    def _near(self, query: Query, analysis: Analysis) -> Iterable[TantivyQuery]:
        """Yield what finds nothing more, and counts more where words stand near each other."""
        words = [clause.text for clause in query.wanted if not clause.is_phrase]
        terms = _single_terms(words, analysis)
        for text, weight in NEAR_FIELDS.items():
            field, counts = f"{text}_{analysis.name}", weight * WEIGHT_OF_NEARNESS
            for pair in pairwise(terms):
                yield self._within(field, pair, NEIGHBOURS_WORDS, counts)
            if len(terms) > 2:
                yield self._within(field, terms, SENTENCE_WORDS, counts)
        for pair in pairwise(_single_terms(words, Analysis(PLAIN))):
            yield self._within("names", pair, 1, NAMES_WEIGHT * WEIGHT_OF_NEARNESS)

    def _within(self, field: str, terms: Sequence[str], words_between: int, weight: float) -> TantivyQuery:
        found = TantivyQuery.phrase_query(self._schema, field, list(terms), words_between)
        return TantivyQuery.boost_query(found, weight)

    def _clause(self, clause: Clause, searcher: Searcher, most_beginnings: int) -> TantivyQuery | None:
        """Return what finds a clause in any field of any language; None for one without a letter or figure.

        A word that is longer than any that is kept is found nowhere.
        """
        if not any(character.isalnum() for character in clause.text):
            return None
        found = [one for analysis in self._analyses for one in self._in_fields(clause, analysis)]
        if not found:
            return TantivyQuery.empty_query()
        if clause.is_unfinished:
            found += self._beginnings(clause.text, searcher, most_beginnings)
        return found[0] if len(found) == 1 else TantivyQuery.boolean_query([(Occur.Should, one) for one in found])

    def _in_fields(self, clause: Clause, analysis: Analysis) -> Iterable[TantivyQuery]:
        terms = analysis.terms(clause.text)[:MOST_TERMS]
        if not terms:
            return
        for text, weight in TEXTS.items():
            yield self._weighted(f"{text}_{analysis.name}", terms, weight)
        if analysis.name != CJK:
            yield self._weighted("names", Analysis(PLAIN).terms(clause.text)[:MOST_TERMS] or terms, NAMES_WEIGHT)

    def _weighted(self, field: str, terms: Sequence[tuple[int, str]], weight: float) -> TantivyQuery:
        if len(terms) == 1:
            found = TantivyQuery.term_query(self._schema, field, terms[0][1])
        else:
            first = terms[0][0]
            found = TantivyQuery.phrase_query(self._schema, field, [(place - first, term) for place, term in terms])
        return found if weight == 1 else TantivyQuery.boost_query(found, weight)

    def _beginnings(self, text: str, searcher: Searcher, most: int) -> Iterable[TantivyQuery]:
        terms = Analysis(PLAIN).terms(text)
        if len(terms) != 1 or len(terms[0][1]) < SHORTEST_BEGINNING:
            return
        words = searcher.terms_with_prefix("words", terms[0][1], limit=most)
        for word, _ in words:
            yield TantivyQuery.boost_query(
                TantivyQuery.term_query(self._schema, "words", word, "freq"), WEIGHT_OF_BEGINNING
            )

    def _filters(self, filters: Filters) -> Iterable[tuple[Occur, TantivyQuery]]:
        chosen: dict[str, Iterable[object]] = {
            "section": filters.sections,
            "topic": filters.topics,
            "person": filters.people,
            "year": filters.years,
            "work_type": filters.work_types,
        }
        for field, values in chosen.items():
            if values:
                yield Occur.Must, self._silent(field, sorted(str(value) for value in values))
        if filters.published_from is not None or filters.published_until is not None:
            yield Occur.Must, self._between(filters.published_from, filters.published_until)

    def _silent(self, field: str, values: Sequence[str]) -> TantivyQuery:
        """Return what lets through documents with one of these values, and adds nothing to their scores."""
        found = (
            TantivyQuery.term_query(self._schema, field, values[0], "basic")
            if len(values) == 1
            else TantivyQuery.term_set_query(self._schema, field, list(values))
        )
        return TantivyQuery.const_score_query(found, 0.0)

    def _between(self, start: dt.datetime | None, end: dt.datetime | None) -> TantivyQuery:
        lower, upper = (None if moment is None else int(moment.timestamp()) for moment in (start, end))
        is_ended = upper is not None
        found = TantivyQuery.range_query(
            self._schema, "published", FieldType.Integer, lower, upper, include_lower=True, include_upper=not is_ended
        )
        return TantivyQuery.const_score_query(found, 0.0)


def _single_terms(words: Iterable[str], analysis: Analysis) -> list[str]:
    """Return the terms of those words that are one each."""
    return [found[0][1] for found in map(analysis.terms, words) if len(found) == 1]
