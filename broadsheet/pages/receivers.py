"""Redirects are saved by views of Wagtail's, one by one; each is made to lead straight to its end."""

from typing import Any

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from broadsheet.changes.append_change import append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.pages.flatten_redirects import flatten_redirects


def redirect_was_saved(instance: Redirect, raw: bool = False, **details: Any) -> None:
    """Flatten what was saved."""
    if not raw:
        flatten_redirects(old_paths=[instance.old_path])
    _log()


def redirect_was_deleted(instance: Redirect, **details: Any) -> None:
    """Have pages that led there, or said that nothing is there, made anew."""
    _log()


def _log() -> None:
    with transaction.atomic():
        append_change(keys={ADDRESSES})
