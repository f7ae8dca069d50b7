"""Makes every redirect lead straight to its end: no reader is sent on twice, none in a circle."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from broadsheet.pages.addresses import address_within, default_site, page_at, spellings


class LeadsBackError(Exception):
    """A redirect would lead to its own address."""


@dataclass
class End:
    """Where a redirect ends: at a page, or at a link. `circle` are redirects on the way that lead back to it."""

    page_id: int | None = None
    link: str = ""
    circle: list[int] = field(default_factory=list)


@transaction.atomic
def flatten_redirects(*, old_paths: Collection[str]) -> int:
    """Have the redirects at these addresses, and those that lead to them, lead straight to the end; return how many.

    A redirect to the address of a published page becomes one to the page, which follows it wherever it moves. Where
    redirects lead in a circle the one at these addresses holds and the others go: what was said last is meant.
    """
    site = default_site()
    if site is None:
        return 0
    changed = 0
    for redirect in Redirect.objects.filter(old_path__in=old_paths, redirect_page=None).exclude(redirect_link=""):
        changed += _straighten(redirect, site)
    leading_here = Redirect.objects.filter(redirect_page=None, redirect_link__in=spellings(old_paths, site))
    for redirect in leading_here.exclude(old_path__in=old_paths):
        changed += _straighten(redirect, site)
    return changed


def end_of(*, old_path: str, link: str, site: Site) -> End:
    """Follow a link from redirect to redirect; raises LeadsBackError for one to its own address."""
    passed: list[int] = []
    while (address := address_within(link, site)) is not None:
        if address == old_path and not passed:
            raise LeadsBackError
        if address == old_path:
            return End(circle=passed)
        page_id = page_at(address.partition("?")[0], site)
        if page_id is not None:
            return End(link=link) if "?" in address or "#" in link else End(page_id=page_id)
        following = Redirect.objects.filter(old_path=address).exclude(pk__in=passed).order_by("site_id").first()
        if following is None or not (following.redirect_page_id or following.redirect_link):
            return End(link=link)
        if following.redirect_page_id:
            return End(page_id=following.redirect_page_id)
        passed.append(following.pk)
        link = following.redirect_link
    return End(link=link)


def _straighten(redirect: Redirect, site: Site) -> bool:
    """Lead a redirect to its end, or remove it when there is none; tell whether anything changed."""
    try:
        end = end_of(old_path=redirect.old_path, link=redirect.redirect_link, site=site)
    except LeadsBackError:
        redirect.delete()
        return True
    if end.circle:
        Redirect.objects.filter(pk__in=end.circle).delete()
        return True
    if end.page_id is None and end.link == redirect.redirect_link:
        return False
    Redirect.objects.filter(pk=redirect.pk).update(redirect_page_id=end.page_id, redirect_link=end.link)
    return True
