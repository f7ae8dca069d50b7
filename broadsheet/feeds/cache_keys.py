"""Surrogate keys of what machines are told of the paper (docs/reference/surrogate-keys.md)."""

MACHINES = "machines"
"""What the publisher lets crawlers do, and the small files that name whom to write to."""


def translations_key(story_id: int) -> str:
    """Return the key of what a story is a translation of, and of which are translations of it."""
    return f"l:translations:{story_id}"
