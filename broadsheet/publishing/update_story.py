"""Replaces what readers see of a published story by its newest version, and tells them why."""

from broadsheet.accounts.models import User
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.publish_story import locked, publish_story
from broadsheet.stories.models import ChangeClass, Story


class NotPublishedError(Exception):
    """What was never published, or is no longer, cannot be updated: it is published."""


def update_story(
    *, story: Story, user: User, change_class: ChangeClass, note: str = "", is_serious: bool = False
) -> None:
    """Publish the newest version of a published story at once, with the kind of change and a note to readers.

    The note is compulsory from a clarification on; `is_serious` sets it at the story's head instead of its foot.
    Raises NotPublishedError, NoteMissingError and ValidationError; readers then see the story as before.
    """
    with write_transaction():
        present = locked(story)
        if not present.live:
            raise NotPublishedError
        version = present.get_latest_revision_as_object()
        version.change_class, version.change_note, version.change_is_serious = change_class, note, is_serious
        publish_story(story=story, user=user, revision=version.save_revision(user=user, clean=False))
