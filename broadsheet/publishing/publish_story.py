"""Publishes a story: its newest version becomes what readers see."""

from typing import TypeVar

from wagtail.models import DraftStateMixin, Revision

from broadsheet.accounts.models import User
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.publishing.occasion import Occasion
from broadsheet.publishing.publish_revision import publish_revision
from broadsheet.stories.models import Story

Draftable = TypeVar("Draftable", bound=DraftStateMixin)


def publish_story(
    *, story: Story, user: User | None, revision: Revision | None = None, occasion: Occasion | None = None
) -> None:
    """Publish a story's newest version, or the given one, at once, whatever go-live time stands in it.

    Raises ValidationError for a story that is not ready, TakenDownError, and for an update NoteMissingError.
    """
    with write_transaction():
        present = locked(story)
        version = revision or present.get_latest_revision() or present.save_revision(user=user)
        if version.content.get("go_live_at"):
            draft = version.as_object()
            draft.go_live_at = None
            version = draft.save_revision(user=user, clean=False)
        publish_revision(revision=version, user=user, occasion=occasion)
    story.refresh_from_db()


def locked(instance: Draftable) -> Draftable:
    """Return what has drafts as it is now, and have others who publish it wait until this transaction ends."""
    rows = type(instance)._default_manager.select_for_update(of=("self",))
    found: Draftable = rows.get(pk=instance.pk)
    return found
