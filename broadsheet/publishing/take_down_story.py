"""Takes a story down: for a legal reason or somebody's safety, everything of it goes at once, and everywhere."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.kit.fail_points import reach
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.photos.cache_keys import photo_key
from broadsheet.photos.withdraw_photos import withdraw_photos
from broadsheet.publishing.cache_keys import lists_of_version
from broadsheet.publishing.log_acts import TOOK_DOWN
from broadsheet.publishing.occasion import Occasion, on_occasion
from broadsheet.publishing.publish_story import locked
from broadsheet.publishing.record_act import record_act
from broadsheet.stories.attachments import Byline, RelatedStory, StoryTopic
from broadsheet.stories.models import Act, PublishedVersion, RecordedKind, Story, Takedown, TakedownGround
from broadsheet.stories.taken_down import TakenDownError, is_taken_down, stand_in_title

EMPTIED: dict[str, Any] = {
    **dict.fromkeys(("kicker", "short_headline", "standfirst", "seo_title", "search_description"), ""),
    **dict.fromkeys(("dateline_text", "lead_photo_caption", "social_title", "social_description"), ""),
    **dict.fromkeys(("change_class", "change_note", "canonical_url"), ""),
    **dict.fromkeys(("lead_photo", "social_photo", "dateline_place", "go_live_at", "expire_at"), None),
    "body": "[]",
}
"""What the story's row holds while it is taken down: nothing. Its text is in the record and in its last version."""


class NeverPublishedError(Exception):
    """Readers never saw this story: a draft is deleted, not taken down."""


def take_down_story(
    *,
    story: Story,
    user: User,
    ground: TakedownGround,
    sentence: str,
    reason: str,
    photo_ids: Collection[int] = (),
) -> Takedown:
    """Take a story that readers see, or once saw, away from them and from the newsroom; return the takedown.

    `sentence` is what its address says from now on; `reason` is for the record alone; `photo_ids` are the photos that
    go with it. Schedules and approvals of it end. The row is emptied, so that no list, search or chooser of the
    newsroom can show what it held; the last version keeps all of it for the day it is put back. Raises
    NeverPublishedError, TakenDownError when it is down already, and ValueError without a sentence or a reason.
    """
    if not sentence.strip() or not reason.strip():
        raise ValueError("Readers are told a sentence, and the record is told a reason.")
    with write_transaction(), on_occasion(Occasion(by=user)):
        present = locked(story)
        _refuse(present)
        takedown = _note_takedown(present, user, ground, (sentence.strip(), reason.strip()), sorted(photo_ids))
        if present.latest_revision_id is None:
            present.save_revision(user=user, clean=False, changed=False)
        withdraw_photos(photo_ids=photo_ids)
        _take_away(present, user)
        reach("take_down.taken_away")
        data = {"ground": str(ground), "photos": sorted(photo_ids)}
        log(instance=present, action=TOOK_DOWN, user=user, title=stand_in_title(present.pk), data=data)
        emptied = _empty(present)
        also = {*_lists_ever(present.pk), *(photo_key(pk) for pk in photo_ids)}
        record_act(instance=emptied, act=Act.TAKEN_DOWN, also_changed=also)
    story.refresh_from_db()
    return takedown


def _note_takedown(
    story: Story, user: User, ground: TakedownGround, words: tuple[str, str], photo_ids: list[int]
) -> Takedown:
    sentence, reason = words
    return Takedown.objects.create(
        page_id=story.pk,
        ground=ground,
        sentence=sentence,
        reason=reason,
        photo_ids=photo_ids,
        at=clock.now(),
        by_id=user.pk,
        by_name=str(user)[:200],
    )


def _refuse(story: Story) -> None:
    if is_taken_down(story.pk):
        raise TakenDownError
    if not story.live and not PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=story.pk).exists():
        raise NeverPublishedError


def _take_away(story: Story, user: User) -> None:
    """End everything that shows the story or is about to: its publication, its schedules, approvals and previews."""
    if story.live:
        UnpublishPageAction(story, user=user, log_action=False).execute(skip_permission_checks=True)
    story.revisions.update(approved_go_live_at=None)
    if story.current_workflow_state:
        story.current_workflow_state.cancel(user=user)
    previews = apps.get_model("wagtailadmin", "FormState").objects
    previews.filter(content_type=ContentType.objects.get_for_model(Story), object_id=str(story.pk)).delete()


def _empty(story: Story) -> Story:
    """Empty the story's row and all that hangs on it; return it as it now is."""
    title = stand_in_title(story.pk)
    Story.objects.filter(pk=story.pk).update(title=title, draft_title=title, **EMPTIED)
    for attached in (Byline, StoryTopic, RelatedStory):
        attached.objects.filter(story_id=story.pk).delete()
    emptied: Story = Story.objects.get(pk=story.pk)
    ReferenceIndex.create_or_update_for_object(emptied)
    return emptied


def _lists_ever(page_id: int) -> set[str]:
    """Return every list in which readers ever found the story: old pages of them may still be about."""
    versions = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=page_id)
    return {key for version in versions.iterator() for key in lists_of_version(version)}
