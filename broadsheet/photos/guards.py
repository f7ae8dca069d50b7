"""Rules about a photo's words: caption and alternative text differ, neither is a file name, the credit is there."""

import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from django.utils.translation import gettext as _

from broadsheet.kit.text import fold

_FILE_NAME = re.compile(
    r"^\S+\.(jpe?g|png|gif|webp|avif|heic|tiff?|svg)$|^(img|dsc|dscn|dscf|pxl|screenshot)[-_ ]?\d+", re.IGNORECASE
)
_NEARLY_ALL = 0.8
"""A text that holds this share of another word for word repeats it."""


class Captioned(Protocol):
    """The words of a photo."""

    caption: str
    alt_text: str
    is_decorative: bool
    credit: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, as a sentence that says what to do."""

    field: str
    sentence: str


def find_problems(photo: Captioned, *, file_name: str) -> list[Problem]:
    """Return what an editor must mend before the photo may be published, in the order of the form."""
    problems = []
    if photo.is_decorative and photo.alt_text:
        problems.append(
            Problem("alt_text", _("A decorative photo has no alternative text: empty it, or untick “decorative”."))
        )
    elif not photo.is_decorative and not photo.alt_text:
        problems.append(
            Problem("alt_text", _("Say what can be seen, for those who cannot see it, or tick “decorative”."))
        )
    elif names_a_file(photo.alt_text, file_name=file_name):
        problems.append(Problem("alt_text", _("This is the name of a file. Say what can be seen in the photo.")))
    elif repeats(photo.alt_text, photo.caption):
        problems.append(
            Problem(
                "alt_text",
                _("This repeats the caption. Say what can be seen; the caption says what cannot (who, where, when)."),
            )
        )
    if not photo.credit:
        problems.append(
            Problem(
                "credit",
                _("Write the credit line as it must be printed, such as “AFP PHOTO/NAME”, or “Credit unknown”."),
            )
        )
    return problems


def repeats(alt_text: str, caption: str) -> bool:
    """Return whether one of the two texts holds nearly all of the other, regardless of case and punctuation."""
    shorter, longer = sorted((_words(alt_text), _words(caption)), key=len)
    return bool(shorter) and f" {shorter} " in f" {longer} " and len(shorter) >= _NEARLY_ALL * len(longer)


def names_a_file(text: str, *, file_name: str) -> bool:
    """Return whether `text` is the file's name, with or without its extension, or looks like some camera's."""
    if _FILE_NAME.match(text.strip()):
        return True
    words = _words(text)
    return bool(words) and words in {_words(file_name), _words(PurePath(file_name).stem)}


def _words(text: str) -> str:
    """Return the words of `text`, folded, with single spaces between them."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))
