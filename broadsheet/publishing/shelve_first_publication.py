"""A story's address carries the day it was first published; a draft may have been made on another day."""

from broadsheet.stories.models import Story
from broadsheet.stories.shelves import place_story


def shelve_first_publication(story: Story) -> None:
    """Move a story that is published or scheduled for the first time to its day in the archive."""
    if story.first_published_at == story.last_published_at:
        place_story(story, was_public=False)
