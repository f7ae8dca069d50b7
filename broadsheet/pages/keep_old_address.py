"""Keeps an address that readers were given: when a page moves, its old address leads to it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from broadsheet.changes.append_change import append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.pages.addresses import MAX_ADDRESS, address_at, default_site
from broadsheet.pages.cache_keys import block_key, card_key, page_key
from broadsheet.pages.flatten_redirects import flatten_redirects

_held: ContextVar[bool] = ContextVar("addresses_held", default=False)
logger = logging.getLogger(__name__)


@contextmanager
def addresses_unsettled() -> Iterator[None]:
    """Let a page pass through addresses that no reader sees; whoever opens the block keeps the old one afterwards."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def are_settled() -> bool:
    """Tell whether the address that a page is saved with is one that readers will see."""
    return not _held.get()


def keep_old_address(*, page: Any, url_path_before: str) -> None:
    """Lead the address at which readers found a page, and those of the pages below it, to where these are now.

    A redirect names the page and not its address, so however often it moves, one redirect is enough. The page's
    present address leads nowhere else: a redirect that stood there is removed, or it would lead round in a circle
    once the page is unpublished.
    """
    site = default_site()
    if site is None or url_path_before == page.url_path:
        return
    _lead(address_at(url_path_before, site), page.pk, site)
    pages = apps.get_model("pages", "BasePage").objects.descendant_of(page).filter(live=True)
    below = list(pages.order_by().values_list("pk", "url_path"))
    for pk, url_path in below:
        _lead(address_at(f"{url_path_before}{url_path.removeprefix(page.url_path)}", site), pk, site)
    free_address(url_path=page.url_path, site=site)
    moved = [page.pk, *(pk for pk, _ in below)]
    append_change(keys={ADDRESSES, *(make(pk) for pk in moved for make in (page_key, card_key, block_key))})


def leads_to_another(*, page: Any) -> bool:
    """Tell whether readers who ask for the address of a page are led to another one, which is published."""
    site = default_site()
    rows = Redirect.objects.filter(redirect_page__live=True).exclude(redirect_page=page.pk)
    return site is not None and rows.filter(old_path=address_at(page.url_path, site)).exists()


def free_address(*, url_path: str, site: Site | None = None) -> None:
    """Remove redirects that stand where a page now is."""
    site = site or default_site()
    if site is not None:
        Redirect.objects.filter(old_path=address_at(url_path, site)).delete()


def _lead(address: str, page_id: int, site: Site) -> None:
    if len(address) > MAX_ADDRESS:
        logger.warning("The address %s is too long for a redirect and leads nowhere now.", address)
        return
    target = {"redirect_page_id": page_id, "redirect_link": "", "is_permanent": True, "automatically_created": True}
    redirect, is_new = Redirect.objects.update_or_create(old_path=address, site=site, defaults=target)
    if is_new:
        flatten_redirects(old_paths=[redirect.old_path])
