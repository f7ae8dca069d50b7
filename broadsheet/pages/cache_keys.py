"""Surrogate keys of pages of the tree (docs/reference/surrogate-keys.md)."""


def page_key(pk: int) -> str:
    """Return the key of a story or another page of the tree: everything that shows it whole."""
    return f"a:{pk}"


def card_key(pk: int) -> str:
    """Return the key of what lists, fronts and menus show of a page: everything that shows it as a card or a link."""
    return f"c:{pk}"
