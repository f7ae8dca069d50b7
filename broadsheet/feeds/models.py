"""What the publisher decides about machines that read the paper, under Settings in the newsroom."""

from collections.abc import Mapping
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.feeds.cache_keys import MACHINES, translations_key
from broadsheet.feeds.crawlers import AiPolicy
from broadsheet.feeds.line_checks import check_ads, check_contacts, check_trust
from broadsheet.feeds.robots import check_rules
from broadsheet.kit import rendering


class MachineSetting(LoggedModel, BaseGenericSetting):
    """A setting of which a page for machines is made, whether anybody has saved it or not."""

    class Meta(BaseGenericSetting.Meta):
        abstract = True

    @classmethod
    def in_force(cls) -> Self:
        """Return what is set, or the defaults; Wagtail's own `load` would write them, and no rendering may write."""
        rendering.read_under([MACHINES])
        return cls.objects.first() or cls()

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {MACHINES}


@register_setting(icon="cogs", order=120)
class CrawlerPolicy(MachineSetting):
    """What programs that read the paper may do with it, as robots.txt says it."""

    ai_policy = models.CharField(
        _("artificial intelligence"),
        max_length=8,
        choices=AiPolicy.choices,
        default=AiPolicy.ALL,
        help_text=_("Told to those programs that say they obey it. Search engines are welcome whatever is chosen."),
    )
    more_rules = models.TextField(
        _("further rules"),
        blank=True,
        validators=[check_rules],
        help_text=_("Lines of robots.txt, set below those of the paper: “User-agent: Name”, then “Disallow: /”."),
    )

    class Meta:
        verbose_name = _("crawlers")


@register_setting(icon="key", order=130)
class SmallFiles(MachineSetting):
    """What stands in security.txt, trust.txt and ads.txt besides what the paper knows already."""

    security_contacts = models.TextField(
        _("contacts"),
        blank=True,
        validators=[check_contacts],
        help_text=_("Whom to tell of a security hole, one a line: mailto:security@paper.example or https://…"),
    )
    security_policy_url = models.URLField(_("how the paper deals with reports"), blank=True)
    security_key_url = models.URLField(_("key to encrypt reports with"), blank=True)
    trust_lines = models.TextField(
        _("lines of trust.txt"),
        blank=True,
        validators=[check_trust],
        help_text=_(
            "Associations and owners, one a line: belongto=https://association.example/. Profiles, the page about "
            "ownership, the contact and whether models may be trained are added by themselves."
        ),
    )
    ads_lines = models.TextField(
        _("lines of ads.txt"),
        blank=True,
        validators=[check_ads],
        help_text=_("Who may sell the paper’s advertising space. Empty: nobody, and the file says so."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("security_contacts"), FieldPanel("security_policy_url"), FieldPanel("security_key_url")],
            heading="security.txt",
        ),
        MultiFieldPanel([FieldPanel("trust_lines")], heading="trust.txt"),
        MultiFieldPanel([FieldPanel("ads_lines")], heading="ads.txt"),
    ]

    class Meta:
        verbose_name = _("small files")


class HubRequest(models.Model):
    """What somebody has asked of the paper's hub, until it has asked back whether that was meant (WebSub, 5.3)."""

    mode = models.CharField(max_length=11)
    topic = models.CharField(max_length=500)
    callback = models.CharField(max_length=1000)
    host = models.CharField(max_length=253, db_index=True)
    secret = models.CharField(max_length=199, blank=True)
    lease_seconds = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mode} {self.callback}"


class HubTopic(models.Model):
    """A feed to which somebody has subscribed, as it was last sent, and the surrogate keys of what stands in it."""

    path = models.CharField(max_length=500, unique=True)
    keys = models.JSONField(default=list)
    content_type = models.CharField(max_length=100, blank=True)
    body = models.BinaryField(default=bytes)
    as_of = models.BigIntegerField(null=True)
    """The newest number of the change log when it was rendered; null before the first time."""
    due_seq = models.BigIntegerField(default=0)
    """The number of a change that touched it: while it is higher than `as_of`, the feed is to be rendered anew."""
    epoch = models.BigIntegerField(default=0)
    """By which program and settings it was rendered (delivery/epoch.py)."""
    renew_at = models.DateTimeField(null=True)
    """When it looks different although nothing was changed: when the rights of a photo end."""
    failures = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    """When it is tried again after it could not be rendered."""

    def __str__(self) -> str:
        return self.path


class Subscription(models.Model):
    """Somebody to whom the hub sends a feed whenever it changes, until the lease ends."""

    topic = models.ForeignKey(HubTopic, on_delete=models.CASCADE, related_name="subscriptions")
    callback = models.CharField(max_length=1000)
    host = models.CharField(max_length=253, db_index=True)
    secret = models.CharField(max_length=199, blank=True)
    """With it each delivery is signed, so it is kept as it was given."""
    ends_at = models.DateTimeField()
    send_at = models.DateTimeField(null=True, db_index=True)
    """When the feed is to be sent next; null when all was sent."""
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "callback"], name="subscribed_once")]

    def __str__(self) -> str:
        return f"{self.callback} to {self.topic_id}"


class Partner(models.Model):
    """Another paper or a wire that takes stories over, known by a token of which only a hash is kept."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    contact = models.CharField(_("contact"), max_length=255, blank=True)
    is_active = models.BooleanField(
        _("may take stories over"), default=True, help_text=_("Without the tick its token opens nothing any more.")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    given_at = models.DateTimeField(_("token given"), editable=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Translation(LoggedModel):
    """That a story says in its language what another says in its own. Several may be translations of one original."""

    story = models.OneToOneField(
        "stories.Story", verbose_name=_("translation"), on_delete=models.CASCADE, related_name="translation_row"
    )
    original = models.ForeignKey(
        "stories.Story", verbose_name=_("original"), on_delete=models.CASCADE, related_name="translation_rows"
    )

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.story} / {self.original}"

    def clean(self) -> None:
        """Refuse a translation into the same language, and one of a story that is a translation itself."""
        super().clean()
        if not (self.story_id and self.original_id):
            return
        if self.story.language == self.original.language:
            raise ValidationError(_("Both stories are in the same language."))
        taken = Translation.objects.exclude(pk=self.pk)
        if taken.filter(models.Q(story=self.original_id) | models.Q(original=self.story_id)).exists():
            raise ValidationError(_("Name the story that all others are translations of as the original."))

    def change_keys(self) -> set[str]:
        """Return the keys under which both stories' pages show this."""
        return {translations_key(self.story_id), translations_key(self.original_id)}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Return also the keys of the stories that were named before."""
        return {translations_key(row[name]) for row in (before, after) if row for name in ("story_id", "original_id")}
