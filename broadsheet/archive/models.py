"""The record of what was imported: one row for each source file, so that a second run knows the first."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportStatus(models.TextChoices):
    """What became of a source file."""

    IMPORTED = "imported", _("Imported")
    NOT_A_STORY = "not-a-story", _("Not a story")
    CONFLICT = "conflict", _("Changed here and in the source")
    FAILED = "failed", _("Could not be read")


class ImportedFile(models.Model):
    """One file of an archive and the story it became.

    `checksum` (SHA-256) is that of the file as it was when its story was last written. `problems` is what was not
    plainly understood, with lines and reasons; `kept_fields` the front matter that has no place in a story.
    """

    source = models.CharField(_("archive"), max_length=200)
    path = models.CharField(_("file"), max_length=1_000)
    checksum = models.CharField(max_length=64, blank=True, editable=False)
    story = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL,
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(_("status"), max_length=12, choices=ImportStatus.choices, default=ImportStatus.IMPORTED)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    kept_fields = models.JSONField(_("other fields"), default=dict, blank=True)
    imported_at = models.DateTimeField(_("imported at"))

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        constraints = [models.UniqueConstraint(fields=["source", "path"], name="archive_file_once")]
        indexes = [models.Index(fields=["status", "source"], name="archive_file_status")]

    def __str__(self) -> str:
        return f"{self.source}: {self.path}"
