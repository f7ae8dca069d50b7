"""Synthetic stories: endless, never alike, and the same in every run."""

import datetime as dt
from collections import Counter

import pytest
import time_machine

from broadsheet.bylines.models import Contributor
from broadsheet.demo.load_synthetic import OLDER_THAN, SOURCE_SLUG, load_synthetic
from broadsheet.demo.synthetic import HEADLINE_WORDS, MIX, Shelves, headline, synthetic_stories, vocabulary
from broadsheet.kit import clock
from broadsheet.kit.html import text_of
from broadsheet.sections.models import Section
from broadsheet.stories.models import Story
from broadsheet.topics.models import Topic

NEWEST_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SHELVES = Shelves(sections=[1, 2], topics=[1, 2, 3], contributors=[7, 8], photos=[], source=9)


@pytest.fixture
def house(db) -> None:
    """A paper just large enough to be filled up."""
    Section.objects.create(name="City", slug="city")
    Topic.objects.create(name="Floods", slug="floods")
    Contributor.objects.create(name="Aoife Tran", slug="aoife-tran")


def test_no_two_headlines_are_alike() -> None:
    count = 200_000

    assert len({headline(number).lower() for number in range(count)}) == count
    assert (HEADLINE_WORDS**3) % MIX != 0
    assert MIX % 2 == 1
    assert MIX % 5 != 0


def test_a_story_is_the_same_in_every_run() -> None:
    once = list(synthetic_stories(first=0, end=20, newest_at=NEWEST_AT, shelves=SHELVES))
    later = list(synthetic_stories(first=15, end=20, newest_at=NEWEST_AT, shelves=SHELVES))

    assert once[15:] == later


def test_words_are_as_unevenly_frequent_as_those_of_a_language() -> None:
    stories = synthetic_stories(first=0, end=400, newest_at=NEWEST_AT, shelves=SHELVES)
    counts = Counter(word for story in stories for block in story.body for word in text_of(block["value"]).split())

    most, tenth = (count for _, count in (counts.most_common(10)[0], counts.most_common(10)[9]))

    assert len(set(vocabulary())) == len(vocabulary())
    assert 5 < most / tenth < 20


def test_the_paper_is_filled_up_to_the_number_and_no_further(house) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        first, second, third = (load_synthetic(total=total) for total in (30, 45, 45))

        assert (first, second, third) == (30, 15, 0)
        assert Story.objects.live().count() == 45
        assert len({story.title for story in Story.objects.all()}) == 45
        assert not Story.objects.filter(first_published_at__gt=clock.now() - OLDER_THAN).exists()
        assert Contributor.objects.get(slug=SOURCE_SLUG).bylines.count() == 45


def test_the_loader_tells_how_far_it_is(house) -> None:
    told: list[tuple[str, int, int]] = []

    load_synthetic(total=5, progress=lambda *news: told.append(news))

    assert told == [("synthetic stories", 5, 5)]
