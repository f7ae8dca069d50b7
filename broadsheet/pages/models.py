"""The base page: Wagtail's page with the columns that every list of stories reads.

Wagtail calls a custom base page experimental; docs/adr/0001 says why we use it and what we would do without.
"""

from typing import Any, ClassVar, Self, cast

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.locks import BaseLock, ScheduledForPublishLock
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta, DefaultBasePageMixin

from broadsheet.kit import rendering
from broadsheet.pages.cache_keys import card_key, page_key
from broadsheet.pages.keep_old_address import are_settled, free_address, keep_old_address
from broadsheet.pages.planned_lock import PlannedLock


class WorkType(models.TextChoices):
    """What kind of journalism a story is; shown to readers and told to search engines."""

    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    EXPLAINER = "explainer", _("Explainer")
    REVIEW = "review", _("Review")
    SPONSORED = "sponsored", _("Sponsored")


def default_language() -> str:
    """Return the paper's own language, the default of every page."""
    return settings.LANGUAGE_CODE


class BasePage(DefaultBasePageMixin, AbstractPage):
    """Every page of the tree. `title` is a story's headline.

    Lists (fronts, sections, topics, archives, the newsroom's list) read this one table and join nothing.
    """

    language = models.CharField(
        _("language"),
        max_length=12,
        choices=settings.LANGUAGES,
        default=default_language,
    )
    kicker = models.CharField(
        _("kicker"),
        max_length=60,
        blank=True,
        help_text=_("A word or two above the headline."),
    )
    short_headline = models.CharField(
        _("short headline"),
        max_length=80,
        blank=True,
        help_text=_("For fronts and lists; the headline when empty."),
    )
    standfirst = models.TextField(_("standfirst"), blank=True, max_length=400)
    work_type = models.CharField(
        _("type of work"),
        max_length=12,
        choices=WorkType.choices,
        default=WorkType.NEWS,
    )
    section = models.ForeignKey(
        "sections.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pages",
    )
    lead_photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("lead photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_("Death, abuse, grief: no appeals, no jolly links, no promotion beside it."),
    )
    updated_at = models.DateTimeField(
        _("updated at"),
        null=True,
        blank=True,
        help_text=_("When an imported story was last changed where it comes from. Later changes are on the record."),
    )

    private_page_options: ClassVar[list[str]] = []  # free to read: Wagtail's privacy settings are not offered

    search_fields = AbstractPage.search_fields + DefaultBasePageMixin.search_fields
    search_auto_update = False  # the indexer of the search follows what is saved
    promote_panels = DefaultBasePageMixin.promote_panels

    class Meta(AbstractPageMeta):
        indexes = [
            # Conditions rather than columns: SQLite cannot look up Django's bare `WHERE live` in an index.
            models.Index(
                fields=["content_type", "-first_published_at", "-id"],
                name="page_latest",
                condition=models.Q(live=True),
            ),
            models.Index(
                fields=["section", "-first_published_at", "-id"],
                name="page_latest_in_section",
                condition=models.Q(live=True),
            ),
            models.Index(
                fields=["work_type", "-first_published_at", "-id"],
                name="page_latest_of_work_type",
                condition=models.Q(live=True),
            ),
            models.Index(
                fields=["content_type", "-latest_revision_created_at", "-id"],
                name="page_recently_edited",
            ),
            models.Index(fields=["alias_of", "path"], name="page_aliases_in_order"),
            models.Index(fields=["content_type", "id", "last_published_at", "live"], name="page_changed_by_number"),
            models.Index(fields=["expire_at"], name="page_ending", condition=models.Q(expire_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["url_path"],
                name="page_url_path",
                violation_error_message=_("Another page already has this address."),
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; when the page leaves an address at which readers found it, that address leads to it from then on."""
        written = kwargs.get("update_fields")
        settles = are_settled() and (written is None or "url_path" in written)
        before = self._address_given() if settles and self.pk else ""
        super().save(*args, **kwargs)
        if before and before != self.url_path:
            keep_old_address(page=self, url_path_before=before)
        elif settles and self.live:
            free_address(url_path=self.url_path)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Make it from a row, and say to the page that is being rendered whether it shows this whole or as a card."""
        found = super().from_db(*args, **kwargs)
        if rendering.is_recorded():
            rendering.read_under([card_key(found.pk) if cls is BasePage else page_key(found.pk)])
        return cast("Self", found)

    def _address_given(self) -> str:
        """Return the `url_path` at which readers find the page, or last found it; nothing for a mere draft."""
        seen = models.Q(live=True) | models.Q(first_published_at__isnull=False)
        rows = BasePage.objects.filter(seen, pk=self.pk).order_by().values_list("url_path", flat=True)
        return rows.first() or ""

    def get_lock(self) -> BaseLock | None:
        """Return what keeps the page from being edited; of a schedule, with the moment told exactly."""
        lock: BaseLock | None = super().get_lock()
        return PlannedLock(self) if isinstance(lock, ScheduledForPublishLock) else lock

    @property
    def text_direction(self) -> str:
        """`rtl` for a page in a right-to-left language, else `ltr`."""
        return "rtl" if translation.get_language_info(self.language)["bidi"] else "ltr"


class NewsroomDocument(AbstractDocument):
    """A file that readers may download: a ruling, a data set."""

    admin_form_fields = ("title", "file", "collection", "tags")
    search_auto_update = False  # the indexer of the search follows what is saved

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]


class MissedAddress(models.Model):
    """How often readers found nothing at an address on one day. Nothing is kept about who they were.

    `own_links` are those who came by a link of the paper's own. The empty address stands for all that were too many.
    """

    day = models.DateField(_("day"))
    address = models.CharField(_("address"), max_length=255, blank=True)
    count = models.PositiveBigIntegerField(_("times"), default=0)
    own_links = models.PositiveBigIntegerField(_("by our own links"), default=0)

    class Meta:
        verbose_name = _("missed address")
        verbose_name_plural = _("missed addresses")
        constraints = [models.UniqueConstraint(fields=["day", "address"], name="missed_address_of_day")]

    def __str__(self) -> str:
        return self.address


class IgnoredAddress(models.Model):
    """An address that leads nowhere and need not lead anywhere: robots ask for it."""

    address = models.CharField(_("address"), max_length=255, unique=True)

    class Meta:
        verbose_name = _("ignored address")
        verbose_name_plural = _("ignored addresses")

    def __str__(self) -> str:
        return self.address
