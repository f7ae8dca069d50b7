"""Photos and the data that must travel with them."""

import datetime as dt
import secrets
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, get_upload_to

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.kit import clock, rendering
from broadsheet.photos.cache_keys import photo_key
from broadsheet.photos.fields import PhotoFileField
from broadsheet.photos.guards import Problem, find_problems
from broadsheet.photos.newsroom_filter import BareFilter
from broadsheet.photos.picture import LAYOUTS, Picture, make_picture
from broadsheet.photos.renditions import compute_rendition_key
from broadsheet.photos.tasks import refresh_after, refresh_renditions_of


class Licence(models.TextChoices):
    """Under which terms the paper may publish a photo."""

    OWN = "own", _("Own work of the paper")
    AGENCY = "agency", _("Agency, by contract")
    HANDOUT = "handout", _("Handout")
    PUBLIC_DOMAIN = "public-domain", _("Public domain")
    CC0 = "cc0", _("CC0")
    CC_BY = "cc-by", _("CC BY")
    CC_BY_SA = "cc-by-sa", _("CC BY-SA")
    OTHER = "other", _("Other, see usage terms")


class Photo(LoggedModel, AbstractImage):
    """A picture with its caption, credit, rights and alternative text.

    `caption` tells what readers cannot see for themselves, `alt_text` what they would see: two different texts, each
    shown once. `credit` is printed exactly as the agency wrote it ("AFP PHOTO/AHMAD AL-RUBAYE").
    """

    description = None  # Wagtail's column; `alt_text` and `caption` say which of the two is meant
    file = PhotoFileField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    caption = models.TextField(
        _("caption"), blank=True, help_text=_("What cannot be seen: who, where, when, and why it matters.")
    )
    alt_text = models.TextField(
        _("alternative text"),
        blank=True,
        help_text=_("What a reader would see, for those who cannot. Not the caption."),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Tells nothing; screen readers pass over it."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Printed exactly as written here, such as “AFP PHOTO/NAME”."),
    )
    photographer = models.CharField(_("photographer"), max_length=255, blank=True)
    agency = models.CharField(_("agency"), max_length=255, blank=True)
    copyright_notice = models.CharField(_("copyright notice"), max_length=500, blank=True)
    usage_terms = models.TextField(_("usage terms"), blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, blank=True)
    licence_url = models.URLField(_("licence address"), blank=True)
    licensor_url = models.URLField(_("where to license it"), blank=True)
    rights_expire_on = models.DateField(_("rights end on"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    taken_place = models.CharField(_("taken in"), max_length=255, blank=True)
    digital_source_type = models.CharField(_("digital source type"), max_length=255, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    """Since when readers may not see the photo, because a story that showed it was taken down."""
    rendition_key = models.CharField(max_length=16, blank=True, editable=False)
    read_from_file = models.JSONField(default=dict, blank=True, editable=False)
    """Which fields were filled from the file's metadata, and from which block: {"credit": "XMP"}."""

    admin_form_fields = (
        "title",
        "file",
        "caption",
        "alt_text",
        "is_decorative",
        "credit",
        "photographer",
        "agency",
        "copyright_notice",
        "usage_terms",
        "licence",
        "licence_url",
        "licensor_url",
        "rights_expire_on",
        "taken_at",
        "taken_place",
        "digital_source_type",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        field for field in AbstractImage.search_fields if getattr(field, "field_name", "") != "description"
    ] + [
        index.SearchField("caption"),
        index.SearchField("alt_text"),
        index.SearchField("credit"),
        index.AutocompleteField("caption"),
    ]
    search_auto_update = False  # the indexer of the search follows what is saved

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        permissions = [("choose_photo", "Can choose photo")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and have the public renditions made when anything that they show or carry has changed."""
        if self.file and not self.file_hash:
            self._set_image_file_metadata()
        key = compute_rendition_key(self)
        has_changed = key != self.rendition_key
        self.rendition_key = key
        if has_changed and (update_fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*update_fields, "rendition_key", "file_hash", "file_size"}
        super().save(*args, **kwargs)
        if has_changed:
            refresh_renditions_of.enqueue(photo_id=self.pk)
            if self.rights_expire_on and not self.is_withheld():
                refresh_after(self.rights_expire_on, photo_id=self.pk)

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {photo_key(self.pk)}

    def picture(self, layout: str, *, sizes: str = "", caption: str | None = None) -> Picture | None:
        """Return what a template needs to show the photo (see `picture.py`), or None when readers may not see it."""
        if self.is_withheld():
            return None
        return make_picture(self, LAYOUTS[layout], sizes=sizes, caption=caption)

    def is_withheld(self) -> bool:
        """Return whether readers may not see the photo: it was withdrawn, or its rights have ended."""
        return self.withdrawn_at is not None or self.rights_have_ended()

    def rights_have_ended(self, on: dt.date | None = None) -> bool:
        """Return whether the last day on which the photo may be shown is past, today or on the given date."""
        if self.rights_expire_on is None:
            return False
        if on is None:
            rendering.renew_at(clock.beginning_of(self.rights_expire_on + dt.timedelta(days=1)))
        return self.rights_expire_on < (on or clock.local_date(clock.now_until_renewed()))

    def problems(self) -> list[Problem]:
        """Return what must be mended before the photo may be published; nothing when all is well."""
        return find_problems(self, file_name=self.filename)

    def get_upload_to(self, filename: str) -> str:
        """Return a name in `originals/`, which readers are never served, that nobody can guess."""
        stem_and_suffix = super().get_upload_to(filename).rpartition("/")[2]
        return f"originals/{secrets.token_hex(4)}/{stem_and_suffix[-70:]}"

    def generate_rendition_file(
        self,
        filter: Filter,  # noqa: A002 (the name Wagtail gives it)
        *,
        source: File[bytes] | None = None,
    ) -> File[bytes]:
        """Make a size for the newsroom's own screens, without the original's metadata (Wagtail would keep GPS)."""
        with super().generate_rendition_file(BareFilter(filter.spec), source=source) as made:
            made.seek(0)
            return ContentFile(made.read(), name=made.name)  # Wagtail would leave its temporary file open

    @property
    def default_alt_text(self) -> str:
        """The alternative text that Wagtail offers where the photo is placed; empty when decorative."""
        return "" if self.is_decorative else self.alt_text


class PhotoRendition(AbstractRendition):
    """A size made for the newsroom's own screens; readers' sizes are in `renditions.py`."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
