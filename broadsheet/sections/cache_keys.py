"""Surrogate keys of sections (docs/reference/surrogate-keys.md)."""

SECTIONS = "sections"
"""Which sections there are, under which slugs, in what order."""


def section_key(pk: int) -> str:
    """Return the key of a section: everything that shows its name or description."""
    return f"s:{pk}"
