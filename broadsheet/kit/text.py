"""Texts as readers take them: compared without regard to case or diacritics, counted, fit to be printed."""

import re
import unicodedata

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML 1.0 document may hold, escaped or not."""


def fold(text: str) -> str:
    """Return `text` without case and diacritics, character by character.

    The result has exactly one character for each of `text`, so that positions found in one hold in the other.
    """
    return "".join(_fold_character(character) for character in text)


def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0]
    folded = base.casefold()
    return folded if len(folded) == 1 else base


def count_words(text: str) -> int:
    """Return the number of words separated by white space."""
    return len(text.split())


def printable(text: str) -> str:
    """Return `text` without the characters that may stand in no XML document."""
    return NOT_IN_XML.sub("", text)
