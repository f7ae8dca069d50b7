"""Surrogate keys of photos (docs/reference/surrogate-keys.md)."""


def photo_key(pk: int) -> str:
    """Return the key of a photo: everything that shows it, and its renditions."""
    return f"img:{pk}"
