"""The parts of the paper."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.kit.media_topics import CODE_LENGTH, is_media_topic
from broadsheet.kit.slug_addresses import slug_address
from broadsheet.sections.cache_keys import SECTIONS, section_key


class Section(LoggedModel, index.Indexed):
    """A part of the paper such as World or Culture, with its front at /section/slug/ and its own editors."""

    name = models.CharField(_("name"), max_length=100)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("One sentence, shown on the section's front."),
    )
    media_topic = models.CharField(
        _("IPTC Media Topic"),
        max_length=CODE_LENGTH,
        blank=True,
        validators=[is_media_topic],
        help_text=_("By which partners and search engines know the subject, such as medtop:11000000."),
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0)
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("section editors"),
        blank=True,
        related_name="edited_sections",
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    search_auto_update = False  # the indexer of the search follows what is saved

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {section_key(self.pk)}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Return also the key of the sections' order where it is another; a new name rarely changes that."""
        is_there = bool(before and after)
        is_as_before = is_there and before["slug"] == after["slug"] and self._place(before) == self._place(after)
        return self.change_keys() if is_as_before else self.change_keys() | {SECTIONS}

    def _place(self, row: Mapping[str, Any]) -> int:
        """Return how many others come before it, as the database orders them."""
        order, name = row["sort_order"], row["name"]
        earlier = Q(sort_order__lt=order) | Q(sort_order=order, name__lt=name)
        return Section.objects.exclude(pk=self.pk).filter(earlier).count()

    def get_absolute_url(self) -> str:
        """Return the address of the section's front."""
        return slug_address("section", self.slug)
