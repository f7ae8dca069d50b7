"""The body of a story as HTML for other programs: no classes, no scripts, no relative addresses.

Readers of feeds show it on pages of their own, where none of our stylesheets and scripts are. What is embedded is a
link, as nobody there asks before something is loaded.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import nh3
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from broadsheet.kit.html import LINK_SCHEMES, PROSE_ATTRIBUTES, PROSE_TAGS
from broadsheet.kit.text import printable
from broadsheet.masthead.head_metadata import absolute
from broadsheet.stories.templatetags.story_tags import after_dateline

TAGS = PROSE_TAGS | {"img"}
ATTRIBUTES = PROSE_ATTRIBUTES | {"img": {"src", "alt", "width", "height"}, "blockquote": {"cite"}}
ADDRESSES = {"href", "src", "cite"}
LEFT_OUT = {"pull_quote", "unrecognised"}
"""Blocks that repeat the text, or were never understood."""


def full_text(blocks: Iterable[Any], *, address: str, dateline: str = "") -> str:
    """Return the HTML of a body's blocks; `address` is the story's, from the site's root or whole."""
    parts: list[str] = []
    for block in blocks:
        if block.block_type == "paragraph":
            parts.append(after_dateline(expand_db_html(block.value.source), dateline))
            dateline = ""
        elif block.block_type == "embed":
            parts.append(_link_to(block.value))
        elif block.block_type not in LEFT_OUT:
            parts.append(block.render_as_block())
    return fit_for_feeds("\n".join(parts), address=address)


def fit_for_feeds(markup: str, *, address: str) -> str:
    """Return HTML that may stand on anybody's page, with whole addresses."""
    base = absolute(address)

    def with_whole_addresses(tag: str, name: str, value: str) -> str:
        return urljoin(base, value) if name in ADDRESSES else value

    cleaned = nh3.clean(
        markup,
        tags=TAGS,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=with_whole_addresses,
        url_schemes=set(LINK_SCHEMES),
        link_rel=None,
    )
    return printable(cleaned).strip()


def _link_to(value: Any) -> str:
    """Return what stands in the place of something embedded from another site."""
    at = _("At %(site)s:") % {"site": value.embed.provider_name}
    caption = format_html("<br>{}", value["caption"]) if value["caption"] else ""
    return format_html('<p>{} <a href="{}">{}</a>{}</p>', at, value["url"], value["title"], caption)
