"""Surrogate keys of what the search offers (docs/reference/surrogate-keys.md)."""

BEST_BETS = "bets"
"""Which pages editors show first to who looks for which words."""
