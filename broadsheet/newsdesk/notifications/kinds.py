"""Of what people are told, and whether by mail and in the newsroom unless they choose otherwise."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Kind(models.TextChoices):
    """Of what somebody is told; the label stands beside the switches in their account."""

    SENT_TO_STAGE = "stage", _("A story waits for you at its stage")
    SENT_BACK = "back", _("Your story was sent back")
    ASSIGNED = "assigned", _("A story was assigned to you")
    NOTE = "note", _("Somebody left a note on your story")
    DUE_SOON = "due-soon", _("Your story is due within the hour")
    OVERDUE = "overdue", _("Your story is overdue")
    PUBLISHED = "published", _("Your story was published")
    SCHEDULED = "scheduled", _("Your story was scheduled")
    PUBLICATION_FAILED = "failed", _("A story could not be published")
    LOCK_BROKEN = "unlocked", _("A story that you had locked was unlocked")
    WIRE_CHANGED = "wire", _("An agency changed what your story was made of")


@dataclass(frozen=True)
class Ways:
    """By what ways somebody is told."""

    by_mail: bool = True
    in_newsroom: bool = True


DEFAULT_WAYS = dict.fromkeys(Kind, Ways()) | {
    Kind.NOTE: Ways(by_mail=False),
    Kind.SCHEDULED: Ways(by_mail=False),
    Kind.PUBLISHED: Ways(by_mail=False),
}
"""What spares people mail that can wait until they next look at the newsroom."""

SENTENCES: "dict[Kind, StrOrPromise]" = {
    Kind.SENT_TO_STAGE: _("%(by)s sent you “%(headline)s”: %(detail)s."),
    Kind.SENT_BACK: _("%(by)s sent “%(headline)s” back."),
    Kind.ASSIGNED: _("%(by)s assigned “%(headline)s” to you."),
    Kind.NOTE: _("%(by)s left a note on “%(headline)s”."),
    Kind.DUE_SOON: _("“%(headline)s” is due at %(moment)s."),
    Kind.OVERDUE: _("“%(headline)s” was due at %(moment)s."),
    Kind.PUBLISHED: _("“%(headline)s” has been published."),
    Kind.SCHEDULED: _("“%(headline)s” will be published at %(moment)s."),
    Kind.PUBLICATION_FAILED: _("“%(headline)s” could not be published."),
    Kind.LOCK_BROKEN: _("%(by)s unlocked “%(headline)s”, which you had locked."),
    Kind.WIRE_CHANGED: _("“%(headline)s”: %(detail)s"),
}
"""What a notice says; `by` is a person's name, `detail` a stage's, `moment` a date and time."""
