"""Withdrawing a note and withholding words: each asks for the reason that readers will be told."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from broadsheet.newsdesk.story_view import StoryPageMixin
from broadsheet.publishing.amend_record import AlreadyAmendedError
from broadsheet.publishing.withdraw_note import NoNoteError, withdraw_note
from broadsheet.publishing.withhold_words import StillPublicError, withhold_words
from broadsheet.stories.models import PublishedVersion, RecordedKind
from broadsheet.stories.permissions import AMEND_RECORD


class AmendForm(forms.Form):
    """Why something of the record is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, told to readers"),
        help_text=gettext_lazy("Stands in the public history in the place of what is taken back, for good."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AmendRecord(ABC, StoryPageMixin, FormView):
    """Asks for the reason and amends the record of one version."""

    template_name = "newsdesk/record/amend.html"
    form_class = AmendForm
    right = AMEND_RECORD
    explanation: Any = ""
    done: Any = ""

    @cached_property
    def version(self) -> PublishedVersion:
        """The version that the address names."""
        return get_object_or_404(
            PublishedVersion, kind=RecordedKind.STORY, object_id=self.story.pk, number=self.kwargs["number"]
        )

    @abstractmethod
    def amend(self, reason: str) -> None:
        """Do it; raise what the verb raises."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Amend the record, or say why not."""
        try:
            self.amend(form.cleaned_data["reason"])
        except (AlreadyAmendedError, NoNoteError):
            messages.error(self.request, _("There is nothing to take back here any more."))
        except StillPublicError:
            messages.error(self.request, _("Readers see these words in the story itself. Change the story first."))
        else:
            messages.success(self.request, self.done)
        return redirect("newsdesk_story_record", self.story.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the version and what this does to it."""
        return super().get_context_data(
            story=self.story,
            version=self.version,
            explanation=self.explanation,
            may_read_words=self.may_read_words,
            **kwargs,
        )


class WithdrawNote(AmendRecord):
    """Withdraws the note of a version."""

    header_icon = "cross"
    label = gettext_lazy("Withdraw note")
    explanation = gettext_lazy(
        "Readers no longer see this note at the story or on the page of corrections. In its place stands that a note "
        "was withdrawn, and why. The note itself stays in the record."
    )
    done = gettext_lazy("The note is withdrawn.")

    def amend(self, reason: str) -> None:
        """Withdraw the note."""
        withdraw_note(version=self.version, user=self.user, reason=reason)


class WithholdWords(AmendRecord):
    """Withholds the words of a version."""

    header_icon = "no-view"
    label = gettext_lazy("Withhold words")
    explanation = gettext_lazy(
        "Readers no longer find the words of this version in the story’s history. In their place stands that they "
        "are withheld, and why. The words stay in the record."
    )
    done = gettext_lazy("The words of this version are withheld.")

    def amend(self, reason: str) -> None:
        """Withhold the words."""
        withhold_words(version=self.version, user=self.user, reason=reason)
