import datetime as dt

import pytest

from broadsheet.changes.models import Change
from broadsheet.sections.tests.factories import SectionFactory
from broadsheet.stories.models import Story
from broadsheet.stories.note_similar import note_similar_stories
from broadsheet.stories.related import FurtherReading, find_candidates, further_reading
from broadsheet.stories.selectors import attached_to
from broadsheet.stories.tests.factories import make_story
from broadsheet.topics.models import Topic
from broadsheet.topics.tests.factories import TopicFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2016, 10, 19, 12, tzinfo=dt.UTC)


def reading_of(story: Story, *topics: Topic, pinned: tuple[Story, ...] = ()) -> FurtherReading:
    candidates = find_candidates(
        story_id=story.pk,
        section_id=story.section_id,
        published_at=NOON,
        topics=topics,
    )
    return further_reading(candidates, pinned_ids=[pin.pk for pin in pinned])


def test_a_story_with_two_shared_topics_stands_before_a_newer_one_with_none() -> None:
    tram, budget = TopicFactory(), TopicFactory()
    story = make_story(headline="Tram vote", published_at=NOON, topics=[tram, budget])
    close = make_story(headline="Tram budget", published_at=NOON - dt.timedelta(days=9), topics=[tram, budget])
    half = make_story(headline="Tram breaks down", published_at=NOON - dt.timedelta(days=9), topics=[tram])
    make_story(headline="Football", published_at=NOON + dt.timedelta(hours=1))

    reading = reading_of(story, tram, budget)

    assert [card.pk for card in reading.related] == [close.pk, half.pk]


def test_what_an_editor_pinned_comes_first() -> None:
    tram = TopicFactory()
    story = make_story(headline="Tram vote", published_at=NOON, topics=[tram])
    by_rule = make_story(headline="Tram breaks down", published_at=NOON, topics=[tram])
    pinned = make_story(headline="How we reported this", published_at=NOON - dt.timedelta(days=400))

    reading = reading_of(story, tram, pinned=(pinned,))

    assert [card.pk for card in reading.related] == [pinned.pk, by_rule.pk]


def test_the_shared_section_decides_between_equals() -> None:
    tram, city = TopicFactory(), SectionFactory()
    story = make_story(headline="Tram vote", published_at=NOON, topics=[tram], section=city)
    same_section = make_story(headline="Old tram", published_at=NOON, topics=[tram], section=city)
    other_section = make_story(headline="Tram painting", published_at=NOON, topics=[tram], section=SectionFactory())

    reading = reading_of(story, tram)

    assert [card.pk for card in reading.related] == [same_section.pk, other_section.pk]


def test_no_story_stands_twice_and_none_is_a_draft_or_the_story_itself() -> None:
    tram, budget = TopicFactory(), TopicFactory()
    story = make_story(headline="Tram vote", published_at=NOON, topics=[tram, budget])
    make_story(headline="Draft", live=False, topics=[tram])
    for number in range(9):
        make_story(headline=f"Tram {number}", published_at=NOON - dt.timedelta(days=number), topics=[tram, budget])

    reading = reading_of(story, tram, budget)
    shown = [card.pk for card in reading.related] + [c.pk for group in reading.read_more for c in group.cards]

    assert len(shown) == len(set(shown))
    assert story.pk not in shown
    assert {card.headline for card in reading.related} <= {f"Tram {number}" for number in range(9)}


def test_read_more_is_silent_about_a_topic_on_which_nothing_else_is_written() -> None:
    tram, budget = TopicFactory(name="Trams"), TopicFactory(name="Budget")
    story = make_story(headline="Tram vote", published_at=NOON, topics=[tram, budget])
    for number in range(6):
        make_story(headline=f"Tram {number}", published_at=NOON, topics=[tram])

    reading = reading_of(story, tram, budget)

    assert [group.topic.name for group in reading.read_more] == ["Trams"]


def test_what_reads_alike_is_mixed_with_what_shares_topics() -> None:
    tram = TopicFactory()
    story = make_story(headline="Tram vote", published_at=NOON, topics=[tram])
    near = make_story(headline="Tram breaks down", published_at=NOON - dt.timedelta(days=1), topics=[tram])
    far = make_story(headline="Tram opened", published_at=NOON - dt.timedelta(days=900), topics=[tram])
    alike = [make_story(headline=f"Votes of {year}", published_at=NOON.replace(year=year)) for year in (2009, 2010)]
    draft = make_story(headline="Draft", live=False)

    candidates = find_candidates(
        story_id=story.pk,
        section_id=None,
        published_at=NOON,
        topics=[tram],
        similar_ids=[alike[0].pk, alike[1].pk, draft.pk],
    )
    reading = further_reading(candidates, pinned_ids=[alike[1].pk])

    assert [card.pk for card in reading.related] == [alike[1].pk, near.pk, alike[0].pk]
    assert [card.pk for group in reading.read_more for card in group.cards] == [far.pk]


def test_what_is_noted_as_alike_is_logged_if_it_is_other() -> None:
    one, two, three = (make_story(headline=headline) for headline in ("One", "Two", "Three"))

    assert note_similar_stories(found={one.pk: [two.pk, three.pk], two.pk: [three.pk]}) == 2
    newest = Change.objects.latest("seq")
    assert newest.keys == [f"like:{one.pk}", f"like:{two.pk}"]
    assert note_similar_stories(found={one.pk: [two.pk, three.pk]}) == 0
    assert Change.objects.latest("seq") == newest
    assert attached_to(one.pk).similar_ids == [two.pk, three.pk]

    assert note_similar_stories(found={two.pk: [one.pk]}, gone=[three.pk]) == 2
    assert attached_to(one.pk).similar_ids == [two.pk]
    assert attached_to(two.pk).similar_ids == [one.pk]
