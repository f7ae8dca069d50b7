"""Finds the paper's own topics in a text: whole words, longest names first, whatever the case and diacritics."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from broadsheet.kit.text import fold

TOKEN = re.compile(
    # scripts written without spaces: each character is a word
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
    r"|[^\w\s]|_"
)
SHORTEST_NAME = 2
"""Characters; a single letter names nothing that could be told from the text around it."""


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """A topic named in a text: how often, and at which word first."""

    topic_id: int
    count: int
    first: int


@dataclass(slots=True)
class _Node:
    """A place in the tree of names: the words that may follow, and the topics whose name ends here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    topic_ids: list[int] = field(default_factory=list)


class TopicFinder:
    """Knows the names of topics, as a tree of words, and finds them in any number of texts.

    A text is read once; at each word the tree is followed as far as the text goes along with it. The work grows with
    the text's length and the longest name, not with the number of names.
    """

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take (name or synonym, topic's id); one name may stand for several topics."""
        self._root = _Node()
        self.steps = 0
        """Look-ups made in the tree by all texts so far."""
        for name, topic_id in names:
            self._add(tokens_of(name), topic_id)

    def _add(self, tokens: list[str], topic_id: int) -> None:
        if sum(map(len, tokens)) < SHORTEST_NAME or not any(token.isalnum() for token in tokens):
            return
        node = self._root
        for token in tokens:
            node = node.following.setdefault(token, _Node())
        if topic_id not in node.topic_ids:
            node.topic_ids.append(topic_id)

    def find(self, text: str) -> list[FoundTopic]:
        """Return the topics named in `text`, most often named first, then earliest.

        Of names that begin at the same word the longest counts; inside a name that was found no other is looked for.
        """
        tokens = tokens_of(text)
        counts: dict[int, int] = {}
        first: dict[int, int] = {}
        place = 0
        while place < len(tokens):
            length, topic_ids = self._longest_at(tokens, place)
            for topic_id in topic_ids:
                counts[topic_id] = counts.get(topic_id, 0) + 1
                first.setdefault(topic_id, place)
            place += length or 1
        found = [FoundTopic(topic_id, count, first[topic_id]) for topic_id, count in counts.items()]
        return sorted(found, key=lambda one: (-one.count, one.first, one.topic_id))

    def _longest_at(self, tokens: list[str], place: int) -> tuple[int, list[int]]:
        node: _Node | None = self._root
        longest: tuple[int, list[int]] = (0, [])
        for end in range(place, len(tokens)):
            self.steps += 1
            node = node.following.get(tokens[end]) if node else None
            if node is None:
                break
            if node.topic_ids:
                longest = (end - place + 1, node.topic_ids)
        return longest


def tokens_of(text: str) -> list[str]:
    """Return the words and signs of a text, folded; spaces only part them, and marks over letters are dropped."""
    letters = (c for c in unicodedata.normalize("NFC", text) if not unicodedata.combining(c))
    return TOKEN.findall(fold("".join(letters)))
