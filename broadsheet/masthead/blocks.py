"""The blocks of the paper's menus."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class NavigationLinkBlock(blocks.StructBlock):
    """One menu item: a section, a topic, a page or an address."""

    label = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Label"),
        help_text=_("The target's name when empty."),
    )
    section = SnippetChooserBlock("sections.Section", required=False, label=_("Section"))
    topic = SnippetChooserBlock("topics.Topic", required=False, label=_("Topic"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    address = blocks.CharBlock(
        required=False,
        label=_("Address"),
        help_text=_("For example /search/ or https://…"),
    )

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value: Any) -> Any:
        """Refuse an item that points nowhere, at two things, or at something that is not an address."""
        cleaned = super().clean(value)
        targets = [name for name in ("section", "topic", "page", "address") if cleaned.get(name)]
        if len(targets) != 1:
            raise blocks.StructBlockValidationError(
                non_block_errors=[ValidationError(_("Choose exactly one of section, topic, page or address."))]
            )
        address = cleaned.get("address")
        if address and not address.startswith(("/", "https://", "http://", "mailto:")):
            raise blocks.StructBlockValidationError(
                block_errors={"address": ValidationError(_("Begin the address with / or https://."))}
            )
        return cleaned


class NavigationItemsBlock(blocks.StreamBlock):
    """The items of a menu, in order."""

    link = NavigationLinkBlock()


class NavigationColumnBlock(blocks.StructBlock):
    """One column of the footer: a heading and its links."""

    heading = blocks.CharBlock(max_length=40, label=_("Heading"))
    links = blocks.ListBlock(NavigationLinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
