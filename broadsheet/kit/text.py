"""Comparing texts as readers do: without regard to case or diacritics."""

import unicodedata


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
