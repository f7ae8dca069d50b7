"""What was probably meant by a word that the paper does not use: one of its own, one slip of the fingers away.

All words at Damerau's distance one (a letter too many, too few, another, two exchanged) are looked up in the index,
after P. Norvig, "How to Write a Spelling Corrector" (2007); the most frequent one is meant.
"""

import unicodedata
from collections.abc import Callable, Iterator

from broadsheet.search.engine.analysis import PLAIN, Analysis

SHORTEST_WORD = 4
LONGEST_WORD = 24
"""Of a longer word there would be thousands of neighbours to look up."""
SEVERAL = 2
"""A word that stands in fewer stories may be a slip itself."""
ALPHABETS = {
    "LATIN": "abcdefghijklmnopqrstuvwxyz",
    "CYRILLIC": "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "ARABIC": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ",
    "HEBREW": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "GREEK": "αβγδεζηθικλμνξοπρστυφχψω",
}
"""Script -> the letters that terms in it are made of."""


def corrected(word: str, *, frequency: Callable[[str], int]) -> str | None:
    """Return the word that was probably meant; None where the word itself is used, or nothing like it is.

    `frequency` says in how many documents a term stands.
    """
    terms = Analysis(PLAIN).terms(word)
    if len(terms) != 1:
        return None
    term = terms[0][1]
    letters = ALPHABETS.get(unicodedata.name(term[0], "").partition(" ")[0])
    if letters is None or not SHORTEST_WORD <= len(term) <= LONGEST_WORD or frequency(term) >= SEVERAL:
        return None
    best, most = None, SEVERAL - 1
    for neighbour in dict.fromkeys(neighbours(term, letters)):
        times = frequency(neighbour)
        if times > most:
            best, most = neighbour, times
    return best


def neighbours(term: str, letters: str) -> Iterator[str]:
    """Yield all words at distance one; those that keep the first letter come first, for there slips are rare."""
    splits = [(term[:place], term[place:]) for place in range(1, len(term) + 1)]
    for left, right in [*splits, ("", term)]:
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        if right:
            yield left + right[1:]
        for letter in letters:
            if right:
                yield left + letter + right[1:]
            yield left + letter + right
