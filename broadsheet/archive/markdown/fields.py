"""Front matter's values as an article needs them: text, lists and moments, whatever type the author gave."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from dateutil import parser as date_parser

from broadsheet.archive.markdown.front_matter import Fields

_MOMENT = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$"
)


def first_text(fields: Fields, *names: str) -> str:
    """The first field of these names that holds text, stripped; "" when none does."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def texts(fields: Fields, *names: str) -> list[str]:
    """All values of these fields, without repeats: lists, or one text separated by commas."""
    found: list[str] = []
    for name in names:
        value = fields.get(name)
        parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
        for part in parts:
            found += _names_in(part)
    return list(dict.fromkeys(found))


def truth(fields: Fields, name: str, default: bool = False) -> bool:
    """A yes or no, however it is written."""
    value = fields.get(name)
    if value is None or value == "":
        return default
    return value if isinstance(value, bool) else str(value).strip().lower() in {"true", "yes", "1", "on"}


def moment(text: str, zone: tzinfo) -> datetime | None:
    """An aware moment from a date as people write it; a time without a zone is in `zone`. None when it is no date."""
    text = text.strip()
    match = _MOMENT.match(text)
    try:
        if match:
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
            return datetime(year, month, day, hour, minute, second, tzinfo=_offset(match[7]) or zone)
        if len(text) > 60 or not re.search(r"\d{4}", text):
            return None
        return date_parser.parse(text, default=datetime(2000, 1, 1, tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _names_in(part: Any) -> list[str]:
    if isinstance(part, dict):
        part = first_text(part, "slug", "id", "name", "title")
    if isinstance(part, list):
        return [name for inner in part for name in _names_in(inner)]
    if part is None or isinstance(part, bool) or not str(part).strip():
        return []
    return [str(part).strip()]
