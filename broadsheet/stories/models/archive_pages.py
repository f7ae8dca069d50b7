"""Year and month pages: the shelves of the archive, made by `place_story`, never by hand."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from broadsheet.masthead.models import Masthead
from broadsheet.pages.models import BasePage
from broadsheet.stories import selectors
from broadsheet.stories.list_metadata import page_metadata


class YearPage(BasePage):
    """All months of a year, at /2016/."""

    parent_page_types = ["fronts.HomePage"]
    subpage_types = ["stories.MonthPage"]
    is_creatable = False
    template = "stories/year_page.html"

    class Meta:
        verbose_name = _("year")
        verbose_name_plural = _("years")

    @property
    def year(self) -> int:
        """The year, which is the page's slug."""
        return int(self.slug)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the months that have stories."""
        context = super().get_context(request, *args, **kwargs)
        context["months"] = selectors.months_with_stories(self.year)
        description = _("Every story of %(year)s, by month.") % {"year": self.year}
        context["metadata"] = page_metadata(self, Masthead.load(request), description=description)
        return context


class MonthPage(BasePage):
    """All stories of a month, at /2016/10/. Stories stand below it in the tree, so no parent holds too many."""

    parent_page_types = ["stories.YearPage"]
    subpage_types = ["stories.Story"]
    is_creatable = False
    template = "stories/month_page.html"

    class Meta:
        verbose_name = _("month")
        verbose_name_plural = _("months")

    @property
    def first_day(self) -> dt.date:
        """The first day of the month, read from the page's address."""
        year, month = self.url_path.rstrip("/").split("/")[-2:]
        return dt.date(int(year), int(month), 1)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the month's stories by day, newest first."""
        context = super().get_context(request, *args, **kwargs)
        listing = selectors.stories_in_month(
            self.first_day,
            before=selectors.cursor_from(request),
            zone=timezone.get_default_timezone(),
        )
        context["listing"] = listing
        context["days"] = selectors.by_day(listing.rows)
        month = date_format(self.first_day, "YEAR_MONTH_FORMAT")
        description = _("Every story of %(month)s, by day.") % {"month": month}
        context["metadata"] = page_metadata(self, Masthead.load(request), title=month, description=description)
        return context
