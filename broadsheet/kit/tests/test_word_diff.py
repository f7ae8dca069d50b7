import itertools
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit import word_diff as module
from broadsheet.kit.word_diff import Fate, Run, apply_diff, join_words, split_words, word_diff

WORDS = st.lists(st.sampled_from(["the", "ferry", "barrier", "opened", "22", "years", "ago.", "\n", "水"]), max_size=40)


def read(old: str, new: str) -> list[tuple[str, str]]:
    return [(run.fate.value, run.text) for run in word_diff(split_words(old), split_words(new))]


@given(WORDS, WORDS)
def test_the_diff_applied_to_the_old_words_gives_the_new(old: list[str], new: list[str]) -> None:
    assert apply_diff(old, word_diff(old, new)) == new


@given(WORDS, WORDS, st.integers(0, 60))
def test_long_texts_are_compared_as_truly_as_short_ones(old: list[str], new: list[str], searched: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SEARCHED_AT_ONCE", searched)
        patch.setattr(module, "SEARCHED_IN_ALL", 3 * searched)

        diff = word_diff(old, new)

    assert apply_diff(old, diff) == new


@given(WORDS)
def test_nothing_changed_is_one_run_or_none(words: list[str]) -> None:
    assert word_diff(words, words) == ([Run(Fate.KEPT, tuple(words), is_spaced=False)] if words else [])


@given(WORDS, WORDS)
def test_neighbouring_runs_have_different_fates_and_removed_words_stand_first(old: list[str], new: list[str]) -> None:
    fates = [run.fate for run in word_diff(old, new)]

    assert all(a != b for a, b in itertools.pairwise(fates))
    assert (Fate.ADDED, Fate.REMOVED) not in list(itertools.pairwise(fates))


@given(st.text())
def test_no_character_that_can_be_seen_is_lost(text: str) -> None:
    assert "".join("".join(split_words(text)).split()) == "".join(text.split())


def test_a_changed_number_is_found_in_its_sentence() -> None:
    assert read("It opened 24 years ago.", "It opened 22 years ago.") == [
        ("kept", "It opened"),
        ("removed", "24"),
        ("added", "22"),
        ("kept", "years ago."),
    ]


def test_a_sentence_written_anew_is_not_interwoven_with_the_old_one() -> None:
    assert read("Tides are falling until the end of next week.", "He would not say who had rung the bell.") == [
        ("removed", "Tides are falling until the end of next week."),
        ("added", "He would not say who had rung the bell."),
    ]


def test_a_script_without_spaces_is_compared_by_its_characters() -> None:
    assert read("船は三時に出る", "船は四時に出る") == [
        ("kept", "船は"),
        ("removed", "三"),
        ("added", "四"),
        ("kept", "時に出る"),
    ]
    assert join_words(split_words("船は Ferry です")) == "船はFerryです"


def test_a_word_in_the_middle_of_a_very_long_text_is_found() -> None:
    old = [f"word-{number}" for number in range(9_000)]
    new = [*old[:4_000], "put", "in", *old[4_000:8_000], "instead", *old[8_001:]]

    diff = word_diff(old, new)

    assert apply_diff(old, diff) == new
    assert [run.text for run in diff if run.fate == Fate.ADDED] == ["put in", "instead"]


def hostile_texts() -> list[Any]:
    chance = random.Random(3)
    return [
        pytest.param(["a", "b"] * 30_000, ["b", "a", "a"] * 20_000, id="two words over and over"),
        pytest.param(
            [chance.choice("ab") for _ in range(60_000)],
            [chance.choice("ab") for _ in range(60_000)],
            id="two words at random",
        ),
        pytest.param(
            [f"{chance.randrange(100)}" for _ in range(60_000)],
            [f"{chance.randrange(100)}" for _ in range(60_000)],
            id="a hundred words at random",
        ),
        pytest.param([str(n) for n in range(60_000)], [str(n) for n in range(60_000, 0, -1)], id="backwards"),
    ]


@pytest.mark.parametrize(("old", "new"), hostile_texts())
def test_no_text_keeps_the_comparison_busy(old: list[str], new: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    searched = []
    search = module._searched

    def counted(old: list[str], new: list[str]) -> Any:
        searched.append(len(old) * len(new))
        return search(old, new)

    monkeypatch.setattr(module, "_searched", counted)

    assert apply_diff(old, word_diff(old, new)) == new
    assert sum(searched) <= module.SEARCHED_IN_ALL
