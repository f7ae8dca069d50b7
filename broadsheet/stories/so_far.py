"""The story so far: what happened until now, built by editors from stories and from versions on the record."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.stories.cache_keys import so_far_key
from broadsheet.stories.record import Act, PublishedVersion, RecordedKind

ENTRIES = "entries"


class StorySoFar(LoggedModel, ClusterableModel):
    """A box of dated sentences that belongs to a topic or to a series.

    It stands on that page, and in each of its stories whose editor ticks it (`Story.shows_so_far`).
    """

    topic = models.OneToOneField(
        "topics.Topic",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="story_so_far",
        error_messages={"unique": _("This topic has its story so far already.")},
    )
    series = models.OneToOneField(
        "stories.Series",
        verbose_name=_("series"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="story_so_far",
        error_messages={"unique": _("This series has its story so far already.")},
    )
    heading = models.CharField(_("heading"), max_length=120, blank=True, help_text=_("“The story so far” when empty."))

    class Meta:
        verbose_name = _("story so far")
        verbose_name_plural = _("stories so far")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(topic__isnull=True) ^ models.Q(series__isnull=True),
                name="so_far_of_one",
                violation_error_message=_("Choose a topic or a series, and not both."),
            )
        ]

    def __str__(self) -> str:
        return str(self.topic or self.series or "")

    def change_keys(self) -> set[str]:
        """Return the key under which pages show it."""
        return {so_far_key(topic_id=self.topic_id, series_id=self.series_id)}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Return the keys of what it belonged to and of what it belongs to."""
        rows = [row for row in (before, after) if row]
        return {so_far_key(topic_id=row["topic_id"], series_id=row["series_id"]) for row in rows}

    def _stored(self, *, until_saved: bool = False) -> dict[str, Any] | None:
        """Return its row with its entries in their order."""
        row = super()._stored(until_saved=until_saved)
        if row is not None:
            columns = ("day", "sentence", "story_id", "version")
            row[ENTRIES] = list(SoFarEntry.objects.filter(box=self.pk).values_list(*columns))
        return row


class SoFarEntry(Orderable):
    """What happened on a day, in a sentence, and where to read more: a story, or one version of it on the record."""

    box = ParentalKey(StorySoFar, on_delete=models.CASCADE, related_name="entries")
    day = models.DateField(_("day"))
    sentence = models.CharField(_("sentence"), max_length=300)
    story = models.ForeignKey(
        "stories.Story",
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    version = models.PositiveIntegerField(
        _("version"),
        null=True,
        blank=True,
        help_text=_("Number of a version on the story’s record, to lead there instead."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return f"{self.day}: {self.sentence}"

    def clean(self) -> None:
        """Refuse a version that is not on the record."""
        super().clean()
        if self.version is None:
            return
        if self.story_id is None:
            raise ValidationError({"version": _("Choose the story of which this is a version.")})
        rows = PublishedVersion.objects.filter(kind=RecordedKind.STORY, object_id=self.story_id, number=self.version)
        if not rows.filter(act=Act.PUBLISHED).exists():
            raise ValidationError({"version": _("The record of this story has no such version.")})
