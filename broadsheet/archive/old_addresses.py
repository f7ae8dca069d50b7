"""Old addresses of imported stories and topics, as redirects that an editor can see and change."""

from __future__ import annotations

from collections.abc import Iterable

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from broadsheet.pages.addresses import MAX_ADDRESS
from broadsheet.pages.flatten_redirects import flatten_redirects
from broadsheet.pages.models import BasePage


def lead_to_stories(addresses: Iterable[tuple[str, int]]) -> tuple[int, list[tuple[str, int]]]:
    """Redirect old paths to stories (path, story id). Return how many were added, and those another page has already.

    A path that is the story's own address needs none. Paths compare as the redirect middleware compares them.
    """
    wanted: dict[str, int] = {}
    clashes: list[tuple[str, int]] = []
    for path, story_id in addresses:
        normal = Redirect.normalise_path(path)
        if wanted.setdefault(normal, story_id) != story_id or len(normal) > MAX_ADDRESS:
            clashes.append((path, story_id))
    for path, page_id in _own_addresses(wanted).items():
        story_id = wanted.pop(path)
        clashes += [(path, story_id)] if page_id != story_id else []
    site = Site.objects.filter(is_default_site=True).first()
    known = dict(Redirect.objects.filter(old_path__in=list(wanted)).values_list("old_path", "redirect_page_id"))
    clashes += [(path, wanted[path]) for path, page_id in known.items() if page_id != wanted[path]]
    new = [
        Redirect(old_path=path, site=site, redirect_page_id=story_id, automatically_created=True)
        for path, story_id in wanted.items()
        if path not in known and len(path) <= MAX_ADDRESS
    ]
    Redirect.objects.bulk_create(new, batch_size=200)
    flatten_redirects(old_paths=[redirect.old_path for redirect in new])
    return len(new), clashes


def lead_to_path(old_path: str, new_path: str) -> bool:
    """Redirect an old path to a path of this paper, unless one stands; tell whether it was added."""
    normal = Redirect.normalise_path(old_path)
    site = Site.objects.filter(is_default_site=True).first()
    if len(normal) > MAX_ADDRESS or normal == Redirect.normalise_path(new_path):
        return False
    if Redirect.objects.filter(old_path=normal).exists():
        return False
    Redirect.objects.create(old_path=normal, site=site, redirect_link=new_path, automatically_created=True)
    return True


def _own_addresses(wanted: dict[str, int]) -> dict[str, int]:
    """Those paths that are pages of this paper, with the page: they need no redirect and must not have one."""
    root = (
        BasePage.objects.filter(sites_rooted_here__is_default_site=True).values_list("url_path", flat=True).first()
        or "/"
    )
    places = {f"{root.rstrip('/')}{path}/": path for path in wanted}
    found = BasePage.objects.filter(url_path__in=list(places)).values_list("url_path", "pk")
    return {places[url_path]: pk for url_path, pk in found}
