"""Redirects are saved by views of Wagtail's, one by one; each is made to lead straight to its end."""

from typing import Any

from wagtail.contrib.redirects.models import Redirect

from broadsheet.pages.flatten_redirects import flatten_redirects


def redirect_was_saved(instance: Redirect, raw: bool = False, **details: Any) -> None:
    """Flatten what was saved."""
    if not raw:
        flatten_redirects(old_paths=[instance.old_path])
