"""IPTC-IIM (the records of 1991 that picture desks still write), read from its bytes.

Source: IPTC Information Interchange Model 4.2, record 2; dataset 1:90 names the character set.
"""

from collections.abc import Iterator

from broadsheet.photos.metadata.record import clean_moment, clean_text, join_place

_MARKER = 0x1C
_CHARSET = (1, 90)
_UTF8_ESCAPES = (b"\x1b%G", b"\x1b%/G", b"\x1b%/H", b"\x1b%/I")
_DATASETS_AT_MOST = 2_000
_HEADER_BYTES = 5  # marker, record, dataset, and two of length
_LENGTH_BYTES_AT_MOST = 4
_DATE_CHARACTERS = len("20161019")
_TIME_CHARACTERS, _ZONED_TIME_CHARACTERS = len("140311"), len("140311+0300")

_TEXTS = {
    "caption": (2, 120),
    "credit": (2, 110),
    "agency": (2, 115),
    "copyright_notice": (2, 116),
    "usage_terms": (2, 40),
}


def read_iim(block: bytes) -> dict[str, str]:
    """Return the paper's fields found in an IIM block; broken datasets end the reading, what came before counts."""
    datasets: dict[tuple[int, int], list[bytes]] = {}
    for key, value in _datasets(block):
        datasets.setdefault(key, []).append(value)
    is_utf8 = b"".join(datasets.get(_CHARSET, [])).strip() in _UTF8_ESCAPES

    def text(key: tuple[int, int]) -> str:
        return ", ".join(filter(None, (clean_text(_decode(raw, is_utf8=is_utf8)) for raw in datasets.get(key, []))))

    fields = {name: text(key) for name, key in _TEXTS.items()}
    fields["title"] = text((2, 105)) or text((2, 5))
    fields["photographer"] = text((2, 80))
    fields["taken_place"] = join_place(text((2, 92)), text((2, 90)), text((2, 95)), text((2, 101)))
    fields["taken_at"] = _moment(text((2, 55)), text((2, 60)))
    fields["rights_expire_on"] = _moment(text((2, 37)), "")
    return {name: value for name, value in fields.items() if value}


def _datasets(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield ((record, dataset), value) until the block ends or breaks."""
    position = 0
    for _ in range(_DATASETS_AT_MOST):
        header = block[position : position + _HEADER_BYTES]
        if len(header) < _HEADER_BYTES or header[0] != _MARKER:
            return
        position += _HEADER_BYTES
        length = int.from_bytes(header[3:5])
        if length & 0x8000:  # an extended dataset: the low bits count the bytes of the real length
            length_bytes = length & 0x7FFF
            if length_bytes > _LENGTH_BYTES_AT_MOST:
                return
            length = int.from_bytes(block[position : position + length_bytes])
            position += length_bytes
        if position + length > len(block):
            return
        yield (header[1], header[2]), block[position : position + length]
        position += length


def _decode(raw: bytes, *, is_utf8: bool) -> str:
    """Decode a dataset: as declared, else as UTF-8 when it is valid UTF-8, else as Windows-1252 (what desks wrote)."""
    if is_utf8:
        return raw.decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _moment(date: str, time: str) -> str:
    """Turn CCYYMMDD and HHMMSS±HHMM into ISO 8601; a wrong time leaves the date alone."""
    if len(date) != _DATE_CHARACTERS or not date.isdigit():
        return ""
    day = clean_moment(f"{date[:4]}-{date[4:6]}-{date[6:]}")
    if day and len(time) in {_TIME_CHARACTERS, _ZONED_TIME_CHARACTERS} and time[:6].isdigit():
        clock = f"{time[:2]}:{time[2:4]}:{time[4:6]}"
        zone = f"{time[6:9]}:{time[9:]}" if len(time) == _ZONED_TIME_CHARACTERS else ""
        return clean_moment(f"{day}T{clock}{zone}") or day
    return day
