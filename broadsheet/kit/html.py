"""HTML from outside made safe to publish, and turned into text."""

import html
import re

import nh3
from bs4 import BeautifulSoup

INLINE_TAGS = {"a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small"}
INLINE_TAGS |= {"span", "strong", "sub", "sup", "u"}
BLOCK_TAGS = {"blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "h4", "hr", "li", "ol", "p"}
BLOCK_TAGS |= {"pre", "ul", "caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
PROSE_TAGS = INLINE_TAGS | BLOCK_TAGS
PROSE_ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "reversed"},
    "*": {"lang", "dir"},
}
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
NOT_OF_THE_TEXT = frozenset({"data-block-key"})
"""What a rich text editor notes for itself in the markup that it writes."""
ONE_NAME = {"strong": "b", "em": "i", "del": "s"}
BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|blockquote|div|tr|dt|dd|figcaption)>|<br\s*/?>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
SPACES = re.compile(r"[ \t\r\f\v]+")


def clean_prose(markup: str) -> str:
    """Return `markup` with only the elements and attributes of prose; scripts, styles and handlers are gone.

    Cleaning what is clean changes nothing.
    """
    return nh3.clean(
        markup,
        tags=PROSE_TAGS,
        attributes={tag: set(names) for tag, names in PROSE_ATTRIBUTES.items()},
        url_schemes=set(LINK_SCHEMES),
        link_rel=None,
    )


def canonical_markup(markup: str) -> str:
    """Return `markup` in the one spelling of all that a reader cannot tell apart, to be compared.

    A rich text editor that opens what an import wrote, and saves it, spells it its own way.
    """
    tree = BeautifulSoup(markup, "html.parser")
    for tag in tree.find_all(True):
        tag.name = ONE_NAME.get(tag.name, tag.name)
        tag.attrs = {name: tag.attrs[name] for name in sorted(tag.attrs) if name not in NOT_OF_THE_TEXT}
    return tree.decode()


def text_of(markup: str) -> str:
    """Return the text a reader sees in `markup`, one line a block."""
    lines = TAG.sub("", BLOCK_END.sub("\n", markup))
    text = SPACES.sub(" ", html.unescape(lines))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())
