"""The form of a series: whose stories may become parts of it, and may cease to be."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from broadsheet.stories.models import SeriesPart, Story


class SeriesForm(WagtailAdminModelForm):
    """A story's page shows its series, so only who publishes the story may put it into one or take it out."""

    def clean(self) -> dict[str, Any]:
        """Refuse to move stories of somebody else's."""
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("parts")
        if formset is None or self.for_user is None or not formset.is_valid():
            return cleaned
        before = set(SeriesPart.objects.filter(series=self.instance.pk or 0).values_list("story_id", flat=True))
        wanted = {
            form.cleaned_data["story"].pk
            for form in formset.forms
            if form.cleaned_data.get("story") and not form.cleaned_data.get("DELETE")
        }
        for story in Story.objects.filter(pk__in=before ^ wanted).order_by("pk"):
            if not story.permissions_for_user(self.for_user).can_publish():
                sentence = _("“%(story)s” is not yours to publish: ask its section’s editor.")
                self.add_error(None, sentence % {"story": story.get_admin_display_title()})
        return cleaned
