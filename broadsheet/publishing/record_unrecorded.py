"""Puts on the record what was changed behind the newsroom's back: by a program, a shell, or in the database itself."""

import logging

from wagtail.log_actions import log

from broadsheet.kit.write_transaction import write_transaction
from broadsheet.pages.models import BasePage
from broadsheet.publishing.log_acts import CHANGED_OUTSIDE
from broadsheet.publishing.occasion import Occasion, on_occasion
from broadsheet.publishing.record_act import kind_of, last_version, record_act
from broadsheet.stories.as_recorded import is_as_recorded
from broadsheet.stories.models import Act, InformationPage, PublishedVersion, Source, Story, UnrecordedChange
from broadsheet.stories.recorded_content import recorded_content
from broadsheet.stories.taken_down import is_taken_down

PAGES_AT_ONCE = 100
logger = logging.getLogger(__name__)


def record_unrecorded(*, limit: int = PAGES_AT_ONCE) -> int:
    """Record every page that readers see otherwise than the record says; return how many rows were dealt with.

    The embargo clock calls this all the time; it costs one look at an empty table. A page that is as its record says
    needs no new row. One that cannot be recorded does not stop the others; its error is raised after them.
    """
    waiting = list(UnrecordedChange.objects.order_by("pk").values_list("page_id", flat=True)[:limit])
    failure: Exception | None = None
    for page_id in waiting:
        try:
            with write_transaction(), on_occasion(Occasion(source=Source.OUTSIDE)):
                _record_page(page_id)
        except Exception as error:
            logger.exception("What was changed in page %s could not be put on the record", page_id)
            failure = error
    if failure:
        raise failure
    return len(waiting)


def _record_page(page_id: int) -> None:
    if not UnrecordedChange.objects.select_for_update().filter(page_id=page_id).exists():
        return
    found = BasePage.objects.filter(pk=page_id).first()
    page = found.specific if found else None
    if page is None:
        _record_deletion(page_id)
    elif page.live and is_taken_down(page_id):
        BasePage.objects.filter(pk=page_id).update(live=False)  # whoever made it public again did not put it back
    elif isinstance(page, (Story, InformationPage)):
        _record_difference(page)
    UnrecordedChange.objects.filter(page_id=page_id).delete()


def _record_difference(page: Story | InformationPage) -> None:
    """Record the page if its public state is not what the last row of its record says."""
    last = last_version(kind_of(page), page.pk)
    was_public = last is not None and last.act == Act.PUBLISHED
    if page.live and not (last and was_public and is_as_recorded(last, recorded_content(page, is_held=True))):
        page.change_class = page.change_note = ""
        record_act(instance=page, revision_id=page.live_revision_id)
        log(instance=page, action=CHANGED_OUTSIDE, content_changed=True)
    elif not page.live and was_public:
        record_act(instance=page, act=Act.UNPUBLISHED)
        log(instance=page, action=CHANGED_OUTSIDE)


def _record_deletion(page_id: int) -> None:
    """Record that a page which readers saw is no longer in the database."""
    last = PublishedVersion.objects.filter(object_id=page_id).exclude(kind="front").order_by("-number").first()
    if last is not None and last.act == Act.PUBLISHED:
        model = Story if last.kind == "story" else InformationPage
        record_act(instance=model(pk=page_id), act=Act.DELETED)
        log(instance=model(pk=page_id), action=CHANGED_OUTSIDE, title=last.content.get("title"), deleted=True)
