"""What Wagtail's views and choosers ask when the newsroom searches.

The engine says which objects hold the words, in their order; the queryset that Wagtail gives says which of them may be
seen, and has been narrowed down as the view wants it. So nobody finds what he may not see.

Without an index, or with one that is far behind, the database is searched in for the words as they stand, in headlines
and names alone (Wagtail's own fallback, which nothing that is written can break).
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
    DatabaseSearchResults,
)

from broadsheet.search.newsroom.find_numbers import find_numbers


class NewsroomQueryCompiler(DatabaseSearchQueryCompiler):
    """A search: words, and the queryset in which they are looked for."""

    is_autocomplete = False

    def check(self) -> None:
        """Let through whatever the database can filter and sort by: it does both here, and not an index."""

    @cached_property
    def numbers(self) -> dict[int, float] | None:
        """The numbers of what holds the words with their scores, the best first; None when the index cannot tell."""
        if self.fields is not None:
            return None
        return find_numbers(
            self.query,
            self.queryset,
            is_unfinished=self.is_autocomplete,
            is_by_date=not self.order_by_relevance,
        )

    def check_boost(self, query: Any, boost: float = 1.0) -> None:
        """Say nothing of weights, which a search of the database does not know."""


class NewsroomAutocompleteCompiler(NewsroomQueryCompiler):
    """A search by the beginnings of words."""

    is_autocomplete = True


class NewsroomResults(DatabaseSearchResults):
    """What is found, part by part as it is asked for."""

    query_compiler: NewsroomQueryCompiler

    def get_queryset(self) -> "QuerySet[Model]":
        """Return what is found as the database counts it and puts it in an order."""
        numbers = self.query_compiler.numbers
        if numbers is None:
            queryset: QuerySet[Model] = super().get_queryset()
            return queryset
        queryset = self.query_compiler.queryset.filter(pk__in=list(numbers))
        if not self.query_compiler.order_by_relevance and not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[self.start : self.stop]

    @cached_property
    def _ranked(self) -> list[int]:
        """The numbers of all that may be seen, the best first."""
        numbers = self.query_compiler.numbers or {}
        rows = self.query_compiler.queryset.order_by().prefetch_related(None).filter(pk__in=list(numbers))
        seen = set(rows.values_list("pk", flat=True))
        return [pk for pk in numbers if pk in seen]

    def _do_search(self) -> "list[Model] | Iterator[Model]":
        compiler = self.query_compiler
        if compiler.numbers is None or not compiler.order_by_relevance:
            found: list[Model] | Iterator[Model] = super()._do_search()
            return found
        wanted = self._ranked[self.start : self.stop]
        objects = {one.pk: one for one in compiler.queryset.filter(pk__in=wanted)}
        ranked = [objects[pk] for pk in wanted if pk in objects]
        if self._score_field:
            for one in ranked:
                setattr(one, self._score_field, compiler.numbers[one.pk])
        return ranked

    def _do_count(self) -> int:
        if self.query_compiler.numbers is None or not self.query_compiler.order_by_relevance:
            count: int = super()._do_count()
            return count
        return len(self._ranked[self.start : self.stop])


class SearchBackend(DatabaseSearchBackend):
    """The backend that WAGTAILSEARCH_BACKENDS names. It is told of no change: the indexer follows them."""

    query_compiler_class = NewsroomQueryCompiler
    autocomplete_query_compiler_class = NewsroomAutocompleteCompiler
    results_class = NewsroomResults
