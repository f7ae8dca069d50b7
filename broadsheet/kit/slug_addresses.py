"""Addresses of what has a slug; a page of stories names twenty of them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=4096)
def slug_address(view_name: str, slug: str) -> str:
    """Return the address at which this view shows what has this slug. The same as long as the process runs."""
    return reverse(view_name, args=[slug])
