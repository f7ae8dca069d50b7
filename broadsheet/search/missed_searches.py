"""Counts what readers look for and the paper has not: in memory first, so that no reader waits for the database.

What is counted says nothing about anybody: words without what makes them personal, the hour, how often. Whatever looks
like an address, a number or a whole sentence is counted, and not kept.
"""

from collections import Counter

from django.conf import settings
from django.utils import timezone

from broadsheet.kit import clock
from broadsheet.kit.written_later import WrittenLater
from broadsheet.search.best_bets import words_looked_for
from broadsheet.search.count_missed_searches import ALL_OTHERS, SearchInVain, count_missed_searches
from broadsheet.search.query_language import understood
from broadsheet.search.search_stories import Answer

SHORTEST, LONGEST = 2, 60
"""Characters of a search that is kept: a longer one tells a story."""
MOST_WORDS = 6
MOST_FIGURES = 4
"""A year has four; telephone numbers, cards and identity papers have more."""
ADDRESS_SIGNS = ("@", "＠", "﹫", "://", "www.")


class SearchCounter(WrittenLater[SearchInVain]):
    """The counts of one process."""

    name = "searches in vain"

    def one_too_many(self, counted: SearchInVain) -> SearchInVain:
        """Count it under all others."""
        return SearchInVain(counted.day, counted.hour, ALL_OTHERS)

    def write_down(self, counts: Counter[SearchInVain]) -> None:
        """Add them to those of the day."""
        count_missed_searches(counts=counts)


COUNTER = SearchCounter()


def note_missed_search(answer: Answer) -> None:
    """Count a search if nothing was found."""
    if not answer.is_in_vain:
        return
    now = timezone.localtime(clock.now(), timezone.get_default_timezone())
    COUNTER.add(SearchInVain(now.date(), now.hour, countable(answer.asked.text)))
    if settings.COUNT_MISSES:
        COUNTER.start_writing()


def countable(text: str) -> str:
    """Return the words under which a search is counted; those of all others where they might tell of somebody."""
    words = words_looked_for(understood(text))
    figures = sum(character.isdigit() for character in words)
    is_short = SHORTEST <= len(words) <= LONGEST and len(words.split()) <= MOST_WORDS
    is_address = any(sign in text.lower() for sign in ADDRESS_SIGNS)
    has_letters = any(character.isalpha() for character in words)
    return words if is_short and has_letters and figures <= MOST_FIGURES and not is_address else ALL_OTHERS
