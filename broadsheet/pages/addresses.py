"""Addresses as redirects write them: from the paper's root, without a slash at the end."""

from collections.abc import Collection
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.utils.encoding import iri_to_uri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

MAX_ADDRESS = 255
"""Characters a redirect can hold."""


def default_site() -> Site | None:
    """Return the paper's site."""
    return Site.objects.select_related("root_page").filter(is_default_site=True).first()


def address_at(url_path: str, site: Site) -> str:
    """Return the address of a page with this `url_path`: `/home/2016/10/19/slug/` is `/2016/10/19/slug`."""
    address: str = Redirect.normalise_path(f"/{url_path.removeprefix(site.root_page.url_path)}")
    return address


def page_at(address: str, site: Site) -> int | None:
    """Return the number of the published page at an address."""
    url_path = f"{site.root_page.url_path.rstrip('/')}{address.rstrip('/')}/"
    pages = apps.get_model("pages", "BasePage").objects
    number: int | None = pages.filter(url_path=url_path, live=True).order_by().values_list("pk", flat=True).first()
    return number


def moved_to(url_path: str) -> str | None:
    """Return the address of the page that readers once found at this `url_path` and now find elsewhere, or None."""
    site = default_site()
    if site is None:
        return None
    kept = Redirect.get_for_site(site).filter(old_path=address_at(url_path, site), redirect_page__isnull=False)
    redirect = kept.select_related("redirect_page").first()
    link: str | None = redirect.link if redirect else None
    return link


def address_within(link: str, site: Site) -> str | None:
    """Return the address that a link names on this paper, or None for one that leads out of the house."""
    parts = urlsplit(link)
    own_hosts = {site.hostname, urlsplit(settings.SITE_URL).hostname}
    if parts.scheme not in {"", "http", "https"} or (parts.netloc and parts.hostname not in own_hosts):
        return None
    address: str = Redirect.normalise_path(f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
    return address


def spellings(addresses: Collection[str], site: Site) -> set[str]:
    """Return the ways in which a link may write one of these addresses."""
    spelled = set()
    for address in addresses:
        for path in {address, iri_to_uri(address)}:
            for base in ("", settings.SITE_URL, site.root_url):
                spelled |= {f"{base}{path}", f"{base}{path.rstrip('/')}/"}
    return spelled
