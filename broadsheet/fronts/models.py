"""The front page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from broadsheet.masthead.models import Masthead
from broadsheet.pages.models import BasePage
from broadsheet.stories import selectors
from broadsheet.stories.list_metadata import front_metadata


class HomePage(BasePage):
    """The root of the paper's tree, at /."""

    parent_page_types = ["pages.BasePage"]
    subpage_types = ["stories.YearPage", "stories.InformationPage"]
    max_count = 1
    template = "fronts/front.html"

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the front's stories."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["listing"] = selectors.latest()
        context["metadata"] = front_metadata(Masthead.load(request), language=self.language)
        return context
