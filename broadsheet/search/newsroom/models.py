"""What the newsroom has saved: of drafts and uploads the change log does not tell, for readers see nothing of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NewsroomChange(models.Model):
    """Something was saved or deleted that the newsroom searches. Rows are appended, and removed after a week.

    A row is written in the transaction that saves. It says what has changed and not how: whoever follows looks for
    himself.
    """

    kind = models.CharField(_("kind"), max_length=10)
    object_pk = models.BigIntegerField(_("number"))
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        verbose_name = _("change in the newsroom")
        verbose_name_plural = _("changes in the newsroom")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind}:{self.object_pk}"
