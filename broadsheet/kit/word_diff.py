"""What changed between two texts, word by word, for people to read.

The work is bounded whatever is compared: texts too long to be searched through word by word are compared between the
words that each of them holds once, and what cannot be matched cheaply is shown as replaced.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, pairwise

UNSPACED = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Scripts written without spaces between words (Chinese, Japanese): each character is compared by itself."""
WORD = re.compile(rf"\n|[{UNSPACED}]|[^\s{UNSPACED}]+")
UNSPACED_CHARACTER = re.compile(rf"[{UNSPACED}\n]")
SEARCHED_AT_ONCE = 250_000
"""Pairs of words (old times new) that may be searched through at once: 500 against 500 words."""
SEARCHED_IN_ALL = 1_000_000
"""Pairs of words that one comparison may search through; what comes after them is shown as replaced."""
LEAST_IN_COMMON = 0.2
"""Share of the longer text's words below which two texts are shown one after the other, not interwoven."""


class Fate(StrEnum):
    """What became of some words between the old text and the new."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and had the same fate; `is_spaced` where a space parts them from the next run."""

    fate: Fate
    words: tuple[str, ...]
    is_spaced: bool = True

    @property
    def text(self) -> str:
        """The words as they are read."""
        return join_words(self.words)


def split_words(text: str) -> list[str]:
    """Return the words of a text with their punctuation; a line break is a word of its own."""
    return WORD.findall(text)


def join_words(words: Sequence[str]) -> str:
    """Return words as text, with one space where one belongs."""
    parts = [word + (" " if _is_spaced(word, after) else "") for word, after in pairwise(words)]
    return "".join([*parts, *words[-1:]])


def word_diff(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return how the words of `old` become those of `new`: kept and removed ones are `old`, kept and added ones `new`.

    Where words were replaced, the removed ones stand first.
    """
    start = _common_start(old, new)
    end = _common_start(old[start:][::-1], new[start:][::-1])
    middle = _compared(old[start : len(old) - end], new[start : len(new) - end])
    return _runs([(Fate.KEPT, old[:start]), *middle, (Fate.KEPT, old[len(old) - end :])])


def replaced(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return that all of `old` went and all of `new` came."""
    return _runs([(Fate.REMOVED, old), (Fate.ADDED, new)])


def apply_diff(old: Sequence[str], diff: Iterable[Run]) -> list[str]:
    """Return the new words. Raises ValueError when the diff was not made from `old`."""
    new: list[str] = []
    at = 0
    for run in diff:
        if run.fate != Fate.ADDED:
            if tuple(old[at : at + len(run.words)]) != run.words:
                raise ValueError("The diff belongs to another text.")
            at += len(run.words)
        if run.fate != Fate.REMOVED:
            new += run.words
    if at != len(old):
        raise ValueError("The diff belongs to another text.")
    return new


Piece = tuple[Fate, Sequence[str]]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Yield the pieces of two texts that begin and end differently."""
    if not _have_enough_in_common(old, new):
        yield from ((Fate.REMOVED, old), (Fate.ADDED, new))
        return
    left = SEARCHED_IN_ALL
    for old_part, new_part, anchor in _gaps(old, new):
        cost = len(old_part) * len(new_part)
        if 0 < cost <= min(SEARCHED_AT_ONCE, left):
            left -= cost
            yield from _searched(old_part, new_part)
        else:
            yield from ((Fate.REMOVED, old_part), (Fate.ADDED, new_part))
        yield (Fate.KEPT, anchor)


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield what lies between words that fix a place in both texts, with the word after it; short texts whole."""
    old_at = new_at = 0
    if len(old) * len(new) > SEARCHED_AT_ONCE:
        for i, j in _anchors(old, new):
            yield old[old_at:i], new[new_at:j], old[i : i + 1]
            old_at, new_at = i + 1, j + 1
    yield old[old_at:], new[new_at:], ()


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of words that stand once in each text, as many as follow each other in both."""
    once_in_old, once_in_new = _places_of_single_words(old), _places_of_single_words(new)
    pairs = sorted((i, once_in_new[word]) for word, i in once_in_old.items() if word in once_in_new)
    return _longest_rise(pairs)


def _places_of_single_words(words: Sequence[str]) -> dict[str, int]:
    counts = Counter(words)
    return {word: place for place, word in enumerate(words) if counts[word] == 1}


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest part of `pairs`, which rise in their first number, that rises in the second too."""
    lowest_ends: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(lowest_ends, place)
        previous.append(ends[length - 1] if length else None)
        lowest_ends[length : length + 1] = [place]
        ends[length : length + 1] = [index]
    rise = []
    at = ends[-1] if ends else None
    while at is not None:
        rise.append(pairs[at])
        at = previous[at]
    return rise[::-1]


def _searched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=True)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Fate.KEPT, old[i1:i2]
        else:
            yield Fate.REMOVED, old[i1:i2]
            yield Fate.ADDED, new[j1:j2]


def _have_enough_in_common(old: Sequence[str], new: Sequence[str]) -> bool:
    common = (Counter(old) & Counter(new)).total()
    return common >= LEAST_IN_COMMON * max(len(old), len(new))


def _common_start(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _runs(pieces: Iterable[Piece]) -> list[Run]:
    """Join pieces of the same fate; between two kept ones, what was removed stands before what was added."""
    runs: list[tuple[Fate, tuple[str, ...]]] = []
    for is_kept, group in groupby(pieces, key=lambda piece: piece[0] == Fate.KEPT or not piece[1]):
        together = list(group)
        for fate in (Fate.KEPT,) if is_kept else (Fate.REMOVED, Fate.ADDED):
            words = tuple(word for of_fate, part in together if of_fate == fate for word in part)
            if words:
                runs.append((fate, words))
    firsts = [words[0] for _, words in runs[1:]] + ["\n"]
    return [Run(fate, words, _is_spaced(words[-1], after)) for (fate, words), after in zip(runs, firsts, strict=False)]


def _is_spaced(word: str, after: str) -> bool:
    return not (UNSPACED_CHARACTER.match(word[-1]) or UNSPACED_CHARACTER.match(after[0]))
