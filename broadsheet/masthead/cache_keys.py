"""Surrogate keys of what stands on every page (docs/reference/surrogate-keys.md)."""

SITE = "site"
"""The paper's name, look and principles."""
NAVIGATION = "nav"
"""The menus in the head and the foot."""
COLOURS = "colours"
"""The stylesheet of the paper's own colours, which nothing else of its look changes."""
