"""Exif, read through Pillow; only what a newsroom prints. Where the camera stood (GPS) is never read.

Source: Exif 3.0 tag numbers; the MWG guidelines say that its texts are UTF-8 in practice.
"""

from PIL.Image import Exif

from broadsheet.photos.metadata.record import clean_moment, clean_text

_IMAGE_DESCRIPTION, _ARTIST, _COPYRIGHT = 0x010E, 0x013B, 0x8298
_PHOTO_DIRECTORY, _TAKEN, _TAKEN_ZONE = 0x8769, 0x9003, 0x9011


def read_exif(block: bytes) -> dict[str, str]:
    """Return the paper's fields found in an Exif block (with or without its `Exif\\0\\0` header)."""
    exif = Exif()
    exif.load(block)
    photo_directory = exif.get_ifd(_PHOTO_DIRECTORY)
    fields = {
        "caption": _text(exif.get(_IMAGE_DESCRIPTION)),
        "photographer": _text(exif.get(_ARTIST)),
        "copyright_notice": _text(exif.get(_COPYRIGHT)),
        "taken_at": _moment(_text(photo_directory.get(_TAKEN)), _text(photo_directory.get(_TAKEN_ZONE))),
    }
    return {name: value for name, value in fields.items() if value}


def _text(value: object) -> str:
    """Return a tag's text; Pillow hands Latin-1, most software writes UTF-8."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    # Copyright is "photographer NUL editor": both belong to the notice.
    text = ", ".join(filter(None, (part.strip() for part in value.split("\x00"))))
    try:
        return clean_text(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return clean_text(text)


def _moment(taken: str, zone: str) -> str:
    """Turn "2016:10:19 14:03:11" and "+03:00" into ISO 8601."""
    date, _, time = taken.partition(" ")
    moment = f"{date.replace(':', '-')}T{time}"
    return clean_moment(moment + zone.strip()) or clean_moment(moment)
