"""Which story is a translation of which, in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from broadsheet.feeds.models import Translation


class TranslationViewSet(SnippetViewSet):
    """Stories in several languages."""

    model = Translation
    icon = "globe"
    menu_label = _("Translations")
    admin_url_namespace = "newsdesk_translations"
    base_url_path = "paper/translations"
    list_display = ["story", "original"]
    copy_view_enabled = False
    edit_handler = ObjectList([FieldPanel("original"), FieldPanel("story")])
