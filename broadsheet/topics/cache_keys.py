"""Surrogate keys of topics (docs/reference/surrogate-keys.md)."""

TOPICS = "topics"
"""Which topics there are, under which slugs."""


def topic_key(pk: int) -> str:
    """Return the key of a topic: everything that shows its name, description or photo."""
    return f"t:{pk}"


def topic_list_key(pk: int) -> str:
    """Return the key of which stories are about a topic, and in what order."""
    return f"l:topic:{pk}"
