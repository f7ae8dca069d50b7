"""Partners in the admin: who takes stories over, and the token that is shown once."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from broadsheet.feeds.models import Partner
from broadsheet.feeds.partners.tokens import give_token

PARTNERS_ORDER = 140


class PartnerCreateView(CreateView):
    """Making a partner: its token is shown on the next page, and never again."""

    def save_instance(self) -> Partner:
        """Give it a token before it is saved."""
        token = give_token(self.form.instance)
        partner: Partner = super().save_instance()
        said = _("The token of %(name)s is %(token)s — copy it now: it is shown this once.")
        messages.warning(self.request, said % {"name": partner.name, "token": token})
        return partner


class PartnerViewSet(SnippetViewSet):
    """Papers and wires that take stories over."""

    model = Partner
    icon = "key"
    menu_label = gettext_lazy("Partners")
    menu_order = PARTNERS_ORDER
    add_to_settings_menu = True
    admin_url_namespace = "newsdesk_partners"
    base_url_path = "partners"
    add_view_class = PartnerCreateView
    list_display = ["name", "contact", "is_active", "given_at"]
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("contact"), FieldPanel("is_active")])
