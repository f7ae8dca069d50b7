"""Small turns that all readers need: plain text as HTML, words on one line, numbers that may be words."""

import re
from typing import Any, cast

from django.utils.html import escape

from broadsheet.kit.html import clean_prose, text_of
from broadsheet.wire.read_item import Signal

MOST_OF_A_LINE = 500
"""Characters of a headline, a byline and the like; what is longer is no headline."""
_EMPTY_LINES = re.compile(r"\n\s*\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SIGNAL = re.compile(
    r"\W*(?:(?P<kill>(?:mandatory\s+)?kill|retract\w*|withdrawn|storno)"
    r"|(?P<correction>correct(?:s|ed|ion)?|berichtigung|rettelse)"
    r"|(?P<update>updates?|updated|writethru|aktualisiert))\b"
)
URGENCIES = range(1, 10)


def line(text: Any, *, most: int = MOST_OF_A_LINE) -> str:
    """Return text on one line, without control characters; nothing for what is no text."""
    if not isinstance(text, str):
        return ""
    return " ".join(_CONTROL.sub("", text).split())[:most]


def line_of_html(text: Any) -> str:
    """Return what a reader sees of a line that may hold markup."""
    return line(text_of(clean_prose(text))) if isinstance(text, str) else ""


def text(value: Any) -> str:
    """Return text with its lines, without control characters."""
    return _CONTROL.sub("", value).strip() if isinstance(value, str) else ""


def paragraphs(value: Any) -> str:
    """Return plain text as HTML: a paragraph for each that an empty line parts, or for each line where none does."""
    plain = text(value).replace("\r\n", "\n").replace("\r", "\n")
    parts = _EMPTY_LINES.split(plain) if _EMPTY_LINES.search(plain) else plain.split("\n")
    return "".join(f"<p>{escape(' '.join(part.split()))}</p>" for part in parts if part.strip())


def urgency(value: Any) -> int:
    """Return 1 to 9, or 0 where nothing that makes sense is said."""
    try:
        found = int(str(value).strip())
    except ValueError:
        return 0
    return found if found in URGENCIES else 0


def number(value: Any) -> int:
    """Return a version or a width, which some send as text; 0 for what is none."""
    try:
        return max(0, min(int(str(value).strip()), 2**31 - 1))
    except ValueError:
        return 0


def web_address(value: Any) -> str:
    """Return an address that leads into the web, or nothing."""
    address = line(value, most=2_000)
    return address if address.lower().startswith(("http://", "https://")) else ""


def signal_of(note: str) -> Signal:
    """Return what a note to editors begins with, where a format has no signal of its own: a kill, say.

    Only its first word counts: a note may well speak of a kill, or of a correction of something else.
    """
    found = _SIGNAL.match(note.casefold())
    return cast("Signal", found.lastgroup or "") if found else ""
