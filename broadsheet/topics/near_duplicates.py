"""Topics that may be one and the same: by their names, or because the same stories are about them.

Made for 10,000 topics within a second, and so without comparing each with each: names that differ by a letter or two
have a remnant in common once a letter is taken out of each, and meet there.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import combinations

from broadsheet.topics.find_topics import tokens_of

Pair = tuple[int, int]
"""Two topics' ids, the smaller first."""
SHORTEST_MISSPELT = 5
"""Letters; of shorter names a letter more or less makes another name."""
LONG_NAME = 9
"""Letters from which on two may differ: two replaced, or one too many here and one there."""
MOST_ALIKE = 50
"""Names that meet in one place; of more, such as "Council 1" to "Council 999", nothing is said."""
LEAST_STORIES = 5
SAME_STORIES = 0.9
"""The share of the stories of the rarer topic that both must have."""


class Likeness(IntEnum):
    """Why two topics look alike, the surest first."""

    SAME_NAME = 1
    SYNONYM = 2
    SAME_WORDS = 3
    MISSPELT = 4
    SAME_STORIES = 5


@dataclass(frozen=True)
class NamedTopic:
    """A topic with its names as they are compared."""

    pk: int
    name: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class NearDuplicate:
    """Two topics, and everything in which they look alike."""

    one: int
    other: int
    why: tuple[Likeness, ...]


@dataclass
class _Found:
    pairs: dict[Pair, set[Likeness]] = field(default_factory=lambda: defaultdict(set))

    def add(self, ids: Iterable[int], why: Likeness, are_alike: Callable[[int, int], bool] | None = None) -> None:
        """Note every two of these topics, which meet in one place, unless they are too many."""
        found = sorted(set(ids))
        if len(found) > MOST_ALIKE:
            return
        for one, other in combinations(found, 2):
            if are_alike is None or are_alike(one, other):
                self.pairs[one, other].add(why)


def near_duplicates(topics: Iterable[NamedTopic], *, together: Mapping[Pair, float]) -> list[NearDuplicate]:
    """Return pairs of topics that look alike, the surest first, then by number.

    `together` is the share of stories that two topics have in common (`stories/same_stories.py`).
    """
    known = list(topics)
    found = _Found()
    names = {topic.pk: comparable(topic.name) for topic in known}
    _by_name(found, known, names)
    _by_spelling(found, names)
    for (one, other), share in together.items():
        if share >= SAME_STORIES and one in names and other in names:
            found.add((one, other), Likeness.SAME_STORIES)
    pairs = [NearDuplicate(one, other, tuple(sorted(why))) for (one, other), why in found.pairs.items()]
    return sorted(pairs, key=lambda pair: (pair.why[0], -len(pair.why), pair.one, pair.other))


def comparable(name: str) -> str:
    """Return a name's words without case, marks over letters and signs between them."""
    return " ".join(token for token in tokens_of(name) if token.isalnum())


def _by_name(found: _Found, topics: Iterable[NamedTopic], names: Mapping[int, str]) -> None:
    same: dict[str, list[int]] = defaultdict(list)
    written: dict[str, set[int]] = defaultdict(set)
    words: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for topic in topics:
        name = names[topic.pk]
        same[name].append(topic.pk)
        written[name].add(topic.pk)
        words[tuple(sorted(name.split()))].append(topic.pk)
        for synonym in topic.synonyms:
            written[comparable(synonym)].add(topic.pk)
    for name, ids in same.items():
        if name:
            found.add(ids, Likeness.SAME_NAME)
    for name, written_by in written.items():
        if name:
            found.add(written_by, Likeness.SYNONYM, lambda one, other: names[one] != names[other])
    for ids in words.values():
        found.add(ids, Likeness.SAME_WORDS, lambda one, other: names[one] != names[other])


def _by_spelling(found: _Found, names: Mapping[int, str]) -> None:
    remnants: dict[str, set[int]] = defaultdict(set)
    for pk, name in names.items():
        if len(name) >= SHORTEST_MISSPELT:
            remnants[name].add(pk)
            for place in range(len(name)):
                remnants[name[:place] + name[place + 1 :]].add(pk)
    for ids in remnants.values():
        if len(ids) > 1:
            found.add(ids, Likeness.MISSPELT, lambda one, other: is_misspelt(names[one], names[other]))


def is_misspelt(one: str, other: str) -> bool:
    """Tell whether one of two names may be the other misspelt: they differ by a letter, long ones by two.

    Numbers make a difference: "Line 2" is not "Line 3", nor "Budget 2015" "Budget 2016".
    """
    if one == other or _digits(one) != _digits(other):
        return False
    most = 2 if min(len(one), len(other)) >= LONG_NAME else 1
    return distance(one, other, most=most) <= most


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many letters must be put in, taken out, replaced or swapped with the next; `most` + 1 for more.

    This is the restricted Damerau-Levenshtein distance.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    earlier: list[int] = []
    before = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        row = [place]
        for index, wanted in enumerate(other, start=1):
            cost = min(before[index] + 1, row[-1] + 1, before[index - 1] + (letter != wanted))
            swapped = place > 1 and index > 1 and letter == other[index - 2] and one[place - 2] == wanted
            row.append(min(cost, earlier[index - 2] + 1) if swapped else cost)
        if min(row) > most:
            return most + 1
        earlier, before = before, row
    return before[-1]


def _digits(name: str) -> str:
    return "".join(letter for letter in name if letter.isdigit())
