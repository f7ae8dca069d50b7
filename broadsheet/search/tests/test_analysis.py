"""Words are found however readers write them."""

import pytest

from broadsheet.search.engine.analysis import Analysis, analysis_of, in_pieces


def terms(language: str, text: str) -> list[str]:
    return [term for _, term in analysis_of(language).terms(text)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "storms", "Storm"),
        ("en", "café", "cafe"),
        ("en", "cafe\u0301", "café"),
        ("en", "ﬁsh", "fish"),
        ("de", "Häuser", "hauser"),
        ("es", "canciones", "cancion"),
        ("fr", "élections", "election"),
        ("ru", "ёлка", "елка"),
        ("ar", "كِتَابٌ", "كتاب"),
        ("ar", "أخبار", "اخبار"),
        ("he", "שָׁלוֹם", "שלום"),
        ("uk", "Київ", "київ"),
        ("ja", "ﾆｭｰｽ", "ニュース"),
    ],
)
def test_two_spellings_are_one_word(language: str, one: str, other: str) -> None:
    assert terms(language, one) == terms(language, other)


def test_words_of_a_language_without_a_stemmer_stay_whole() -> None:
    assert terms("uk", "газети") == ["газети"]


def test_regions_of_a_language_share_its_words() -> None:
    assert analysis_of("pt-br") == analysis_of("pt") == Analysis("portuguese")
    assert analysis_of("zh-hans") == analysis_of("ja")


def test_what_is_looked_for_stands_where_a_text_of_cjk_has_it() -> None:
    text = in_pieces("今日は東京2020年の雨")
    placed = {(token.position, token.text) for token in text.tokens}

    wanted = analysis_of("ja").terms("東京2020年")

    shift = next(place for place, gram in placed if gram == "東京") - wanted[0][0]
    assert {(place + shift, gram) for place, gram in wanted} <= placed
    assert analysis_of("ja").terms("雨") == [(0, "雨")]


def test_what_is_no_word_has_no_terms() -> None:
    assert terms("en", "—!? …") == []
    assert terms("ja", "、。") == []
    assert terms("en", "x" * 5_000) == []
