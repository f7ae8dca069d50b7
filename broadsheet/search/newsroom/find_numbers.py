"""Asks the newsroom's index which objects hold some words."""

import logging
from dataclasses import replace

from django.db.models import Model, QuerySet
from wagtail.search.query import SearchQuery

from broadsheet.search.engine.interface import Kind, Sort
from broadsheet.search.newsroom.kinds import kind_of
from broadsheet.search.newsroom.open_newsroom import newsroom_index
from broadsheet.search.newsroom.wanted_words import MOST_FOUND, CannotBeAskedError, wanted_words
from broadsheet.stories.models import Takedown

logger = logging.getLogger(__name__)


def find_numbers(
    asked: SearchQuery, queryset: "QuerySet[Model]", *, is_unfinished: bool, is_by_date: bool
) -> dict[int, float] | None:
    """Return the numbers of what holds the words with their scores, the best first; None when the index cannot tell.

    Where there are too many, and few in the queryset, the index is asked for those alone: they are found all the same.
    """
    kind = kind_of(queryset.model)
    if kind is None:
        return None
    try:
        query = wanted_words(asked, kind=kind, is_unfinished=is_unfinished)
    except CannotBeAskedError:
        return None
    if (index := newsroom_index()) is None:
        return None
    query = replace(query, limit=MOST_FOUND, sort=Sort.NEWEST if is_by_date else Sort.RELEVANCE)
    try:
        found = index.ranked(query)
        if found.total > MOST_FOUND:
            among = queryset.order_by().prefetch_related(None).values_list("pk", flat=True)[: MOST_FOUND + 1]
            pks = frozenset(among)
            if len(pks) <= MOST_FOUND:
                found = index.ranked(replace(query, among=pks))
    except ValueError:  # tantivy tells of everything by ValueError
        logger.exception("The newsroom's search index cannot be searched, and the database is")
        return None
    numbers = dict(found.numbers)
    if kind is Kind.PAGE:
        for pk in Takedown.objects.filter(lifted_at=None).values_list("page_id", flat=True):
            numbers.pop(pk, None)  # at once, however far the index is
    return numbers
