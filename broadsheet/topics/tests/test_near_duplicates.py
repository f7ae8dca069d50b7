"""Which topics look alike, and which only nearly do."""

import random

import pytest

from broadsheet.topics import near_duplicates as module
from broadsheet.topics.near_duplicates import Likeness, NamedTopic, distance, near_duplicates


def alike(*names: str | tuple[str, ...]) -> list[tuple[int, int, tuple[Likeness, ...]]]:
    """Compare topics of these names, the first of each with its synonyms behind it, numbered from 1."""
    told = [(name,) if isinstance(name, str) else name for name in names]
    topics = [NamedTopic(number, name, tuple(synonyms)) for number, (name, *synonyms) in enumerate(told, start=1)]
    return [(pair.one, pair.other, pair.why) for pair in near_duplicates(topics, together={})]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Dockers’ Union", "dockers union", Likeness.SAME_NAME),
        ("Zoë Müller", "ZOE MULLER", Likeness.SAME_NAME),
        ("John Smith", "Smith, John", Likeness.SAME_WORDS),
        ("Netanyahu", "Netanyhau", Likeness.MISSPELT),
        ("Ferries", "Feries", Likeness.MISSPELT),
        ("Orla Benedek", "Ora Benedeck", Likeness.MISSPELT),
        ("בנימין נתניהו", "בינימין נתניהו", Likeness.MISSPELT),
    ],
)
def test_names_that_mean_the_same(one: str, other: str, why: Likeness) -> None:
    ((_, _, reasons),) = alike(one, other)

    assert reasons[0] == why


@pytest.mark.parametrize(
    ("one", "other"), [("Iran", "Iraq"), ("Line 2", "Line 3"), ("Budget 2015", "Budget 2016"), ("Ferries", "Floods")]
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert alike(one, other) == []


def test_a_name_that_is_another_way_of_writing_a_topic() -> None:
    assert alike(
        ("Harbour Board", "port authority"), "Port Authority", ("Docks", "the Port Authority", "Port authority")
    ) == [
        (1, 2, (Likeness.SYNONYM,)),
        (1, 3, (Likeness.SYNONYM,)),
        (2, 3, (Likeness.SYNONYM,)),
    ]


def test_the_surest_come_first() -> None:
    assert [why[0] for _, _, why in alike("Ferries", "Feries", "Harbour", "harbour")] == [
        Likeness.SAME_NAME,
        Likeness.MISSPELT,
    ]


def test_topics_of_the_same_stories() -> None:
    topics = [NamedTopic(number, name) for number, name in enumerate(("Tram", "Light rail", "Bus"), start=1)]

    pairs = near_duplicates(topics, together={(1, 2): 0.95, (1, 3): 0.5, (2, 9): 1.0})

    assert [(pair.one, pair.other, pair.why) for pair in pairs] == [(1, 2, (Likeness.SAME_STORIES,))]


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("", "", 0),
        ("ferry", "ferry", 0),
        ("ferry", "fery", 1),
        ("ferry", "frery", 1),
        ("ferry", "berth", 3),
        ("ab", "ba", 1),
    ],
)
def test_distance_counts_letters(one: str, other: str, letters: int) -> None:
    assert distance(one, other, most=5) == distance(other, one, most=5) == letters


def test_distance_looks_no_further_than_it_must() -> None:
    assert distance("ferry", "harbourmaster", most=2) == 3


def test_ten_thousand_topics_are_compared_where_they_meet_and_not_each_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(1)
    names = {"".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=14)) for _ in range(10_000)}
    compared: list[int] = []
    monkeypatch.setattr(module, "is_misspelt", lambda *names: bool(compared.append(1)))

    near_duplicates([NamedTopic(number, name) for number, name in enumerate(sorted(names))], together={})

    assert len(compared) < 1_000
