"""Where items come from, and how that went."""

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.kit import clock
from broadsheet.kit.outbound.guarded_request import RequestFailedError, origin

FOLDER_NAME = re.compile(r"[\w][\w .-]{0,99}")
"""One folder below `WIRE_FOLDERS`: no path, so that nobody reads the machine's other files through a source."""
SECRET_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.IGNORECASE)


class SourceKind(models.TextChoices):
    """How an agency delivers."""

    URL = "url", _("Address (RSS, Atom, JSON Feed, ninjs, NewsML-G2)")
    FOLDER = "folder", _("Folder into which the agency puts files")


class WireSource(models.Model):
    """An agency's service: an address that is asked, or a folder that is read, every so often.

    `secret` names a file of the operator's with user and password or a token; neither stands in the database.
    `problems` are the sentences of what was refused at the last fetch; `running_until` keeps two from fetching at once.
    One that has sent something is switched off and not deleted: embargoes and kills hang on its items.
    """

    name = models.CharField(_("name"), max_length=100, unique=True, help_text=_("As the desk calls it."))
    credit = models.CharField(
        _("agency"), max_length=100, help_text=_("As it stands in the byline of a story made of an item: “AFP”.")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=SourceKind.choices, default=SourceKind.URL)
    address = models.CharField(
        _("address"), max_length=1_000, help_text=_("A web address, or the name of a folder below the wire’s folder.")
    )
    secret = models.CharField(
        _("secret"),
        max_length=60,
        blank=True,
        help_text=_("Name of the file in which the operator keeps this source’s password or token."),
    )
    section = models.ForeignKey(
        "sections.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Of stories made from it, unless the desk says otherwise."),
    )
    brings_photos = models.BooleanField(
        _("fetch photos as they arrive"),
        default=True,
        help_text=_("Otherwise photos are fetched when somebody asks for them."),
    )
    interval_minutes = models.PositiveIntegerField(
        _("every … minutes"), default=5, validators=[MinValueValidator(1), MaxValueValidator(1_440)]
    )
    is_on = models.BooleanField(_("on"), default=True)
    due_at = models.DateTimeField(default=clock.now, editable=False)
    running_until = models.DateTimeField(null=True, blank=True, editable=False)
    fetched_at = models.DateTimeField(_("last asked"), null=True, blank=True, editable=False)
    succeeded_at = models.DateTimeField(_("last read"), null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    """In a row; each doubles the pause before the next try, up to an hour."""
    error = models.TextField(_("last error"), blank=True, editable=False)
    problems = models.JSONField(_("refused"), default=list, blank=True, editable=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wire source")
        verbose_name_plural = _("wire sources")
        ordering = ["name"]
        indexes = [models.Index(fields=["due_at"], name="wire_source_due", condition=Q(is_on=True))]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; another address knows nothing of what the old one had said of itself, and is asked at once."""
        before = WireSource.objects.filter(pk=self.pk).values_list("kind", "address").first() if self.pk else None
        if before is not None and before != (self.kind, self.address) and kwargs.get("update_fields") is None:
            self.etag = self.last_modified = self.error = ""
            self.failures, self.due_at = 0, clock.now()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse what could not be asked, at the field that says it."""
        errors: dict[str, Any] = {}
        if self.kind == SourceKind.FOLDER and not FOLDER_NAME.fullmatch(self.address):
            errors["address"] = _("Give the name of one folder: letters, numbers, dots, hyphens; no path.")
        if self.kind == SourceKind.URL:
            try:
                origin(self.address)
            except RequestFailedError as error:
                errors["address"] = _("This cannot be asked: %(why)s.") % {"why": error}
        if self.secret and not SECRET_NAME.fullmatch(self.secret):
            errors["secret"] = _("Give the name of a file: letters, numbers, dots, hyphens; no path.")
        if errors:
            raise ValidationError(errors)

    @property
    def pause(self) -> dt.timedelta:
        """How long until it is asked again: its interval, doubled with each failure in a row, up to an hour."""
        usual = dt.timedelta(minutes=self.interval_minutes)
        return max(usual, min(usual * 2 ** min(self.failures, 10), dt.timedelta(hours=1)))


class FolderFile(models.Model):
    """A file of a source's folder that was read. It is read again when its content is another.

    `stamp` is its size and time of change: as long as that is the same, not even the digest is computed.
    """

    source = models.ForeignKey(WireSource, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("file"), max_length=500)
    stamp = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    refused = models.TextField(_("why it was refused"), blank=True)
    read_at = models.DateTimeField(_("read"), default=clock.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of a folder")
        verbose_name_plural = _("files of folders")
        constraints = [models.UniqueConstraint(fields=["source", "name"], name="wire_file_once")]

    def __str__(self) -> str:
        return self.name


def allowed_hosts() -> list[str]:
    """Return the hosts and networks that may be asked though they are not public; the operator's decision."""
    return [one for one in settings.WIRE_ALLOWED_HOSTS if one]
