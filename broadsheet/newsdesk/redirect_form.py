"""The form of a redirect, in the list of redirects and in its import: it knows the paper's own addresses."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect

from broadsheet.pages.addresses import default_site
from broadsheet.pages.flatten_redirects import LeadsBackError, end_of


class OwnOrOtherAddressField(forms.URLField):
    """An address anywhere; one that begins with a slash is the paper's own, as the exported list writes it."""

    def to_python(self, value: Any) -> Any:
        """Write the paper's own address out."""
        if isinstance(value, str) and value.startswith("/") and not value.startswith("//"):
            value = f"{settings.SITE_URL}{value}"
        return super().to_python(value)


class PaperRedirectForm(RedirectForm):
    """Refuses a redirect that leads back to itself, and one without a target; takes the paper's own addresses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields["redirect_link"]
        self.fields["redirect_link"] = OwnOrOtherAddressField(
            required=False, max_length=255, label=given.label, help_text=given.help_text, assume_scheme="https"
        )

    def clean(self) -> Any:
        """Look where it would lead."""
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        link, old_path = cleaned.get("redirect_link"), cleaned.get("old_path")
        if not link and not cleaned.get("redirect_page") and not self.errors:
            raise forms.ValidationError(_("Say where it leads: to a page or to an address."))
        site = default_site()
        if link and old_path and site:
            try:
                end_of(old_path=Redirect.normalise_path(old_path), link=link, site=site)
            except LeadsBackError as error:
                raise forms.ValidationError(_("This leads back to its own address.")) from error
        return cleaned


def use_in_wagtails_views() -> None:
    """Put the form in the place of Wagtail's in its views and its import, which name theirs."""
    views.RedirectForm = PaperRedirectForm
    views.CreateView.form_class = PaperRedirectForm
    views.EditView.form_class = PaperRedirectForm
