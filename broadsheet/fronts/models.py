"""The front page's place in the tree, and the fronts that editors arrange."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from broadsheet.fronts.show_front import front_context
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.fronts.zones import Zone, zones_from_data, zones_to_data
from broadsheet.kit import rendering
from broadsheet.masthead.models import Masthead
from broadsheet.pages.models import BasePage
from broadsheet.sections.models import Section
from broadsheet.stories.cache_keys import front_key, new_front_key
from broadsheet.stories.list_metadata import front_metadata


class HomePage(BasePage):
    """The root of the paper's tree, at /. What stands on it is a `Front`'s business."""

    parent_page_types = ["pages.BasePage"]
    subpage_types = ["stories.YearPage", "stories.InformationPage"]
    max_count = 1
    template = "fronts/front.html"

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the arranged front page; the contract with templates is told in `show_front.py`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["metadata"] = front_metadata(Masthead.load(request), language=self.language)
        return context | front_context(section=None, zones=Front.zones_in_force(None))


class Front(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """How the front page (no section) or a section's front is arranged. Without one, the usual zones hold.

    Every save is a revision; readers see the last one published. A whole front is scheduled by its revision's
    `go_live_at`, which `publish_scheduled` honours. Edited on the board only: `save_front`, `publish_front`,
    `restore_front`.
    """

    section = models.OneToOneField(
        Section,
        verbose_name=_("section"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="front",
        help_text=_("The front page when empty."),
    )
    zone_data = models.JSONField(_("zones"), default=list)

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")
        constraints = [models.UniqueConstraint(Coalesce("section", 0), name="one_front_for_a_place")]
        permissions = [("change_own_section_front", "Can arrange the fronts of the sections one edits")]

    def __str__(self) -> str:
        return str(self.section) if self.section else gettext("Front page")

    def get_absolute_url(self) -> str:
        """Return the path at which readers find the front."""
        return self.section.get_absolute_url() if self.section else "/"

    @classmethod
    def zones_in_force(cls, section: Section | None) -> tuple[Zone, ...]:
        """Return what readers see: the published zones of the front page (no section) or a section, else the usual."""
        kept = cls.objects.filter(section=section, live=True).values_list("pk", "zone_data").first()
        rendering.read_under([front_key(kept[0]) if kept else new_front_key(section.pk if section else None)])
        return zones_from_data(kept[1]) if kept else usual_zones(section)

    @property
    def zones(self) -> tuple[Zone, ...]:
        """The zones from top to bottom."""
        return zones_from_data(self.zone_data)

    @zones.setter
    def zones(self, zones: Sequence[Zone]) -> None:
        self.zone_data = zones_to_data(zones)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Return the template that readers get."""
        return "fronts/section.html" if self.section else "fronts/front.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Return what the template would get if this version were published now."""
        home = HomePage.objects.first() if self.section is None else None
        return {"request": request, "page": home} | front_context(section=self.section, zones=self.zones)
