"""Surrogate keys of topics (docs/reference/surrogate-keys.md)."""

TOPICS = "topics"
"""Which topics there are, under which slugs."""


def topic_key(pk: int) -> str:
    """Return the key of a topic: everything that shows its name or leads to it."""
    return f"t:{pk}"


def topic_page_key(pk: int) -> str:
    """Return the key of what only a topic's own page shows: photo, key facts, what it is part of, its parts."""
    return f"tp:{pk}"


def topic_words_key(pk: int) -> str:
    """Return the key of a topic's description, which stands on its page and in its feeds."""
    return f"tw:{pk}"


def topic_list_key(pk: int) -> str:
    """Return the key of which stories are about a topic, and in what order."""
    return f"l:topic:{pk}"


def topic_names_key(pk: int) -> str:
    """Return the key of a topic's other names, which no page shows, and by which it is found."""
    return f"n:{pk}"


def company_key(pk: int) -> str:
    """Return the key of which other topics the stories about a topic have, where its own list stays as it is."""
    return f"l:company:{pk}"


def story_key(pk: int) -> str:
    """Return the key of a story, which shows its topics: that of `pages/cache_keys.py`, a room above this one."""
    return f"a:{pk}"
