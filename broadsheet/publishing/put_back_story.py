"""Puts back a story that was taken down: as a draft, which is published like any other, or not."""

from wagtail.log_actions import log

from broadsheet.accounts.models import User
from broadsheet.changes.append_change import append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.kit import clock
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.cache_keys import block_key, card_key, page_key
from broadsheet.photos.cache_keys import photo_key
from broadsheet.photos.withdraw_photos import return_photos
from broadsheet.publishing.log_acts import PUT_BACK
from broadsheet.publishing.publish_story import locked
from broadsheet.stories.cache_keys import CORRECTIONS
from broadsheet.stories.models import PublishedVersion, RecordedKind, Story, Takedown
from broadsheet.stories.record import NOTED_CLASSES
from broadsheet.stories.taken_down import stand_in_title, takedown_in_force


class NotTakenDownError(Exception):
    """The story is not taken down, or no longer."""


def put_back_story(*, story: Story, user: User, reason: str) -> None:
    """Bring back the text of a taken down story as an unpublished draft, and let its photos be shown again.

    Readers still see nothing of it: whoever wants that publishes it. A photo stays withdrawn while another takedown
    names it. Raises NotTakenDownError, and ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("The record is told why a story is put back.")
    with write_transaction():
        present = locked(story)
        takedown = takedown_in_force(present.pk)
        if takedown is None:
            raise NotTakenDownError
        takedown.lifted_at, takedown.lifted_by_name = clock.now(), str(user)[:200]
        takedown.save(update_fields=["lifted_at", "lifted_by_name"])
        photo_ids = _no_longer_held(takedown)
        return_photos(photo_ids=photo_ids)
        _bring_back(present)
        log(
            instance=present,
            action=PUT_BACK,
            user=user,
            title=stand_in_title(present.pk),
            data={"reason": reason.strip(), "photos": sorted(photo_ids)},
        )
        photos = {photo_key(pk) for pk in photo_ids}
        notes = {CORRECTIONS} if _has_notes(present.pk) else set()
        own = {page_key(present.pk), card_key(present.pk), block_key(present.pk)}
        append_change(keys=own | {ADDRESSES} | photos | notes)
    story.refresh_from_db()


def _has_notes(page_id: int) -> bool:
    """Tell whether readers find notes of the story among the corrections again, where they were withheld."""
    versions = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=page_id)
    return versions.filter(change_class__in=NOTED_CLASSES).exists()


def _no_longer_held(takedown: Takedown) -> set[int]:
    """Return the photos of a takedown that no other one in force names."""
    others = Takedown.objects.filter(lifted_at__isnull=True).exclude(pk=takedown.pk).values_list("photo_ids", flat=True)
    return set(takedown.photo_ids) - {pk for held in others for pk in held}


def _bring_back(story: Story) -> None:
    """Fill the story's row from its last version, as a draft; its times and schedules stay as they are."""
    draft = story.get_latest_revision_as_object()
    draft.go_live_at = draft.expire_at = None
    draft.live, draft.has_unpublished_changes = False, True
    draft.draft_title = draft.title
    draft.save(clean=False)
