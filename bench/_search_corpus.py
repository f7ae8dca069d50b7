"""A paper of invented words for measuring search: Zipf's law over 150,000 words, people with names, twenty years."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice, product

from broadsheet.search.engine.interface import Document, Kind

ONSETS = ("b", "br", "c", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w")
RHYMES = ("a", "an", "ar", "e", "el", "en", "i", "in", "o", "or", "ul", "um")
VOCABULARY = 150_000
SHIFT = 2.7
"""Mandelbrot's: the first words are not quite as frequent as Zipf's law has it."""
PARAGRAPHS, PARAGRAPH_WORDS = 40_000, 60
"""Texts are put together from this many paragraphs, which is much faster than from words, and one of their own."""
PARAGRAPHS_OF_STORY = 8
PEOPLE, TOPICS, SECTIONS, YEARS = 3_000, 400, 12, 20
NEWEST = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
QUERIES = 60
"""Of each class, the same for every engine."""


@cache
def vocabulary() -> list[str]:
    """Return the words, the most frequent first."""
    syllables = ["".join(pair) for pair in product(ONSETS, RHYMES)]
    chance = random.Random(1)
    singles, pairs = list(syllables), ["".join(pair) for pair in product(syllables, repeat=2)]
    chance.shuffle(singles)
    chance.shuffle(pairs)
    triples = ("".join(chance.choices(syllables, k=3)) for _ in range(VOCABULARY * 2))
    return list(islice(dict.fromkeys([*singles, *pairs, *triples]), VOCABULARY))


@cache
def weights() -> list[float]:
    """Return how often words come, added up."""
    return list(accumulate(1 / (rank + SHIFT) for rank in range(VOCABULARY)))


@cache
def paragraphs() -> list[str]:
    """Return the paragraphs that stories share."""
    chance = random.Random(2)
    return [_paragraph(chance) for _ in range(PARAGRAPHS)]


@cache
def people() -> list[str]:
    """Return names of people: of 60 first names and 700 last ones."""
    chance = random.Random(3)
    first = [word.capitalize() for word in vocabulary()[3_000:3_060]]
    last = [word.capitalize() for word in vocabulary()[20_000:20_700]]
    return list(dict.fromkeys(f"{chance.choice(first)} {chance.choice(last)}" for _ in range(PEOPLE)))


def story(number: int) -> Document:
    """Return a story; the same of this number on every machine. Number 0 is the newest."""
    chance = random.Random(number)
    named = chance.choices(people(), k=3)
    shared = chance.choices(paragraphs(), k=PARAGRAPHS_OF_STORY)
    own = " ".join((_paragraph(chance), *named))
    topics = sorted({int(chance.paretovariate(0.9)) % TOPICS for _ in range(3)})
    return Document(
        kind=Kind.STORY,
        pk=number + 1,
        language="en",
        title=" ".join(chance.choices(vocabulary(), cum_weights=weights(), k=7)),
        standfirst=" ".join(chance.choices(vocabulary(), cum_weights=weights(), k=18)),
        body="\n".join([own, *shared]),
        photo_words=f"{named[0]} at work. Photo: {named[1]}",
        names=[named[2]],
        section=1 + number % SECTIONS,
        topics=[topic + 1 for topic in topics],
        people=[1 + people().index(named[2])] if number % 50 == 0 else [1 + number % PEOPLE],
        work_type=chance.choice(("news", "news", "news", "analysis", "opinion")),
        published_at=NEWEST - dt.timedelta(days=chance.random() * 365.25 * YEARS),
        version=number + 1,
    )


def stories(first: int, end: int) -> Iterator[Document]:
    """Yield stories by their numbers."""
    return (story(number) for number in range(first, end))


@dataclass(frozen=True)
class Words:
    """What is looked for, class by class."""

    common: list[str]
    usual: list[str]
    rare: list[str]
    pairs: list[tuple[str, str]]
    names: list[str]
    beginnings: list[str]
    typos: list[str]


def words() -> Words:
    """Return what is looked for in every engine."""
    chance, known = random.Random(4), vocabulary()
    usual = chance.sample(known[600:4_000], QUERIES)
    rare = [word for word in chance.sample(known[25_000:90_000], QUERIES * 2) if len(word) >= 6][:QUERIES]
    return Words(
        common=known[4 : 4 + QUERIES],
        usual=usual,
        rare=rare,
        pairs=list(zip(usual, chance.sample(known[300:2_000], QUERIES), strict=True)),
        names=chance.sample(people(), QUERIES),
        beginnings=[word[:4] for word in chance.sample(known[300:9_000], QUERIES)],
        typos=[word[:3] + word[4] + word[3] + word[5:] for word in rare],
    )


def _paragraph(chance: random.Random) -> str:
    return " ".join(chance.choices(vocabulary(), cum_weights=weights(), k=PARAGRAPH_WORDS)).capitalize() + "."
