"""Looks at the wire now and then: who has to be told, which source is due, what is old. Every look may be repeated."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from broadsheet.kit import clock
from broadsheet.newsdesk.notifications.kinds import Kind
from broadsheet.newsdesk.notifications.notify import notify
from broadsheet.newsdesk.workflow.staff import concerned_with
from broadsheet.pages.models import BasePage
from broadsheet.wire.ask_due_sources import ask_due_sources
from broadsheet.wire.models import WireVersion
from broadsheet.wire.selectors import untold_versions
from broadsheet.wire.tidy_items import tidy_items

OLD_NEWS = dt.timedelta(days=1)
AT_ONCE = 200
SENTENCES = {
    "kill": _("%(agency)s has killed what it was made of."),
    "correction": _("%(agency)s has corrected what it was made of."),
    "update": _("%(agency)s has sent a newer version of what it was made of."),
}
__all__ = ["ask_due_sources", "look_at_wire", "tidy_wire"]


def look_at_wire() -> int:
    """Tell the people of stories what agencies did to the items they were made of; return how many were told of."""
    told = 0
    for version in untold_versions(clock.now() - OLD_NEWS)[:AT_ONCE]:
        with transaction.atomic():
            _tell(version)
            WireVersion.objects.filter(pk=version.pk).update(told_at=clock.now())
        told += 1
    return told


def _tell(version: WireVersion) -> None:
    item = version.item
    story_id = item.story_id or (item.follows.story_id if item.follows else None)
    story = BasePage.objects.filter(pk=story_id).first()
    if story is None:
        return
    sentence = str(SENTENCES[version.told_kind]) % {"agency": item.source.credit}
    notify(
        kind=Kind.WIRE_CHANGED,
        key=f"wire:{version.pk}",
        users=concerned_with(story),
        story=story,
        detail=sentence,
        words=version.read.note_to_editors[:1_000],
    )


def tidy_wire() -> int:
    """Delete what nobody used; return how many items went."""
    return tidy_items()
