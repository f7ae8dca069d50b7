"""Source blocks as the value of a story's stream field."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext

from broadsheet.kit.html import text_of
from broadsheet.stories.brought_in.source_block import SourceBlock, SourceImage

PhotoOf = Callable[[SourceImage], int | None]
"""Gives the id of the photo a source picture became; None when there is no such file or it was refused."""

_ITEM = re.compile(r"<li[^>]*>(.*?)</li>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


def stream_value(blocks: Iterable[SourceBlock], photo_of: PhotoOf) -> list[dict[str, Any]]:
    """The raw value of a body: a dict of type, value and id for each block."""
    value: list[dict[str, Any]] = []
    for block in blocks:
        made = _MAKERS[block.kind](block) if block.kind != "image" else _photo(block, photo_of)
        if made:
            value.append({"type": made[0], "value": made[1], "id": str(uuid.uuid4())})
    return value


Made = tuple[str, Any] | None


def plain(html: str) -> str:
    """A line of HTML as plain text on one line."""
    return " ".join(text_of(html).split()) if "<" in html or "&" in html else html.strip()


def _paragraph(block: SourceBlock) -> Made:
    return "paragraph", f"<p>{block.html}</p>"


def _heading(block: SourceBlock) -> Made:
    return "heading", {"text": block.text, "level": "2" if block.level <= 2 else "3"}


def _list(block: SourceBlock) -> Made:
    html = block.html
    nested = len(re.findall(r"<[ou]l", html)) > 1
    if nested or re.search(r"<ol[^>]*\bstart=", html):
        return "html", html
    items = [re.sub(r"</?p>", "", item).strip() for item in _ITEM.findall(html)]
    return "list", {"items": [f"<p>{item}</p>" for item in items], "is_numbered": html.lstrip().startswith("<ol")}


def _quote(block: SourceBlock) -> Made:
    return "quote", {"text": block.html, "attribution": plain(block.attribution), "source_url": ""}


def _table(block: SourceBlock) -> Made:
    if any("<" in cell for row in block.rows for cell in row):
        return "html", _table_html(block)
    data = [[unescape(cell) for cell in row] for row in block.rows]
    return "table", {
        "data": data,
        "first_row_is_table_header": block.header_row,
        "first_col_is_header": False,
        "table_header_choice": "row" if block.header_row else "neither",
        "table_caption": block.title,
        "cell": [],
        "mergeCells": [],
    }


def _table_html(block: SourceBlock) -> str:
    caption = f"<caption>{escape(block.title)}</caption>" if block.title else ""
    lines = []
    for number, row in enumerate(block.rows):
        name = "th" if number == 0 and block.header_row else "td"
        lines.append("<tr>" + "".join(f"<{name}>{cell}</{name}>" for cell in row) + "</tr>")
    return f"<table>{caption}<tbody>{''.join(lines)}</tbody></table>"


def _code(block: SourceBlock) -> Made:
    return "preformatted", {"text": block.text, "language": block.language[:40]}


def _embed(block: SourceBlock) -> Made:
    url = f"https:{block.url}" if block.url.startswith("//") else block.url
    if not url.startswith(("http://", "https://")):
        return "unrecognised", {
            "source": " ".join(part for part in (block.title, block.url, block.text) if part),
            "reason": gettext("An embed without a web address"),
        }
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    return "embed", {"url": url, "title": plain(block.title)[:200] or host, "caption": block.text}


def _box(block: SourceBlock) -> Made:
    html = re.sub(r"<h\d[^>]*>(.*?)</h\d>", r"<p><b>\1</b></p>", block.html, flags=re.DOTALL)
    return "fact_box", {"title": (block.title or gettext("Note"))[:120], "text": html}


def _html(block: SourceBlock) -> Made:
    return "html", block.html


def _unknown(block: SourceBlock) -> Made:
    reason = gettext("Unknown shortcode “%s”") % block.title if block.title else gettext("Not understood by the import")
    return "unrecognised", {"source": block.text, "reason": reason[:255]}


def _photo(block: SourceBlock, photo_of: PhotoOf) -> Made:
    image = block.image
    if image is None:
        return None
    photo = photo_of(image)
    if photo is not None:
        return "photo", {"photo": photo, "caption": plain(image.caption), "width": "text"}
    said = ": ".join(dict.fromkeys(part for part in (image.alt.strip(), plain(image.caption)) if part))
    credit = f" ({image.credit})" if image.credit else ""
    return (
        ("paragraph", f"<p><i>[{escape(gettext('Picture not in the archive: %s') % f'{said}{credit}')}]</i></p>")
        if said
        else None
    )


_MAKERS: dict[str, Callable[[SourceBlock], Made]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list": _list,
    "quote": _quote,
    "table": _table,
    "code": _code,
    "embed": _embed,
    "box": _box,
    "html": _html,
    "unknown": _unknown,
}
