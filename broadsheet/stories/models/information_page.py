"""Standing pages: about us, masthead, ethics, corrections policy."""

from django.utils.translation import gettext_lazy as _

from broadsheet.pages.models import BasePage
from broadsheet.masthead.fields import LeanStreamField
from broadsheet.stories.blocks import StoryBody


class InformationPage(BasePage):
    """A page of the paper that is not a story and stands at a lasting address such as /about/."""

    parent_page_types = ["fronts.HomePage", "stories.InformationPage"]
    subpage_types = ["stories.InformationPage"]
    template = "stories/information_page.html"

    body = LeanStreamField(StoryBody(), verbose_name=_("text"), blank=True)

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
