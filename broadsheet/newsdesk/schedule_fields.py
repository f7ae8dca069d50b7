"""The fields in which a story's editor plans when it goes live and when it goes off the site: to the second."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets.datetime import AdminDateTimeInput

from broadsheet.kit import clock
from broadsheet.publishing.forms import EmbargoField

TO_THE_SECOND = "%Y-%m-%d %H:%M:%S"
_IN_THE_DIALOG = {
    "data-controller": "w-action",
    "data-action": "w-dialog:hidden->w-action#reset",
    "data-w-dialog-target": "notify",
}
"""What Wagtail's dialog of the schedule asks of its two fields."""


class EmbargoInput(AdminDateTimeInput):
    """Wagtail's field for a date and time, to the second.

    Its picker corrects by itself what it cannot read as soon as the field is left. An offset would be lost by that, and
    a time that does not exist would become another; ours are read by the server, which says what is wrong.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format=TO_THE_SECOND, **kwargs)

    def get_config(self) -> dict[str, Any]:
        """Return the picker's settings."""
        return {**super().get_config(), "validateOnBlur": False}


def zone_hint() -> str:
    """Return what is said below a field for a moment."""
    return _("To the second; time in %(zone)s.") % {"zone": timezone.get_current_timezone_name()}


def schedule_field(label: Any) -> EmbargoField:
    """Return a field of the schedule's dialog."""
    widget = EmbargoInput(js_overlay_parent_selector="#schedule-publishing-dialog", attrs=_IN_THE_DIALOG)
    return EmbargoField(required=False, label=label, widget=widget)


class ScheduledPageForm(WagtailAdminPageForm):
    """A page's form with a schedule that says its zone and refuses what has passed.

    Its text fields run as their words do: a page may be in another language than the newsroom around it.
    """

    go_live_at = schedule_field(gettext_lazy("Go live"))
    expire_at = schedule_field(gettext_lazy("Expire"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.widget.attrs["dir"] = "ltr" if isinstance(field, forms.URLField) else "auto"
        for name in {"go_live_at", "expire_at"} & set(self.fields):
            self.fields[name].help_text = zone_hint()

    def clean(self) -> dict[str, Any]:
        """Refuse a new moment that has passed; one that passed since it was chosen stays as it is."""
        cleaned: dict[str, Any] = super().clean()
        go_live_at = cleaned.get("go_live_at")
        if go_live_at and "go_live_at" in self.changed_data and go_live_at <= clock.now():
            self.add_error("go_live_at", _("Choose a moment that is still to come."))
        return cleaned
