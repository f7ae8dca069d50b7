"""The passage of a story that shows why it was found, with the words in it marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from broadsheet.search.engine.analysis import CJK, MARKS, PLAIN, Analysis, term_of_word
from broadsheet.search.engine.interface import Clause

LENGTH = 220
"""Characters of a passage, about three lines."""
LEAD = 60
"""Characters before the first marked word, at most."""
READ = 20_000
"""Characters of a story in which words are looked for."""
IN_WORD = f"[\\w{MARKS.pattern[1:]}"
SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|\n+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a passage."""

    text: str
    is_marked: bool = False


class Passages:
    """Knows what a reader looks for, and finds it in texts."""

    def __init__(self, clauses: Sequence[Clause], analyses: Sequence[Analysis]) -> None:
        self._known: dict[str, str] = {}
        self._terms = [
            (one.name, {term for clause in clauses for _, term in one.terms(clause.text)})
            for one in analyses
            if one.name != CJK
        ]
        self._beginnings = tuple(
            term for clause in clauses if clause.is_unfinished for _, term in Analysis(PLAIN).terms(clause.text)
        )
        terms = [term for _, some in self._terms for term in some]
        # No stemmer changes the first letter of a word of Latin letters, and most words begin with another one.
        letters = {letter for term in (*terms, *self._beginnings) for letter in (term[0], term[0].upper())}
        beginning = re.escape("".join(sorted(letters)))
        self._candidate = re.compile(f"(?<!{IN_WORD})[{beginning}\\u0080-\\U0010ffff]{IN_WORD}*")
        runs = {clause.text.strip() for clause in clauses} if any(one.name == CJK for one in analyses) else set()
        self._runs = [run for run in runs if any(ord(character) >= 0x1100 for character in run)]

    def passage(self, text: str) -> list[Piece]:
        """Return the passage with most of the words in it; the beginning of a text that holds none of them."""
        text = text[:READ]
        marks = sorted(self._marks(text))
        start = _start(text, marks)
        end = _end(text, start)
        pieces = [Piece("…")] if start else []
        place = start
        for first, last, _ in marks:
            if place <= first and last <= end:
                pieces += [Piece(text[place:first]), Piece(text[first:last], is_marked=True)]
                place = last
        return [
            piece for piece in [*pieces, Piece(text[place:end]), Piece("…" if end < len(text) else "")] if piece.text
        ]

    def _marks(self, text: str) -> list[tuple[int, int, str]]:
        """Return where the words stand, and which each is."""
        found = [
            (match.start(), match.end(), term)
            for match in self._candidate.finditer(text)
            if (term := self._wanted(match.group()))
        ]
        for run in self._runs:
            found += [(match.start(), match.end(), run) for match in re.finditer(re.escape(run), text)]
        return found

    def _wanted(self, word: str) -> str:
        """Return the term that is looked for and is this word's; nothing if none is."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._term_wanted(word)
        return known

    def _term_wanted(self, word: str) -> str:
        for name, terms in self._terms:
            term = term_of_word(name, word)
            if term in terms:
                return term
        if self._beginnings:
            plain = term_of_word(PLAIN, word)
            if plain.startswith(self._beginnings):
                return plain
        return ""


def _start(text: str, marks: Sequence[tuple[int, int, str]]) -> int:
    """Return where the passage begins: before the mark from which on most different words follow."""
    best, most = 0, 0
    for number, (first, _, _) in enumerate(marks):
        near = {term for start, _, term in marks[number : number + 30] if start < first + LENGTH - LEAD}
        if len(near) > most:
            best, most = first, len(near)
    if best <= LEAD:
        return 0
    sentences = [match.end() for match in SENTENCE.finditer(text, best - LEAD * 2, best)]
    if sentences:
        return sentences[-1]
    space = text.find(" ", best - LEAD, best)
    return space + 1 if space != -1 else best


def _end(text: str, start: int) -> int:
    if start + LENGTH >= len(text):
        return len(text)
    space = text.rfind(" ", start + LENGTH // 2, start + LENGTH)
    return space if space != -1 else start + LENGTH
