"""What of the queue is shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.sections.models import Section
from broadsheet.wire.models import ItemState, WireSource
from broadsheet.wire.selectors import QueueFilter


class QueueForm(forms.Form):
    """The filters of the queue, as they stand in its address."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))
    source = forms.ModelChoiceField(
        label=_("Source"), queryset=WireSource.objects.all(), required=False, empty_label=_("All")
    )
    section = forms.ModelChoiceField(
        label=_("Section"), queryset=Section.objects.all(), required=False, empty_label=_("All")
    )
    embargo = forms.ChoiceField(
        label=_("Embargo"),
        choices=[("", _("All")), ("free", _("May be published")), ("held", _("Under embargo"))],
        required=False,
    )
    urgent = forms.BooleanField(label=_("Urgent only"), required=False)

    def wanted(self, state: str) -> QueueFilter:
        """Return what was asked for; what makes no sense is left out."""
        self.full_clean()
        source, section = (self.cleaned_data.get(name) for name in ("source", "section"))
        return QueueFilter(
            state="" if state == ALL else state,
            source_id=source.pk if source else None,
            section_id=section.pk if section else None,
            is_urgent=bool(self.cleaned_data.get("urgent")),
            embargo=self.cleaned_data.get("embargo") or "",
            words=self.cleaned_data.get("q") or "",
        )


ALL = "all"
STATES: list[tuple[str, Any]] = [*ItemState.choices, (ALL, _("All"))]
"""The queue's tabs."""
