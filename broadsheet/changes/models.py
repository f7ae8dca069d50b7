"""The change log and how far each of its followers has read."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """Something that readers see has changed. Rows are appended and never altered; `seq` is the order of commits.

    `keys` are surrogate keys (docs/reference/surrogate-keys.md): what changed, and which lists it stands in or stood
    in. A `hard` change takes something away (unpublished, taken down): no copy of it may be shown again, however old.
    """

    seq = models.BigAutoField(primary_key=True)
    keys = models.JSONField(_("keys"), encoder=DjangoJSONEncoder)
    hard = models.BooleanField(_("hard"), default=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        db_table = "change_log"
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        permissions = [("read_audit", "Can read who did what in the newsroom")]

    def __str__(self) -> str:
        return f"{self.seq}: {' '.join(self.keys)}"


class FollowerPosition(models.Model):
    """The last change that a follower has dealt with, for followers that keep their state in this database."""

    follower = models.CharField(max_length=60, primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.follower} at {self.seq}"
