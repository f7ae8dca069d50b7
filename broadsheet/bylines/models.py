"""The people, agencies and teams under whose names stories run."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.fields import RichTextField

from broadsheet.bylines.cache_keys import CONTRIBUTORS, contributor_key
from broadsheet.changes.logged_model import LoggedModel
from broadsheet.kit.slug_addresses import slug_address


class ContributorKind(models.TextChoices):
    """What stands behind a byline."""

    PERSON = "person", _("Person")
    AGENCY = "agency", _("Agency")
    TEAM = "team", _("Team")


class Contributor(LoggedModel, index.Indexed):
    """A name that may stand in a byline, with a page of its own at /by/slug/."""

    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=ContributorKind.choices,
        default=ContributorKind.PERSON,
    )
    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    job_title = models.CharField(_("role"), max_length=255, blank=True)
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    biography = RichTextField(_("biography"), blank=True, features=["bold", "italic", "link"])
    languages = models.CharField(
        _("languages"),
        max_length=255,
        blank=True,
        help_text=_("For example: English, Arabic"),
    )
    expertise = models.CharField(
        _("expertise"),
        max_length=500,
        blank=True,
        help_text=_("Subjects, with commas between"),
    )
    location = models.CharField(_("location"), max_length=255, blank=True)
    email = models.EmailField(_("public e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    fediverse = models.CharField(
        _("fediverse address"),
        max_length=255,
        blank=True,
        validators=[RegexValidator(r"^@[^@\s]+@[^@\s]+$", _("Write it as @name@server."))],
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sign-in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contributor",
    )
    is_current = models.BooleanField(_("works for the paper now"), default=True)

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.SearchField("job_title"),
        index.FilterField("kind"),
    ]
    search_auto_update = False  # the indexer of the search follows what is saved

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {contributor_key(self.pk)}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Return also the key of which contributors there are, where that is other than before."""
        has_moved = before.get("slug") != after.get("slug")
        return {contributor_key(self.pk), CONTRIBUTORS} if has_moved else {contributor_key(self.pk)}

    def get_absolute_url(self) -> str:
        """Return the address of the contributor's page."""
        return slug_address("contributor", self.slug)
