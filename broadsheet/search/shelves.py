"""On which shelf a name stands: there are as many small documents of names as shelves, whatever size the paper has.

Readers' browsers find the shelf by the first letter that is written. What they make of a text is told in
`static/search/suggest.js`, and must be the same.
"""

import unicodedata
from collections.abc import Iterable

SHELVES = 64
"""Latin, Hebrew, Arabic and Cyrillic letters have a shelf each; some of them share it with letters of other scripts."""
ALIKE = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "ð": "d",
        "ς": "σ",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ـ": "",
    }
)
"""Letters that are written in several ways, besides those that only carry a mark."""


def plain_words(text: str) -> list[str]:
    """Return the words of a name without case and marks."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in apart if unicodedata.category(one) != "Mn").lower().translate(ALIKE)
    return "".join(one if unicodedata.category(one)[0] in "LN" else " " for one in bare).split()


def shelves_of(names: Iterable[str]) -> set[int]:
    """Return the shelves on which something of these names is looked for: by the beginning of any word of them."""
    return {ord(word[0]) % SHELVES for name in names for word in plain_words(name)}
