"""What the embargo clock could not do when it was due."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from broadsheet.kit import clock
from broadsheet.stories.models import RecordedKind

FIRST_PAUSE_SECONDS = 5
LONGEST_PAUSE_SECONDS = 300


class PlannedAct(models.TextChoices):
    """What the clock does at a planned moment."""

    PUBLISH = "publish", _("Publication")
    EXPIRE = "expire", _("Removal at its expiry")


class FailedPublication(models.Model):
    """Something that was due and could not be published (or taken off); the clock tries it again.

    The row goes when it succeeds, and when it is no longer what was planned: cancelled, moved to another moment, or
    replaced by another version. What failed stays as it was: a first publication stays invisible. `revision_id` is the
    version that was to go live (for an expiry: none); `error` is a sentence for the embargo board.
    """

    act = models.CharField(max_length=8, choices=PlannedAct.choices, default=PlannedAct.PUBLISH)
    kind = models.CharField(max_length=8, choices=RecordedKind.choices)
    object_id = models.BigIntegerField()
    revision_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    error = models.TextField(_("what went wrong"))
    first_failed_at = models.DateTimeField(_("first failed at"))
    last_failed_at = models.DateTimeField(_("last failed at"))
    next_attempt_at = models.DateTimeField(_("next attempt at"))

    class Meta:
        verbose_name = _("failed publication")
        verbose_name_plural = _("failed publications")
        constraints = [models.UniqueConstraint(fields=["act", "kind", "object_id"], name="one_failure_of_an_act")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.kind} {self.object_id}: {self.error}"

    def note(self, error: str) -> None:
        """Count one more failure, and set the next attempt: twice as far away each time."""
        now = clock.now()
        self.attempts += 1
        self.error = error
        self.last_failed_at = now
        pause_seconds = min(FIRST_PAUSE_SECONDS * 2 ** (self.attempts - 1), LONGEST_PAUSE_SECONDS)
        self.next_attempt_at = now + dt.timedelta(seconds=pause_seconds)
