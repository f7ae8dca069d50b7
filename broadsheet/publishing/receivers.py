"""The only receivers of Wagtail's signals of publication: each hands over to the record, and does nothing else."""

from typing import Any

from wagtail.models import Revision

from broadsheet.kit import clock
from broadsheet.publishing.hindrances import refuse_hindered
from broadsheet.publishing.record_act import record_act, refuse_taken_down
from broadsheet.publishing.shelve_first_publication import shelve_first_publication
from broadsheet.stories.models import Act, InformationPage, Story
from broadsheet.stories.taken_down import is_taken_down


def page_was_published(instance: Any, revision: Revision | None = None, **details: Any) -> None:
    """Record a page that readers now see; Wagtail also sends this when a page was only scheduled."""
    if isinstance(instance, Story):
        refuse_taken_down(instance)
        planned_for = revision.approved_go_live_at if revision else None
        refuse_hindered(instance.pk, at=max(clock.now(), planned_for or clock.now()))
        shelve_first_publication(instance)
    if instance.live and isinstance(instance, (Story, InformationPage)):
        record_act(instance=instance, revision_id=revision.pk if revision else None)


def page_was_unpublished(instance: Any, **details: Any) -> None:
    """Record a page that readers no longer see; taking a story down makes its own row."""
    if isinstance(instance, (Story, InformationPage)) and not is_taken_down(instance.pk):
        record_act(instance=instance, act=Act.UNPUBLISHED)


def front_was_published(instance: Any, revision: Revision | None = None, **details: Any) -> None:
    """Record a front that readers now see. Wagtail sends this for pages too, which have a signal of their own."""
    if hasattr(instance, "zone_data") and instance.live:
        record_act(instance=instance, revision_id=revision.pk if revision else None)
