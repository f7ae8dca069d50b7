"""Best bets in the admin, under Paper: which pages readers see first who look for certain words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultipleChooserPanel, ObjectList, PageChooserPanel
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from broadsheet.search.models import LONGEST_PHRASE, BestBet

MOST_PHRASES = 20
MOST_PAGES = 5
PAGES = ["stories.Story", "stories.InformationPage"]


class BestBetCreateView(CreateView):
    """A new best bet; a link from what readers did not find says for which words."""

    def get_form(self, form_class: Any = None) -> Any:
        """Fill in the words of the link."""
        form = super().get_form(form_class)
        words = self.request.GET.get("words", "").replace("\x00", "")[:LONGEST_PHRASE]
        if words and not form.is_bound:
            form.formsets["phrases"].initial_extra = [{"text": words}]
        return form


class BestBetViewSet(SnippetViewSet):
    """What the search shows first."""

    model = BestBet
    icon = "crosshairs"
    menu_label = _("Best bets")
    admin_url_namespace = "newsdesk_best_bets"
    base_url_path = "paper/best-bets"
    add_view_class = BestBetCreateView
    list_display = ["__str__", "until"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            InlinePanel(
                "phrases",
                label=_("Words"),
                heading=_("When readers look for"),
                panels=[FieldPanel("text")],
                min_num=1,
                max_num=MOST_PHRASES,
                help_text=_(
                    "Whole searches, as readers write them: “tickets”, “opening hours”. Capitals, accents "
                    "and punctuation make no difference."
                ),
            ),
            MultipleChooserPanel(
                "pages",
                chooser_field_name="page",
                heading=_("These pages come first"),
                label=_("page"),
                panels=[PageChooserPanel("page", PAGES)],
                min_num=1,
                max_num=MOST_PAGES,
                help_text=_("In this order, above everything else. Readers see those that are published."),
            ),
            FieldPanel("until"),
        ]
    )
