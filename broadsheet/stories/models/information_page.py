"""Standing pages: about us, masthead, ethics, corrections policy."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from broadsheet.masthead.fields import LeanStreamField
from broadsheet.masthead.models import Masthead
from broadsheet.pages.models import BasePage
from broadsheet.stories.blocks import StoryBody
from broadsheet.stories.body_text import body_text
from broadsheet.stories.list_metadata import page_metadata


class InformationPage(BasePage):
    """A page of the paper that is not a story and stands at a lasting address such as /about/."""

    parent_page_types = ["fronts.HomePage", "stories.InformationPage"]
    subpage_types = ["stories.InformationPage"]
    template = "stories/information_page.html"

    body = LeanStreamField(StoryBody(), verbose_name=_("text"), blank=True)

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what machines read in the page's head."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["metadata"] = page_metadata(self, Masthead.load(request), description=body_text(self.body))
        return context
