"""Series: stories told in parts, in an order that editors give them."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.kit.slug_addresses import slug_address
from broadsheet.pages.cache_keys import page_key
from broadsheet.stories.cache_keys import series_key, series_page_key

PARTS = "parts"
PAGE_ONLY = frozenset({"description", "photo_id"})
"""What of a series its own page shows and its stories do not."""


class Series(LoggedModel, index.Indexed, ClusterableModel):
    """A series with its page at /series/slug/.

    `planned_parts` is what readers are told it will have. Without it only published parts are counted, so that
    nobody learns of what may never appear.
    """

    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=150, unique=True, allow_unicode=True)
    description = RichTextField(_("description"), blank=True, features=["bold", "italic", "link"])
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    planned_parts = models.PositiveSmallIntegerField(
        _("planned parts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Told to readers: “Part 3 of 5”. When empty, only published parts are counted."),
    )

    search_fields = [index.SearchField("name", boost=2), index.AutocompleteField("name")]
    search_auto_update = False  # the indexer of the search follows what is saved

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a slug that leads readers to another series."""
        super().clean()
        redirects = SeriesRedirect.objects.filter(old_slug=self.slug).exclude(series=self.pk).select_related("series")
        if leads_to := redirects.first():
            sentence = _("This is an old address of “%(topic)s”, and leads there.") % {"topic": leads_to.series}
            raise ValidationError({"slug": sentence})

    def get_absolute_url(self) -> str:
        """Return the address of the series' page."""
        return slug_address("series", self.slug)

    def change_keys(self) -> set[str]:
        """Return the key under which its page and its stories show it."""
        return {series_key(self.pk)}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Return the keys of what is other now, with those of the stories that became parts of it or were."""
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        moved = set(before.get(PARTS, ())) ^ set(after.get(PARTS, ()))
        own = series_page_key(self.pk) if changed <= PAGE_ONLY else series_key(self.pk)
        return {own, *(page_key(pk) for pk in moved)}

    def _stored(self, *, until_saved: bool = False) -> dict[str, Any] | None:
        """Return its row with its parts in their order."""
        row = super()._stored(until_saved=until_saved)
        if row is not None:
            row[PARTS] = list(SeriesPart.objects.filter(series=self.pk).values_list("story_id", flat=True))
        return row


class SeriesPart(Orderable):
    """A story as a part of a series; of one only, so that a part has one number."""

    series = ParentalKey(Series, on_delete=models.CASCADE, related_name="parts")
    story = models.OneToOneField(
        "stories.Story",
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="series_part",
        error_messages={"unique": _("This story is a part of a series already.")},
    )

    class Meta(Orderable.Meta):
        verbose_name = _("part")
        verbose_name_plural = _("parts")

    def __str__(self) -> str:
        return f"{self.series}: {self.story}"


class SeriesRedirect(models.Model):
    """A slug that a series once had, kept so that old links go on working."""

    old_slug = models.SlugField(max_length=150, unique=True, allow_unicode=True)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.old_slug
