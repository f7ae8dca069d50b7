"""Corrects a published story: readers get the right text, and are told what was wrong."""

from broadsheet.accounts.models import User
from broadsheet.publishing.update_story import update_story
from broadsheet.stories.models import ChangeClass, Story
from broadsheet.stories.record import NOTED_CLASSES


def correct_story(
    *,
    story: Story,
    user: User,
    note: str,
    change_class: ChangeClass = ChangeClass.CORRECTION,
    is_serious: bool = False,
) -> None:
    """Publish the newest version of a story as its correction (clarification, retraction) with a note to readers.

    The note stands at the story and on /corrections/ from then on. Raises ValueError for a class that is none of
    these, and what `update_story` raises.
    """
    if change_class not in NOTED_CLASSES:
        raise ValueError(f"{change_class} is not a kind of correction.")
    update_story(story=story, user=user, change_class=change_class, note=note, is_serious=is_serious)
