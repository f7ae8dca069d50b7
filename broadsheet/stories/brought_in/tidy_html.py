"""HTML from elsewhere made well-formed, with only what the import can read in it."""

import nh3

PASSING = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd"),
        *("mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "pre", "hr", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption"),
        *("div", "section", "article", "main", "center", "header", "footer", "nav", "aside", "address", "details"),
        *("summary", "img", "picture", "source", "video", "audio", "iframe", "embed", "object"),
    )
)
"""Elements that survive to be read; all others have become text before."""
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "data-credit"},
    "iframe": {"src", "title"},
    "video": {"src", "title"},
    "audio": {"src", "title"},
    "embed": {"src", "title"},
    "object": {"data", "title"},
    "source": {"src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "code": {"class"},
    "blockquote": {"class", "cite"},
    "*": {"lang", "dir"},
}


def tidy_html(html: str) -> str:
    """HTML made well-formed as a browser would, with only the elements and attributes that are read here."""
    attributes = {tag: set(names) for tag, names in _ATTRIBUTES.items()}
    return nh3.clean(
        html, tags=set(PASSING), attributes=attributes, link_rel=None, url_schemes={"http", "https", "mailto", "tel"}
    )
