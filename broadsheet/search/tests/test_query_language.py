"""What readers write into the box, and what is looked for."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.engine.interface import Clause
from broadsheet.search.query_language import LONGEST_TEXT, MOST_CLAUSES, understood

DAY = dt.timedelta(days=1)


def test_words_phrases_and_exclusions_are_told_apart() -> None:
    found = understood('harbour "storm surge" -ferry -“night boat” sunk ')

    assert found.wanted == [Clause("harbour"), Clause("storm surge", is_phrase=True), Clause("sunk")]
    assert found.unwanted == [Clause("ferry"), Clause("night boat", is_phrase=True)]


def test_the_last_word_may_be_the_beginning_of_one() -> None:
    assert understood("storm harb").wanted == [Clause("storm"), Clause("harb", is_unfinished=True)]
    assert understood("storm harb ").wanted[-1] == Clause("harb")
    assert understood("storm -harb").wanted == [Clause("storm")]


def test_names_narrow_a_search_down() -> None:
    found = understood('by:okafor by:"Ravi Stennett" section:city topic:„Line 3“ trams')

    assert found.names == {"by": ["okafor", "Ravi Stennett"], "section": ["city"], "topic": ["Line 3"]}
    assert [clause.text for clause in found.wanted] == ["trams"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("after:2019", dt.date(2019, 1, 1), None),
        ("before:2020-06", None, dt.date(2020, 7, 1)),
        ("on:2020-02-29", dt.date(2020, 2, 29), dt.date(2020, 3, 1)),
        ("on:2020-12", dt.date(2020, 12, 1), dt.date(2021, 1, 1)),
        ("after:2019 after:2020 before:2022 before:2021", dt.date(2020, 1, 1), dt.date(2022, 1, 1)),
    ],
)
def test_dates_are_days_of_the_sites_calendar(text: str, start: dt.date | None, end: dt.date | None) -> None:
    found = understood(text)

    assert (found.published_from and found.published_from.date()) == start
    assert (found.published_until and found.published_until.date()) == end
    assert not found.wanted


@pytest.mark.parametrize("text", ["on:yesterday", "after:2020-13", "after:0000", "before:9999", "before:2020-02-30"])
def test_what_is_no_date_is_looked_for_as_words(text: str) -> None:
    assert [clause.text for clause in understood(text).wanted] == [text.replace(":", " ")]


@pytest.mark.parametrize("text", ["", "  ", '"', '""', "-", "by:", "—", "!?", "\x00\x1f", '-""'])
def test_nothing_is_looked_for_where_nothing_is_written(text: str) -> None:
    assert understood(text).is_empty


def test_of_a_long_text_its_beginning_is_looked_for() -> None:
    found = understood("harbour " * 20_000)

    assert len(found.wanted) == MOST_CLAUSES
    assert found.is_cut
    assert understood("x" * 100_000).wanted == [Clause("x" * LONGEST_TEXT, is_unfinished=True)]


@given(st.text(max_size=400))
def test_nothing_that_is_written_is_an_error(text: str) -> None:
    found = understood(text)

    assert len(found.wanted) + len(found.unwanted) <= MOST_CLAUSES
    for clause in (*found.wanted, *found.unwanted):
        assert any(character.isalnum() for character in clause.text)
        assert all(word in text for word in re.findall(r"\w+", clause.text))
