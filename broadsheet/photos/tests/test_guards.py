"""Caption and alternative text are different things; neither is a file name; the credit is there."""

from dataclasses import dataclass

import pytest

from broadsheet.photos.guards import find_problems, names_a_file, repeats


@dataclass
class Words:
    caption: str = "Iraqi forces advance on the airport of Mosul on Monday."
    alt_text: str = "Two soldiers walk along a dusty road beside a tank."
    credit: str = "AFP PHOTO/AHMAD AL-RUBAYE"
    is_decorative: bool = False


def fields_with_problems(words: Words) -> list[str]:
    return [problem.field for problem in find_problems(words, file_name="AFP_HB1NA.jpg")]


def test_a_photo_with_true_words_has_no_problems() -> None:
    assert fields_with_problems(Words()) == []
    assert fields_with_problems(Words(alt_text="", is_decorative=True)) == []
    assert fields_with_problems(Words(caption="")) == []


@pytest.mark.parametrize(
    "words",
    [
        Words(alt_text=""),
        Words(alt_text="AFP_HB1NA.jpg"),
        Words(alt_text="afp hb1na"),
        Words(alt_text="IMG_2041"),
        Words(alt_text="Iraqi forces advance on the airport of Mosul, on Monday"),
        Words(caption="ÉTÉ à l'Elbe", alt_text="Ete a l’Elbe."),
        Words(is_decorative=True),
    ],
)
def test_an_alternative_text_that_says_nothing_new_is_a_problem(words: Words) -> None:
    assert fields_with_problems(words) == ["alt_text"]


def test_a_photo_without_a_credit_is_a_problem() -> None:
    assert fields_with_problems(Words(credit="")) == ["credit"]


def test_a_caption_that_says_much_more_does_not_repeat() -> None:
    assert not repeats("A ferry.", "A ferry leaves the harbour of Eastmere on its last voyage of the season.")
    assert not repeats("", "")
    assert not repeats("", "A ferry.")


def test_words_are_no_file_name() -> None:
    assert not names_a_file("A ferry leaves the harbour.", file_name="ferry.jpg")
    assert not names_a_file("", file_name=".jpg")
