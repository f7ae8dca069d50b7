"""What is asked for when a story is sent back, given to somebody, or talked about."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from broadsheet.accounts.models import User
from broadsheet.newsdesk.workflow.staff import staff


class NoteForm(forms.Form):
    """The note with which a story goes back. Named as Wagtail's workflow names it."""

    comment = forms.CharField(
        label=_("Note"),
        max_length=2000,
        help_text=_("What has to change. The writer reads it."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class StoryNoteForm(forms.Form):
    """A note on a story."""

    text = forms.CharField(
        label=_("New note"),
        max_length=2000,
        help_text=_("For colleagues."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class PersonChoice(forms.ModelChoiceField):
    """Somebody of the newsroom, by name."""

    def label_from_instance(self, obj: User) -> str:
        """Return the person's name, which may be an e-mail address."""
        return str(obj)


class AssignmentForm(forms.Form):
    """Who works on a story, and until when; both may be left empty."""

    assignee = PersonChoice(
        label=_("Assigned to"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["assignee"]
        assert isinstance(field, PersonChoice)  # noqa: S101 - for the type checker
        field.queryset = staff()

    def due(self) -> dt.datetime | None:
        """Return the moment that was filled in, aware."""
        moment: dt.datetime | None = self.cleaned_data["due_at"]
        return moment
