"""The newsroom's list of stories: all of them, narrowed and searched, the same speed whatever their number."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.search.query import PlainText

from broadsheet.kit.paging import Slice, take
from broadsheet.newsdesk import selectors
from broadsheet.newsdesk.new_story import may_write
from broadsheet.newsdesk.story_filters import StoryFilterSet
from broadsheet.pages.models import BasePage
from broadsheet.search.newsroom.find_numbers import find_numbers
from broadsheet.stories.selectors import cursor_from

STORIES_ON_A_PAGE = 50
MOST_WORDS = 6
"""Words of a search that are looked at."""
ORDERS = {
    "edited": (selectors.stories_by_edit, "latest_revision_created_at"),
    "published": (selectors.stories_by_publication, "first_published_at"),
}
"""The two orders that an index gives; there is no other, since another would sort the whole archive."""


class StoryListView(BaseListingView):
    """All stories, last edited first or last published first."""

    page_title = _("Stories")
    header_icon = "doc-full"
    template_name = "newsdesk/story_list.html"
    results_template_name = "newsdesk/story_list_results.html"
    index_url_name = "newsdesk_stories"
    index_results_url_name = "newsdesk_stories_results"
    is_searchable = True
    filterset_class = StoryFilterSet
    default_ordering = "edited"
    verbose_name_plural = _("stories")

    def get_valid_orderings(self) -> list[str]:
        return list(ORDERS)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to a new story, for those who write."""
        if not may_write(self.request.user):
            return []
        return [HeaderButton(_("New story"), url=reverse("newsdesk_new_story"), icon_name="plus")]

    def get_base_queryset(self) -> "QuerySet[BasePage]":
        return ORDERS[self.ordering][0]()

    def order_queryset(self, queryset: "QuerySet[BasePage]") -> "QuerySet[BasePage]":
        return queryset

    def search_queryset(self, queryset: "QuerySet[BasePage]") -> "QuerySet[BasePage]":
        """Keep stories that have all the words, or words that begin so, in their latest drafts.

        Without the newsroom's index those whose headline has them, or their beginnings and middles.
        """
        numbers = find_numbers(PlainText(self.search_query), queryset, is_unfinished=True, is_by_date=True)
        if numbers is not None:
            return queryset.filter(pk__in=list(numbers))
        words = self.search_query.split()[:MOST_WORDS]
        return queryset.filter(*(Q(draft_title__icontains=word) for word in words))

    @cached_property
    def slice(self) -> Slice[BasePage]:
        """The stories of this page of the list, and where the next one begins."""
        return take(
            self.get_queryset(),
            limit=STORIES_ON_A_PAGE,
            before=cursor_from(self.request),
            moment_field=ORDERS[self.ordering][1],
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.object_list: list[selectors.StoryRow] = selectors.story_rows(self.slice.rows, self.request.user)
        context: dict[str, Any] = super().get_context_data(*args, object_list=self.object_list, **kwargs)
        context["rows"] = self.object_list
        context["older_query"] = self._query(before=str(self.slice.older)) if self.slice.older else ""
        context["newest_query"] = self._query() if self.request.GET.get("before") else ""
        context["order_queries"] = {order: self._query(ordering=order) for order in ORDERS}
        context["may_write"] = may_write(self.request.user)
        return context

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the list; it is never counted, so Django's own paging is passed by."""
        self.object_list = []
        return self.render_to_response(self.get_context_data())

    def _query(self, **changes: str) -> str:
        """Return this page's query string with changes, from the newest story on unless they say otherwise."""
        query = self.request.GET.copy()
        for name in ("before", "_w_filter_fragment"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
        return query.urlencode()
