"""The paper's identity and its menus, edited under Settings in the newsroom.

One installation is one paper, so these settings belong to no Wagtail site and cost one query each.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from broadsheet.changes.logged_model import LoggedModel
from broadsheet.kit import rendering
from broadsheet.masthead.blocks import NavigationColumnBlock, NavigationItemsBlock
from broadsheet.masthead.cache_keys import COLOURS, NAVIGATION, SITE
from broadsheet.masthead.fields import LeanStreamField
from broadsheet.masthead.menus import Menus, resolve_menus

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

COLOUR_FIELDS = ("accent_colour", "accent_colour_dark")
HEX_COLOUR = RegexValidator(
    r"^#[0-9a-fA-F]{6}$",
    _("Write the colour as # and six digits, for example #8a1f2d."),
)


def policy_page(label: "StrOrPromise") -> models.ForeignKey:
    """Return a field that names the page on which the paper states one of its policies."""
    return models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


@register_setting(icon="home", order=100)
class Masthead(LoggedModel, BaseGenericSetting):
    """Name, look and principles of the paper; read by every page and by the structured data."""

    name = models.CharField(_("name of the paper"), max_length=100, default="Broadsheet")
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("One or two sentences, for search engines and shared links."),
    )
    logo = models.FileField(_("logo"), upload_to="masthead/", blank=True, help_text=_("SVG or PNG, wide."))
    icon = models.FileField(_("icon"), upload_to="masthead/", blank=True, help_text=_("SVG or PNG, square."))
    social_photo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Used where a page has no picture of its own."),
    )
    accent_colour = models.CharField(
        _("accent colour"),
        max_length=7,
        default="#8a1f2d",
        validators=[HEX_COLOUR],
        help_text=_("On light ground."),
    )
    accent_colour_dark = models.CharField(
        _("accent colour, dark mode"),
        max_length=7,
        default="#e58a94",
        validators=[HEX_COLOUR],
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    contact_email = models.EmailField(_("contact e-mail address"), blank=True)
    postal_address = models.TextField(_("postal address"), blank=True)
    small_print = models.TextField(_("small print"), blank=True, help_text=_("At the foot of every page."))
    profile_urls = models.TextField(
        _("the paper elsewhere"),
        blank=True,
        help_text=_("Addresses of its profiles, one a line."),
    )

    about_page = policy_page(_("about us"))
    staff_page = policy_page(pgettext_lazy("page that names the staff", "masthead"))
    ethics_page = policy_page(_("ethics policy"))
    corrections_page = policy_page(_("corrections policy"))
    ownership_page = policy_page(_("ownership and funding"))
    verification_page = policy_page(_("verification and fact-checking"))
    contact_page = policy_page(_("contact"))

    select_related = ["social_photo"]

    class Meta:
        verbose_name = _("masthead")

    @classmethod
    def load(cls, request_or_site: Any = None) -> Any:
        """Return the paper's masthead, which the process that renders pages to be kept remembers while it holds."""
        load = super().load
        return rendering.remembered("masthead", load) if rendering.remembers() else load(request_or_site)

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {SITE}

    def changed_keys(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
        """Add the key of the stylesheet of its colours if these have changed."""
        is_recoloured = any(before.get(name) != after.get(name) for name in COLOUR_FIELDS)
        return {SITE, COLOURS} if is_recoloured else {SITE}

    @property
    def has_own_colours(self) -> bool:
        """Whether the paper's accent differs from the one in the stylesheet, so that pages must ask for it."""
        own = {field.name: field for field in self._meta.concrete_fields}
        fields = (own[name] for name in COLOUR_FIELDS)
        return any(getattr(self, field.name) != field.default for field in fields)

    def profile_list(self) -> list[str]:
        """Return the addresses of the paper's profiles elsewhere."""
        return self.profile_urls.split()


@register_setting(icon="list-ul", order=110)
class Navigation(LoggedModel, BaseGenericSetting):
    """The menus in the head and the foot of every page."""

    header = LeanStreamField(NavigationItemsBlock(), verbose_name=_("header"), blank=True)
    footer = LeanStreamField([("column", NavigationColumnBlock())], verbose_name=_("footer"), blank=True)

    class Meta:
        verbose_name = _("navigation")

    @classmethod
    def load(cls, request_or_site: Any = None) -> Any:
        """Return the menus as they are edited; see `Masthead.load`."""
        load = super().load

        def whole() -> Any:
            found = load()
            _ = found.menus  # worked out here, so that what they point at is known to be read for them
            return found

        return rendering.remembered("navigation", whole) if rendering.remembers() else load(request_or_site)

    def change_keys(self) -> set[str]:
        """Return the key under which pages show this."""
        return {NAVIGATION}

    @cached_property
    def menus(self) -> Menus:
        """The menus as readers meet them."""
        return resolve_menus(self.header.raw_data, self.footer.raw_data)
