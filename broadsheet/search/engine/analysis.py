"""How text becomes the terms of the index: in which language, without case, diacritics and vowel marks.

Terms are made in two ways that must agree: by the index, of the documents; and here, of what readers look for.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tantivy import Filter, PreTokenizedString, TextAnalyzer, TextAnalyzerBuilder, Token, Tokenizer

STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
"""Language -> the Snowball stemmer for it. Texts in others are found by whole words, and by their beginnings."""
PLAIN, CJK = "plain", "cjk"
CJK_LANGUAGES = frozenset({"ja", "ko", "zh"})
CJK_CHARACTERS = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
"""Accents that stand alone, Hebrew points, Arabic vowel marks and the stroke that lengthens words."""
SAME_LETTERS = str.maketrans("أإآٱىةёЁ", "اااايهеЕ")
"""Letters that are often written as others: Arabic forms of alif, ya and ta, the Russian yo."""
WORD_PATTERN = r"[\p{L}\p{N}\p{M}]+"
LONGEST_TERM = 60
"""Bytes; longer ones are not words, and are not looked for."""
CJK_RUN = re.compile(f"([{CJK_CHARACTERS}]+)|([^\\W_{CJK_CHARACTERS}]+)")


@dataclass(frozen=True)
class Analysis:
    """How texts of some languages are taken apart. `name` is part of the names of their fields."""

    name: str

    def terms(self, text: str) -> list[tuple[int, str]]:
        """Return the terms of what a reader looks for, each with its place: those of a text that holds the same words.

        Two neighbours of CJK are one term here, while a text is kept under each of them, too.
        """
        if self.name == CJK:
            return _placed_grams(text, singles=False)
        return list(enumerate(_analyzer(self.name).analyze(normalised(text))))


def analysis_of(language: str) -> Analysis:
    """Return how texts in a language (`pt-br`) are taken apart."""
    base = language.partition("-")[0]
    return Analysis(CJK if base in CJK_LANGUAGES else STEMMERS.get(base, PLAIN))


def analyses_of(languages: Sequence[str]) -> list[Analysis]:
    """Return how texts in any of these languages are taken apart, each way once."""
    return list(dict.fromkeys(analysis_of(language) for language in languages))


def analyzers() -> dict[str, TextAnalyzer]:
    """Return what an index needs to take texts apart, by name; texts of CJK come to it in pieces (`in_pieces`)."""
    return {name: _analyzer(name) for name in [PLAIN, *sorted(set(STEMMERS.values()))]}


def normalised(text: str) -> str:
    """Return a text in one spelling of its characters, without marks that are often left out."""
    if text.isascii():
        return text
    return MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(SAME_LETTERS)


def in_pieces(text: str) -> PreTokenizedString:
    """Return a text of CJK with its terms: each character, each two neighbours, and words of other scripts."""
    return PreTokenizedString(text, [Token(gram, place, 0) for place, gram in _placed_grams(text)])


@lru_cache(maxsize=200_000)
def term_of_word(name: str, word: str) -> str:
    """Return the first term of one word as it stands in a text; nothing for what is no word."""
    return next(iter(_analyzer(name).analyze(normalised(word))), "")


@cache
def _analyzer(name: str) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.regex(WORD_PATTERN))
    builder = builder.filter(Filter.remove_long(LONGEST_TERM)).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    # Diacritics go first: who leaves them out is to get the same stem as who writes them.
    return (builder if name == PLAIN else builder.filter(Filter.stemmer(name))).build()


def _placed_grams(text: str, *, singles: bool = True) -> list[tuple[int, str]]:
    """Return the terms of a text with CJK in it, each with its place.

    One character alone is a term, too: readers look for such words. Without `singles` only where it stands alone.
    """
    grams: list[tuple[int, str]] = []
    place = 0
    for run, word in CJK_RUN.findall(normalised(text)):
        if word:
            grams.append((place, word.lower()[:LONGEST_TERM]))
            place += 1
            continue
        if singles or len(run) == 1:
            grams += [(place + offset, character) for offset, character in enumerate(run)]
        grams += [(place + offset, run[offset : offset + 2]) for offset in range(len(run) - 1)]
        place += len(run)
    return grams
