"""Surrogate keys of what machines are told of the paper (docs/reference/surrogate-keys.md)."""

MACHINES = "machines"
"""What the publisher lets crawlers do, and the small files that name whom to write to."""
