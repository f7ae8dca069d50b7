import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit.html import clean_prose, text_of
from broadsheet.kit.text import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [("São Paulo", "sao paulo"), ("ŁÓDŹ", "łodz"), ("Īrāq", "iraq"), ("Straße", "straße"), ("İstanbul", "istanbul")],
)
def test_case_and_diacritics_are_folded(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("<>/ab\"'=&;script onerror javascript:x")))
def test_cleaning_what_is_clean_changes_nothing(markup: str) -> None:
    once = clean_prose(markup)

    assert clean_prose(once) == once
    assert "<script" not in once.lower()


def test_the_text_of_markup_has_one_line_a_block() -> None:
    assert text_of("<p>One &amp; <b>two</b></p><p>Three<br>four</p>") == "One & two\nThree\nfour"
