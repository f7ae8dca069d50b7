"""Words as they are compared: whoever writes “Café” or “cafe” looks for the same."""

import unicodedata

from broadsheet.search.engine.analysis import PLAIN, Analysis

LONGEST = 255
"""Characters that are kept of them."""


def folded(text: str) -> str:
    """Return the words of a text without case, diacritics and punctuation, as the index holds them unstemmed."""
    readable = "".join(" " if unicodedata.category(one).startswith("C") else one for one in text)
    return " ".join(term for _, term in Analysis(PLAIN).terms(readable))[:LONGEST].rstrip()
