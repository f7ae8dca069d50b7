"""Surrogate keys of topics (docs/reference/surrogate-keys.md)."""


def topic_key(pk: int) -> str:
    """Return the key of a topic: everything that shows its name, description or photo."""
    return f"t:{pk}"


def topic_list_key(pk: int) -> str:
    """Return the key of which stories are about a topic, and in what order."""
    return f"l:topic:{pk}"


def topic_names_key(pk: int) -> str:
    """Return the key of a topic's other names, which no page shows, and by which it is found."""
    return f"n:{pk}"
