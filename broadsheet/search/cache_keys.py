"""Surrogate keys of what the search offers (docs/reference/surrogate-keys.md)."""

BEST_BETS = "bets"
"""Which pages editors show first to who looks for which words."""


def shelf_key(shelf: int) -> str:
    """Return the key of the names that are suggested from one shelf."""
    return f"shelf:{shelf}"
