"""Wagtail's page tree below a month: without "Sort menu order", which reads every story of the month at once.

Wagtail switches paging off for that order so that rows can be dragged; at 100,000 pages one click stalls a worker.
The order of stories is that of their publication, so there is nothing to drag.
"""

from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet

from broadsheet.stories.models import MonthPage, Story


class StoriesOfMonthView(ExplorableIndexView):
    """The stories of a month in the page tree, always paged."""

    sort_order_field = None


class StoryPageViewSet(PageViewSet):
    """How the page tree shows the stories below a month."""

    model = Story
    index_view_class = StoriesOfMonthView

    @property
    def parent_models(self) -> list[type[MonthPage]]:
        """Months hold stories and nothing else."""
        return [MonthPage]
