"""What stories are about: the paper's own list of subjects, persons, places and organisations."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from wagtail.fields import RichTextField

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.kit.media_topics import CODE_LENGTH, is_media_topic
from broadsheet.kit.slug_addresses import slug_address
from broadsheet.topics.cache_keys import TOPICS, topic_key


class TopicKind(models.TextChoices):
    """What sort of thing a topic is."""

    SUBJECT = "subject", _("Subject")
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    ORGANISATION = "organisation", _("Organisation")


class Topic(LoggedModel, index.Indexed, ClusterableModel):
    """A topic with its own page at /topic/slug/; a topic merged into another redirects there for ever."""

    kind = models.CharField(_("kind"), max_length=15, choices=TopicKind.choices, default=TopicKind.SUBJECT)
    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=150, unique=True, allow_unicode=True)
    description = RichTextField(_("description"), blank=True, features=["bold", "italic", "link"])
    media_topic = models.CharField(
        _("IPTC Media Topic"),
        max_length=CODE_LENGTH,
        blank=True,
        validators=[is_media_topic],
        help_text=_("By which partners and search engines know the subject, such as medtop:11000000."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
    )
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_topics",
    )

    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.RelatedFields("synonyms", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("kind"),
        index.FilterField("merged_into"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {topic_key(self.pk)}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Return also the key of which topics there are, where that is other than before."""
        has_moved = any(before.get(name) != after.get(name) for name in ("slug", "merged_into_id"))
        return {topic_key(self.pk), TOPICS} if has_moved else {topic_key(self.pk)}

    def get_absolute_url(self) -> str:
        """Return the address of the topic's page."""
        return slug_address("topic", self.slug)

    def clean(self) -> None:
        """Refuse a topic that would stand below itself."""
        super().clean()
        seen = {self.pk} if self.pk else set()
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk in seen:
                raise ValidationError({"parent": _("A topic cannot be part of itself.")})
            seen.add(ancestor.pk)
            ancestor = ancestor.parent


class TopicSynonym(models.Model):
    """Another name by which texts mention a topic; found by the topic suggestions, never shown to readers."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(_("also written"), max_length=255)

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TopicRedirect(models.Model):
    """A slug that a topic once had, kept so that old links go on working."""

    old_slug = models.SlugField(max_length=150, unique=True, allow_unicode=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.old_slug
