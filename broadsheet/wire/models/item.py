"""What agencies sent: items, their versions, their photos."""

import datetime as dt
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from broadsheet.kit import clock
from broadsheet.wire.models.source import WireSource
from broadsheet.wire.read_item import UNTIL_FURTHER_NOTICE, ReadItem


class ItemState(models.TextChoices):
    """What the desk did with an item."""

    NEW = "new", _("New")
    TAKEN = "taken", _("Made a story")
    ASIDE = "aside", _("Set aside")


class WireItem(models.Model):
    """One item of an agency, as its newest version has it; its versions are kept as long as it is (a hundred of them).

    `same_as` is the item of another delivery that says the same and came first: the head of a group, which has none
    itself. `follows` is an earlier item, of another guid, that this one updates, corrects or kills.
    """

    source = models.ForeignKey(WireSource, verbose_name=_("source"), on_delete=models.PROTECT, related_name="items")
    guid = models.CharField(max_length=1_000)
    guid_digest = models.CharField(max_length=64)
    """SHA-256 of the guid: PostgreSQL and SQLite index that, whatever agencies make of a guid."""
    headline = models.CharField(_("headline"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=7, default="text")
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=0)
    language = models.CharField(max_length=35, blank=True)
    preview = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    """What a search looks into: headline, slugline, summary, text and subjects, folded."""
    sketch = models.JSONField(default=list)
    """What of the text is compared with other agencies': see `likeness.py`."""
    arrived_at = models.DateTimeField(_("arrived"), default=clock.now)
    changed_at = models.DateTimeField(_("last version"), default=clock.now)
    embargoed_until = models.DateTimeField(_("embargo"), null=True, blank=True)
    is_killed = models.BooleanField(_("killed"), default=False)
    signal = models.CharField(max_length=10, blank=True)
    state = models.CharField(_("state"), max_length=5, choices=ItemState.choices, default=ItemState.NEW)
    section = models.ForeignKey(
        "sections.Section",
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    story = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL,
        verbose_name=_("story"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    taken_version = models.ForeignKey(
        "wire.WireVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """The version of which the story was made."""
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="others")
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("wire item")
        verbose_name_plural = _("wire items")
        permissions = [("work_with_wire", "Can read the wire, set items aside and make stories of them")]
        constraints = [models.UniqueConstraint(fields=["source", "guid_digest"], name="wire_item_once")]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="wire_latest"),
            models.Index(fields=["source", "-changed_at", "-id"], name="wire_latest_of_source"),
            models.Index(fields=["story"], name="wire_of_story", condition=Q(story__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.headline or self.guid

    @cached_property
    def current(self) -> "WireVersion":
        """The version that holds now."""
        return self.versions.filter(is_late=False).order_by("-number").select_related("item").first() or (
            self.versions.order_by("-number")[:1].get()
        )

    def is_embargoed(self, at: dt.datetime | None = None) -> bool:
        """Tell whether it may not be published yet."""
        return self.embargoed_until is not None and self.embargoed_until > (at or clock.now())

    @property
    def is_embargoed_until_lifted(self) -> bool:
        """Tell whether nobody knows when it may be published."""
        return self.embargoed_until is not None and self.embargoed_until.year >= UNTIL_FURTHER_NOTICE.year


class WireVersion(models.Model):
    """An item as it came once. `told_kind` is what it meant for a story that had been made: kill, correction, update.

    `is_late` marks one that came after a newer one had: it is kept and changes nothing.
    """

    item = models.ForeignKey(WireItem, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=clock.now)
    is_late = models.BooleanField(default=False)
    told_kind = models.CharField(max_length=10, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    """When the story's people were told."""
    seen_at = models.DateTimeField(null=True, blank=True)
    """When somebody said of a kill that they know of it, and who it was; a story that is not out yet waits for that."""
    seen_by_name = models.CharField(max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="wire_version_once")]
        indexes = [
            models.Index(
                fields=["received_at"], name="wire_to_tell", condition=Q(told_at__isnull=True) & ~Q(told_kind="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number}"

    @cached_property
    def read(self) -> ReadItem:
        """What the agency said."""
        return ReadItem.from_json(self.content)


class WirePhoto(models.Model):
    """A picture that an item brings. `photo` is there once it was fetched; `problem` says why it was not."""

    item = models.ForeignKey(WireItem, on_delete=models.CASCADE, related_name="photos")
    ref = models.CharField(max_length=2_000)
    ref_digest = models.CharField(max_length=64)
    beside = models.CharField(max_length=500, blank=True)
    """In which folder of its source the item's file lay, for a picture that is a file, too."""
    place = models.PositiveSmallIntegerField(default=0)
    photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_unclaimed = models.BooleanField(default=False)
    """Whether the photo was fetched for the wire alone: nobody else can choose it, and it is tidied away with its item.
    Once a story is made of the item, or somebody keeps the photo, it is the paper's."""
    problem = models.TextField(blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "ref_digest"], name="wire_photo_once")]

    def __str__(self) -> str:
        return self.ref
