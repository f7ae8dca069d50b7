"""Year and month pages made on demand, once, whoever asks at the same moment."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from wagtail.models import Site

from broadsheet.changes.append_change import append_change
from broadsheet.changes.cache_keys import ADDRESSES
from broadsheet.pages.keep_old_address import addresses_unsettled, free_address, keep_old_address, leads_to_another
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import MonthPage, Story, YearPage


class NoFrontPage(Exception):
    """The site has no front page to hang the archive below; `broadsheet migrate` makes one."""


@transaction.atomic
def month_page(day: dt.date) -> MonthPage:
    """Return the page of the month in which `day` lies, made when it is the first story of its month."""
    home = _locked_front_page()
    year_path = f"{home.url_path}{day.year:04d}/"
    month_path = f"{year_path}{day.month:02d}/"
    month = MonthPage.objects.filter(url_path=month_path).first()
    if month is not None:
        return month
    year = YearPage.objects.filter(url_path=year_path).first()
    if year is None:
        year = home.add_child(instance=YearPage(title=f"{day.year:04d}", slug=f"{day.year:04d}"))
    made: MonthPage = year.add_child(
        instance=MonthPage(title=f"{day.year:04d}-{day.month:02d}", slug=f"{day.month:02d}")
    )
    append_change(keys={ADDRESSES})
    return made


class AddressGivenError(ValueError):
    """A story that nobody sees would take an address by which readers find another."""


def place_story(story: Story, *, was_public: bool) -> bool:
    """Put a saved story on the shelf of its address date, and its day into its address. Tell whether it moved.

    `was_public` says that readers may know the address it leaves: that leads to the story from then on. Raises
    AddressGivenError.
    """
    before = story.url_path
    shelf = month_page(story.address_date)
    with addresses_unsettled():
        if story.get_parent().pk != shelf.pk:
            story.move(shelf, pos="last-child")
            story.refresh_from_db(fields=["path", "depth", "url_path"])
    moved_to = story.url_path
    story.set_url_path(shelf)
    if was_public and not story.live and leads_to_another(page=story):
        raise AddressGivenError(f"{story.url_path} is an old address of another story, which readers find by it.")
    if story.url_path != moved_to:
        Story.objects.filter(pk=story.pk).update(url_path=story.url_path)
    if was_public:
        keep_old_address(page=story, url_path_before=before)
    elif story.live:
        free_address(url_path=story.url_path)
    return story.url_path != before


def today() -> dt.date:
    """Return today's date in the site's time zone."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def _locked_front_page() -> BasePage:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        raise NoFrontPage("There is no default site.")
    home: BasePage = BasePage.objects.select_for_update().get(pk=site.root_page_id)
    return home
