"""Sources in the admin: how they are edited, and how they did."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from broadsheet.wire.models import WireSource


class WireSourceViewSet(SnippetViewSet):
    """Agencies' services: addresses and folders."""

    model = WireSource
    icon = "globe"
    menu_label = _("Wire sources")
    admin_url_namespace = "newsdesk_wire_sources"
    base_url_path = "paper/wire-sources"
    list_display = ["name", "credit", "kind", BooleanColumn("is_on", label=_("On")), "succeeded_at", "error"]
    list_filter = ["kind", "is_on"]
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(template="newsdesk/wire/source_status.html", heading=_("How it did")),
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("credit"), FieldPanel("section")], heading=_("At the desk")
            ),
            MultiFieldPanel(
                [FieldPanel("kind"), FieldPanel("address"), FieldPanel("secret")], heading=_("Where it comes from")
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("interval_minutes"), FieldPanel("is_on")]), FieldPanel("brings_photos")],
                heading=_("When"),
            ),
        ]
    )
