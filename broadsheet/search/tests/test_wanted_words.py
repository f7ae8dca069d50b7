"""What Wagtail asks for becomes what the engine is asked."""

import pytest
from wagtail.search.query import MATCH_ALL, And, Boost, Not, Or, Phrase, PlainText, SearchQuery
from wagtail.search.utils import parse_query_string

from broadsheet.search.engine.interface import Clause, Kind, Query
from broadsheet.search.newsroom.wanted_words import CannotBeAskedError, wanted_words


def asked(query: SearchQuery, *, is_unfinished: bool = False) -> Query:
    return wanted_words(query, kind=Kind.PAGE, is_unfinished=is_unfinished)


def wanted(query: SearchQuery) -> list[tuple[str, bool]]:
    return [(clause.text, clause.is_phrase) for clause in asked(query).wanted]


def test_words_and_phrases_are_wanted() -> None:
    assert wanted(PlainText('harbour "night ferry"')) == [("harbour", False), ("night ferry", True)]
    assert wanted(parse_query_string('harbour "night ferry"', operator="and")[1]) == wanted(
        And([PlainText("harbour"), Boost(Phrase("night ferry"), 2)])
    )
    assert asked(PlainText("harbour -ferry")).unwanted == (Clause("ferry"),)
    assert asked(And([PlainText("harbour"), Not(Phrase("night ferry"))])).unwanted == (
        Clause("night ferry", is_phrase=True),
    )


def test_each_word_may_be_unfinished_and_no_phrase() -> None:
    query = asked(PlainText('har fer "night bo"'), is_unfinished=True)

    assert [clause.is_unfinished for clause in query.wanted] == [True, True, False]
    assert not any(clause.is_unfinished for clause in asked(PlainText("har fer")).wanted)


def test_alternatives_are_asked_for_where_they_are_all_there_is() -> None:
    assert asked(PlainText("harbour ferry", operator="or")).is_any
    assert asked(Or([PlainText("harbour"), Phrase("night ferry")])).is_any
    assert not asked(PlainText("harbour ferry", operator="and")).is_any


@pytest.mark.parametrize(
    "query",
    [
        MATCH_ALL,
        PlainText('"'),
        PlainText("..."),
        Phrase("-"),
        And([PlainText("harbour ferry", operator="or"), PlainText("night")]),
        Or([PlainText("harbour"), And([PlainText("night"), PlainText("ferry")])]),
        And([Or([PlainText("harbour")]), PlainText("ferry")]),
    ],
)
def test_what_the_engine_has_no_words_for_is_left_to_the_database(query: SearchQuery) -> None:
    with pytest.raises(CannotBeAskedError):
        asked(query)
