"""Changes a photo's caption, credit and alternative text, on the record of every published page that shows them."""

from collections.abc import Callable
from typing import Any

from wagtail.log_actions import log

from broadsheet.changes.append_change import append_change
from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.models import BasePage
from broadsheet.photos.cache_keys import photo_key
from broadsheet.photos.models import Photo
from broadsheet.publishing.log_acts import CHANGED_PHOTO
from broadsheet.publishing.record_act import Reason, kind_of, last_version, record_act
from broadsheet.stories.as_recorded import is_as_recorded
from broadsheet.stories.models import PublishedVersion, UnrecordedChange
from broadsheet.stories.recorded_content import recorded_content
from broadsheet.stories.recorded_photos import present_words
from broadsheet.stories.shown_photos import pages_showing


def change_photo_words(
    *, photo: Photo, reason: Reason | None = None, save: Callable[[], Any] | None = None
) -> list[PublishedVersion]:
    """Save a photo with its new words; return the new row of the record of each published page that shows them.

    Every such page says that it changed, and why: `reason` (an update when not given). A page on which nothing can be
    seen of the change, such as that of a caption in whose place it has one of its own, gets no row. `save` writes the
    photo where that is more than `photo.save()`, as in a form. All in one transaction. Raises NoteMissingError; then
    nothing is saved.
    """
    reason = reason or Reason()
    reason.check()
    with write_transaction():
        pages = list(pages_showing(photo.pk).select_for_update(of=("self",)))  # before the photo, as publishing does
        before = present_words([photo.pk])
        (save or photo.save)()
        if before == present_words([photo.pk]):
            return []
        versions = [version for page in pages if (version := _record(page, photo, reason))]
        UnrecordedChange.objects.filter(page_id__in=[page.pk for page in pages]).delete()
        append_change(keys={photo_key(photo.pk)})
    return versions


def _record(page: BasePage, photo: Photo, reason: Reason) -> PublishedVersion | None:
    """Record a page if readers see it otherwise than its record says."""
    present = page.specific
    last = last_version(kind_of(present), present.pk)
    if last is not None and is_as_recorded(last, recorded_content(present)):
        return None
    version = record_act(instance=present, revision_id=present.live_revision_id, reason=reason)
    log(instance=present, action=CHANGED_PHOTO, data={"photo": photo.pk}, content_changed=True)
    return version
