"""Makers of stories, for tests: published or drafts, on the right shelf of the archive."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from broadsheet.bylines.models import Contributor
from broadsheet.kit import clock
from broadsheet.stories.attachments import Byline, BylineRole, StoryTopic
from broadsheet.stories.models import Series, SeriesPart, SoFarEntry, Story, StorySoFar
from broadsheet.stories.shelves import month_page
from broadsheet.topics.models import Topic


def make_story(
    *,
    headline: str = "Ferry returns to Eastmere",
    published_at: dt.datetime | None = None,
    live: bool = True,
    by: Iterable[Contributor] = (),
    topics: Iterable[Topic] = (),
    **fields: Any,
) -> Story:
    """Make a story as if it had been published at `published_at` (now when not given); a draft with `live=False`."""
    moment = published_at or clock.now()
    story = Story(
        title=headline,
        slug=fields.pop("slug", slugify(headline)[:100] or "story"),
        live=live,
        first_published_at=moment if live else None,
        last_published_at=moment if live else None,
        **fields,
    )
    story.bylines = [Byline(contributor=person, role=BylineRole.BY) for person in by]
    story.story_topics = [StoryTopic(topic=topic) for topic in topics]
    shelf = month_page(clock.local_date(moment))
    made: Story = shelf.add_child(instance=story)
    return made


def make_series(*stories: Story, **fields: Any) -> Any:
    """Make a series of these stories, in this order."""
    series: Any = Series(**{"name": "The river", "slug": "the-river", **fields})
    series.parts = [SeriesPart(story=story) for story in stories]
    series.save()
    return series


def make_so_far(*entries: SoFarEntry, **owner: Any) -> Any:
    """Make the story so far of a topic or a series, with these entries."""
    box: Any = StorySoFar(**owner)
    box.entries = list(entries)
    box.save()
    return box
