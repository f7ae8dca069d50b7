"""Surrogate keys that belong to no room of their own (docs/reference/surrogate-keys.md)."""

ADDRESSES = "addresses"
"""Which addresses lead anywhere: pages that say that nothing is there, and redirects."""
