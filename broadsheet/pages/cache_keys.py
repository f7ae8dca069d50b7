"""Surrogate keys of pages of the tree (docs/reference/surrogate-keys.md)."""

BLOCK_LENGTH = 2_000
"""Numbers of pages in a block: a sitemap of so many is made in some tens of milliseconds."""
PAGES = "l:pages"
"""Which pages of the tree are published."""


def page_key(pk: int) -> str:
    """Return the key of a story or another page of the tree: everything that shows it whole."""
    return f"a:{pk}"


def card_key(pk: int) -> str:
    """Return the key of what lists, fronts and menus show of a page: everything that shows it as a card or a link."""
    return f"c:{pk}"


def block_key(pk: int) -> str:
    """Return the key of all pages whose numbers stand in the same block: touched by every act upon any of them."""
    return f"l:pages:{pk // BLOCK_LENGTH}"
