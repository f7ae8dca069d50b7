"""Surrogate keys of contributors (docs/reference/surrogate-keys.md)."""


def contributor_key(pk: int) -> str:
    """Return the key of a contributor: everything that shows the name, the portrait or the page."""
    return f"au:{pk}"
