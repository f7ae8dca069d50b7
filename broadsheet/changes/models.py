"""The change log, how far each of its followers has read, and whose turn it is to be a follower."""

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


class FollowerTurn(models.Model):
    """Which process is a follower now, for followers of whom one at a time is enough. Whoever has the turn says again
    and again that it is there; once it has not done so for long, another may take it."""

    follower = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=40)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.follower}: {self.holder} until {self.until}"
