"""The record that the three kinds of metadata are merged into."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = (
    "title",
    "caption",
    "alt_text",
    "credit",
    "photographer",
    "agency",
    "copyright_notice",
    "usage_terms",
    "licence_url",
    "licensor_url",
    "rights_expire_on",
    "taken_at",
    "taken_place",
    "digital_source_type",
)
"""The paper's fields, named as on `Photo`. Dates are ISO 8601 text; `taken_at` may lack a zone or a time."""

LONGEST_TEXT_CHARACTERS = 10_000
"""Beyond this a field is not a caption but a mistake or an attack; IPTC's own limit for captions is 2,000."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_CAMERA_FILLERS = {"olympus digital camera", "sony dsc", "minolta digital camera", "kodak digital still camera", "dcim"}


@dataclass(frozen=True, slots=True)
class PhotoMetadata:
    """Values by field name, and for each the block it was read from ("XMP", "IPTC" or "Exif")."""

    values: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)


def merge(*, xmp: Mapping[str, str], iim: Mapping[str, str], exif: Mapping[str, str]) -> PhotoMetadata:
    """Merge the three readings: where they differ XMP wins over IPTC-IIM, and both over Exif."""
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for origin, reading in (("XMP", xmp), ("IPTC", iim), ("Exif", exif)):
        for name in FIELDS:
            if name not in values and (text := reading.get(name, "")):
                values[name], origins[name] = text, origin
    return PhotoMetadata(values=values, origins=origins)


def clean_text(text: str) -> str:
    """Return `text` as it can be stored: no control characters, one kind of line break, otherwise verbatim."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNPRINTABLE.sub("", text).encode("utf-8", "ignore").decode("utf-8").strip()
    return "" if text.casefold() in _CAMERA_FILLERS else text[:LONGEST_TEXT_CHARACTERS]


def clean_address(text: str) -> str:
    """Return `text` when it is a web address of at most 200 characters, else nothing."""
    text = clean_text(text)
    return text if re.fullmatch(r"https?://[^\s<>\"]{1,190}", text) else ""


def clean_moment(text: str) -> str:
    """Return an ISO 8601 date or moment as it stands, or nothing when it is incomplete or no date."""
    text = clean_text(text)
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text


def join_place(*parts: str) -> str:
    """Return "Sublocation, City, Province, Country" from the parts that are there, each once."""
    return ", ".join(dict.fromkeys(part for part in map(clean_text, parts) if part))
