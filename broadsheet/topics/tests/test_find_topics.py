"""Topics found in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.topics.find_topics import TopicFinder, tokens_of
from broadsheet.topics.models import TopicSynonym
from broadsheet.topics.selectors import topics_in
from broadsheet.topics.tests.factories import TopicFactory


def ids(names: dict[str, int], text: str) -> list[int]:
    return [found.topic_id for found in TopicFinder(names.items()).find(text)]


def test_case_and_diacritics_do_not_matter():
    assert ids({"Zürich": 1, "BÉJAÏA": 2}, "From zurich to Bejaia") == [1, 2]
    assert ids({"Béjaïa": 1}, "Be\u0301jai\u0308a") == [1]


def test_only_whole_words_count():
    assert ids({"port": 1, "Iran": 2}, "The airport of Tirana imports") == []
    assert ids({"Port": 1}, "The port's cranes") == [1]


def test_the_longest_name_wins_over_those_inside_it():
    names = {"York": 1, "New York": 2, "New York Times": 3}

    assert ids(names, "New York Times") == [3]
    assert ids(names, "in New York, timeless") == [2]


def test_a_name_does_not_reach_over_the_end_of_a_sentence():
    assert ids({"Paris Hilton": 1}, "We went to Paris. Hilton did not") == []


def test_names_are_found_in_scripts_without_spaces_and_from_right_to_left():
    assert ids({"東京": 1}, "彼は東京都に住む") == [1]
    assert ids({"القاهرة": 1}, "في القاهرة اليوم") == [1]
    assert ids({"ירושלים": 1}, "עיר יְרוּשָׁלַיִם העתיקה") == [1]


def test_those_named_most_come_first_then_the_earliest():
    found = TopicFinder([("a1", 1), ("b1", 2), ("c1", 3)]).find("c1 b1 a1 b1")

    assert [(one.topic_id, one.count, one.first) for one in found] == [(2, 2, 1), (3, 1, 0), (1, 1, 2)]


def test_a_name_shared_by_two_topics_finds_both():
    assert TopicFinder([("Georgia", 1), ("Georgia", 2), ("Georgia", 2)]).find("Georgia")[1].count == 1


WORDS = st.sampled_from(["ferry", "Ferry", "port", "new", "york", "é", "e", ".", "-", "東", "京"])
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=8)


@given(names=NAMES, text=st.lists(WORDS, max_size=30).map(" ".join))
def test_it_agrees_with_a_naive_search(names, text):
    finder = TopicFinder((name, number) for number, name in enumerate(names))
    known = {tuple(tokens_of(name)) for name in names}
    usable = {name for name in known if sum(map(len, name)) >= 2 and any(token.isalnum() for token in name)}
    tokens, place = tokens_of(text), 0
    expected: dict[int, int] = {}
    while place < len(tokens):
        here = [name for name in usable if tuple(tokens[place : place + len(name)]) == name]
        longest = max(here, key=len, default=())
        for number, name in enumerate(names):
            if longest and tuple(tokens_of(name)) == longest:
                expected[number] = expected.get(number, 0) + 1
        place += len(longest) or 1

    assert {one.topic_id: one.count for one in finder.find(text)} == expected


def test_the_work_does_not_grow_with_the_number_of_topics():
    text = " ".join(f"word{number} of the council" for number in range(5_000))
    few = TopicFinder([("council tax", 1)])
    many = TopicFinder((f"council matter {number}", number) for number in range(10_000))

    few.find(text)
    many.find(text)

    assert many.steps == few.steps <= 2 * len(tokens_of(text))


@pytest.mark.django_db
def test_synonyms_find_their_topic_and_merged_topics_are_not_offered():
    ferries = TopicFactory.create(name="Ferries")
    TopicSynonym.objects.create(topic=ferries, name="passenger boat")
    TopicFactory.create(name="Boats", merged_into=ferries)

    found = topics_in("Boats: a passenger boat sank", limit=5)

    assert [(topic.name, one.count) for topic, one in found] == [("Ferries", 1)]
