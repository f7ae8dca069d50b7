"""Synthetic stories, any number of them, for measuring: made-up words, as unevenly frequent as those of a language.

Story number n is the same on every machine and in every run, so that an interrupted load goes on where it ended.
"""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from typing import Any

from broadsheet.pages.models import WorkType
from broadsheet.stories.bulk_load import StoryRecord

ONSETS = ("b", "br", "c", "d", "f", "g", "gr", "h", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w")
RHYMES = ("a", "and", "ar", "e", "el", "en", "i", "in", "o", "or", "ull", "um")
VOCABULARY_SIZE = 20_000
HEADLINE_WORDS = 400
"""Words that headlines draw on, the most frequent but for the little ones; three of them are in each headline."""
LITTLE_WORDS = 60
MIX = 10_000_019
"""A prime that shares no factor with the number of headlines, so that neighbours do not resemble one another."""
INTERVAL = dt.timedelta(minutes=30)
"""From one story to the next older one: 48 a day, which is a large regional paper."""
WORK_TYPES = (*[WorkType.NEWS] * 16, WorkType.ANALYSIS, WorkType.OPINION, WorkType.EXPLAINER, WorkType.REVIEW)
ONE_IN_WITH_PHOTO = 4


@dataclass(frozen=True)
class Shelves:
    """Keys of what synthetic stories are filed under; those that come first are chosen most often."""

    sections: Sequence[int]
    topics: Sequence[int]
    contributors: Sequence[int]
    photos: Sequence[int]
    source: int
    """The contributor who marks a story as synthetic."""


def synthetic_stories(*, first: int, end: int, newest_at: dt.datetime, shelves: Shelves) -> Iterator[StoryRecord]:
    """Yield the stories numbered from `first` up to but not including `end`; number 0 is the newest."""
    for number in range(first, end):
        yield _story(number, newest_at - number * INTERVAL, shelves)


def headline(number: int) -> str:
    """Return the headline of a story; no two are alike below 64 million."""
    words = vocabulary()[LITTLE_WORDS : LITTLE_WORDS + HEADLINE_WORDS]
    mixed = number * MIX % HEADLINE_WORDS**3
    rest, last = divmod(mixed, HEADLINE_WORDS)
    first, middle = divmod(rest, HEADLINE_WORDS)
    little = vocabulary()[number % LITTLE_WORDS]
    return f"{words[first]} {words[middle]} {little} {words[last]}".capitalize()


@cache
def vocabulary() -> list[str]:
    """Return made-up words, the most frequent first; short words are the frequent ones, as in every language."""
    syllables = [onset + rhyme for onset, rhyme in product(ONSETS, RHYMES)]
    order = random.Random(1)  # noqa: S311 (nothing is to be kept secret)
    pairs = [a + b for a, b in product(syllables, syllables)]
    order.shuffle(syllables)
    order.shuffle(pairs)
    return [*syllables, *pairs][:VOCABULARY_SIZE]


@cache
def _cumulative(count: int) -> list[float]:
    """Return running sums of 1, 1/2, 1/3 …: Zipf's law for `count` things in order of frequency."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


def _story(number: int, moment: dt.datetime, shelves: Shelves) -> StoryRecord:
    chance = random.Random(number)  # noqa: S311 (nothing is to be kept secret)
    with_photo = shelves.photos and chance.randrange(ONE_IN_WITH_PHOTO) == 0
    title = headline(number)
    return StoryRecord(
        headline=title,
        slug=title.lower().replace(" ", "-"),
        published_at=moment,
        body=[_paragraph(chance, number, place) for place in range(chance.randint(3, 7))],
        kicker=vocabulary()[chance.randrange(VOCABULARY_SIZE)].capitalize(),
        standfirst=_sentence(chance, 18),
        work_type=chance.choice(WORK_TYPES),
        section_id=_one_of(shelves.sections, chance),
        lead_photo_id=chance.choice(shelves.photos) if with_photo else None,
        bylines=[(_one_of(shelves.contributors, chance), "by"), (shelves.source, "editing")],
        topics=list(dict.fromkeys(_one_of(shelves.topics, chance) for _ in range(chance.randint(1, 4)))),
    )


def _one_of(things: Sequence[int], chance: random.Random) -> int:
    return chance.choices(things, cum_weights=_cumulative(len(things)))[0]


def _paragraph(chance: random.Random, number: int, place: int) -> dict[str, Any]:
    text = " ".join(_sentence(chance, chance.randint(8, 22)) for _ in range(3))
    return {"type": "paragraph", "value": f"<p>{text}</p>", "id": f"{number:08x}-0000-4000-8000-{place:012x}"}


def _sentence(chance: random.Random, length: int) -> str:
    words = chance.choices(vocabulary(), cum_weights=_cumulative(VOCABULARY_SIZE), k=length)
    return " ".join(words).capitalize() + "."
