"""Says which story has the slug that another one was to get, and finds it before the database refuses."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from broadsheet.kit import clock
from broadsheet.pages.models import BasePage


def taken_slug_sentence(slug: str, *, parent: BasePage, page: BasePage) -> str:
    """Return what to tell the editor of `page` when another page below its parent has this slug, or nothing."""
    others = parent.get_children().filter(slug=slug)
    return _sentence((others.not_page(page) if page.pk else others).first())


def taken_address_sentence(slug: str, *, go_live_at: dt.datetime | None, parent: BasePage, page: BasePage) -> str:
    """Return what to tell when another story has the address that `page` will get by its first publication."""
    moment = go_live_at or clock.now()
    day = timezone.localtime(moment, timezone.get_default_timezone())
    front_page = parent.url_path.rstrip("/").rsplit("/", 2)[0]
    others = BasePage.objects.filter(url_path=f"{front_page}/{day:%Y/%m/%d}/{slug}/")
    return _sentence(others.exclude(pk=page.pk).first())


def _sentence(other: BasePage | None) -> str:
    if other is None:
        return ""
    made = other.first_published_at or other.go_live_at or other.latest_revision_created_at
    names = {"headline": other.draft_title or other.title, "slug": other.slug}
    if made is None:
        return _("“%(headline)s” has the slug “%(slug)s” already. Choose another for this one.") % names
    names["day"] = date_format(timezone.localtime(made), "DATE_FORMAT")
    return _("“%(headline)s” of %(day)s has the slug “%(slug)s” already. Choose another for this one.") % names
