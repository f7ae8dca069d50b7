"""Where a page's file stands, so that a static server finds it by the address alone.

    /                       @page.html
    /2026/11/27/ferry/      2026/11/27/ferry/@page.html
    /2026/11/27/ferry       2026/11/27/ferry@page.html
    /robots.txt             robots.txt@page.txt

The server adds an ending to the path it is asked for, decoded, byte by byte. No part of an exported address may hold
an `@`, so that no file stands where another address has its folder. Addresses with anything else that a file system or
a server could take for more than a name are not exported: the application answers them.
"""

import re

ENDING = b"@page."
CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "css": "text/css",
}
"""What is exported, by the file's extension; the documented configurations say the same."""
EXTENSIONS = {content_type: extension.encode() for extension, content_type in CONTENT_TYPES.items()}
MOST_BYTES_OF_A_PART = 240
"""File systems end at 255, the ending and the encoding's suffix included."""
MOST_BYTES = 1_000
ASCII_OF_A_PART = re.compile(r"[\x80-\U0010ffff0-9A-Za-z_~+,=-][\x80-\U0010ffff0-9A-Za-z_~+,=.-]*")


def place_of(name: str) -> bytes | None:
    """Return a page's place below the folder of exported pages, without its ending; None if it is not to have one.

    `name` is as the page store has it: each byte of the address a character.
    """
    try:
        place = name.encode("latin-1")
        text = place.decode("utf-8")
    except UnicodeError:
        return None
    if not text.startswith("/") or len(place) > MOST_BYTES:
        return None
    parts = text[1:].split("/")
    if parts[-1] == "":
        parts.pop()  # the address ends with a slash, or is only one
    return place[1:] if all(_is_safe(part) for part in parts) else None


def name_of(place: bytes) -> str:
    """Return the name of the page that has this place."""
    return f"/{place.decode('latin-1')}"


def file_of(place: bytes, content_type: str) -> bytes | None:
    """Return the path of a page's plain file; None if pages of this type are not exported."""
    extension = EXTENSIONS.get(content_type)
    return None if extension is None else place + ENDING + extension


def _is_safe(part: str) -> bool:
    is_short = len(part.encode()) <= MOST_BYTES_OF_A_PART
    return is_short and part.isprintable() and ASCII_OF_A_PART.fullmatch(part) is not None
