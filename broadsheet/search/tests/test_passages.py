"""The passage under a result shows the words that were looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.search.engine.analysis import analyses_of
from broadsheet.search.engine.interface import Clause
from broadsheet.search.passages import LENGTH, Passages, Piece

ALL = analyses_of(["en", "ar", "ja", "uk"])


def marked(text: str, *clauses: Clause) -> list[str]:
    return [piece.text for piece in Passages(clauses, ALL).passage(text) if piece.is_marked]


@pytest.mark.parametrize(
    ("text", "clause", "words"),
    [
        ("The Storms came. A storm.", Clause("storm"), ["Storms", "storm"]),
        ("stormy brainstorm", Clause("storm"), []),
        ("O'Brien said so", Clause("O'Brien"), ["O", "Brien"]),
        ("The harbourmaster", Clause("harb", is_unfinished=True), ["harbourmaster"]),
        ("Café Zürich", Clause("zurich"), ["Zürich"]),
        ("قَرَأَ الولد", Clause("قرأ"), ["قَرَأَ"]),
        ("今日は東京都の雨", Clause("東京"), ["東京"]),
        ("Київ і газети", Clause("київ"), ["Київ"]),
        ("a_b storm_surge", Clause("nothing"), []),
    ],
)
def test_words_are_marked_as_they_stand(text: str, clause: Clause, words: list[str]) -> None:
    assert marked(text, clause) == words


def test_the_passage_is_where_most_of_the_words_are() -> None:
    text = f"The ferry. {'Nothing here. ' * 60}The ferry met the storm off the harbour. {'Nothing more. ' * 60}"

    pieces = Passages([Clause("ferry"), Clause("storm"), Clause("harbour")], ALL).passage(text)

    assert [piece.text for piece in pieces if piece.is_marked] == ["ferry", "storm", "harbour"]
    assert (pieces[0], pieces[-1]) == (Piece("…"), Piece("…"))


def test_a_story_without_the_words_begins_with_its_beginning() -> None:
    assert Passages([Clause("storm")], ALL).passage("A short text.") == [Piece("A short text.")]


@given(st.text(max_size=900), st.lists(st.text(min_size=1, max_size=12), max_size=4))
def test_a_passage_is_a_stretch_of_the_text(text: str, words: list[str]) -> None:
    clauses = [Clause(word, is_unfinished=True) for word in words if any(letter.isalnum() for letter in word)]

    pieces = [piece for piece in Passages(clauses, ALL).passage(text) if piece != Piece("…")]

    shown = "".join(piece.text for piece in pieces)
    assert shown in text
    assert len(shown) <= LENGTH
