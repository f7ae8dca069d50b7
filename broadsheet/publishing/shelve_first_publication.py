"""A story's address carries the day it was first published; a draft may have been made on another day."""

from typing import Any

from broadsheet.pages.models import BasePage
from broadsheet.stories.models import Story
from broadsheet.stories.shelves import place_story


def shelve_first_publication(sender: type[BasePage], instance: BasePage, **details: Any) -> None:
    """Receiver of `page_published`: move a story published for the first time to its day in the archive."""
    if not isinstance(instance, Story) or instance.first_published_at != instance.last_published_at:
        return
    place_story(instance)
