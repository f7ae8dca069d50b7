"""Reads of whole stories, many at once: for feeds and for whatever else gives them to machines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue

from broadsheet.bylines.models import Contributor
from broadsheet.kit import rendering
from broadsheet.pages.cache_keys import page_key
from broadsheet.pages.models import BasePage
from broadsheet.photos.models import Photo
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.stories.models import Story
from broadsheet.stories.notes import RecordSummary
from broadsheet.stories.record_selectors import records_of
from broadsheet.topics.models import Topic


@dataclass(frozen=True)
class WholeStory:
    """A published story with all that stands in it, read already."""

    story: Story
    blocks: Sequence[Any]
    bylines: Sequence[Byline]
    topics: Sequence[Topic]
    record: RecordSummary

    @property
    def pk(self) -> int:
        """The story's number."""
        return self.story.pk

    def say_what_is_read(self) -> None:
        """Say to the page that is being rendered that it shows this story and everything in it."""
        story = self.story
        shown = [story.section, story.lead_photo, story.dateline_place, *self.topics, *photos_in(self.blocks)]
        shown += [byline.contributor for byline in self.bylines]
        rendering.read_under([page_key(story.pk), *(key for one in shown if one for key in one.change_keys())])
        rendering.read_under(page_key(page.pk) for page in _things_in(self.blocks) if isinstance(page, BasePage))


def whole_stories(ids: Sequence[int]) -> dict[int, WholeStory]:
    """Return those of the stories that are published, in a fixed number of queries however many they are.

    The caller says what is read of them (`WholeStory.say_what_is_read`).
    """
    rows = Story.objects.filter(pk__in=ids, live=True).order_by()
    stories = {story.pk: story for story in rows.select_related("section", "lead_photo", "dateline_place")}
    blocks = _blocks_of(stories.values())
    bylines, topics, records = _bylines_of(stories), _topics_of(stories), records_of(list(stories))
    return {
        pk: WholeStory(story, blocks[pk], bylines.get(pk, ()), topics.get(pk, ()), records[pk])
        for pk, story in stories.items()
        if not records[pk].is_taken_down
    }


def photos_in(blocks: Iterable[Any]) -> list[Photo]:
    """Return the photos in some blocks, in their order."""
    return [thing for thing in _things_in(blocks) if isinstance(thing, Photo)]


def _things_in(value: Any) -> Iterator[Any]:
    """Yield the photos and pages that a value of the body holds, however deep."""
    if isinstance(value, Photo | BasePage):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _things_in(part)
    elif isinstance(value, StreamValue.StreamChild):
        yield from _things_in(value.value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from _things_in(part)


def _blocks_of(stories: Iterable[Story]) -> dict[int, list[Any]]:
    """Return the blocks of many bodies: Wagtail reads the photos of one body at once, so they are made one body."""
    raw: list[Any] = []
    places = {}
    for story in stories:
        own = [item for item in story.body.raw_data if item["type"] in story.body.stream_block.child_blocks]
        places[story.pk] = slice(len(raw), len(raw) + len(own))
        raw += own
    whole = list(StreamValue(Story.body.field.stream_block, raw, is_lazy=True))
    return {pk: whole[place] for pk, place in places.items()}


def _bylines_of(stories: Iterable[int]) -> dict[int, list[Byline]]:
    rows = list(Byline.objects.filter(story__in=list(stories)).order_by())
    people = Contributor.objects.in_bulk({row.contributor_id for row in rows})
    for row in rows:
        row.contributor = people[row.contributor_id]
    return _by_story(sorted(rows, key=lambda row: (row.sort_order or 0, row.pk)))


def _topics_of(stories: Iterable[int]) -> dict[int, list[Topic]]:
    rows = StoryTopic.objects.filter(story__in=list(stories)).select_related("topic").order_by()
    found = _by_story(sorted(rows, key=lambda row: (row.sort_order or 0, row.pk)))
    return {pk: [row.topic for row in attached] for pk, attached in found.items()}


def _by_story(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.story_id, []).append(row)
    return found
