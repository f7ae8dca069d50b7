"""Surrogate keys of sections (docs/reference/surrogate-keys.md)."""


def section_key(pk: int) -> str:
    """Return the key of a section: everything that shows its name or description."""
    return f"s:{pk}"
