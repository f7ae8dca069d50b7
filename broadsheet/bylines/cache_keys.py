"""Surrogate keys of contributors (docs/reference/surrogate-keys.md)."""

CONTRIBUTORS = "contributors"
"""Which contributors there are, under which slugs."""


def contributor_key(pk: int) -> str:
    """Return the key of a contributor: everything that shows the name, the portrait or the page."""
    return f"au:{pk}"
