"""The photo form, where published stories show the photo: it says so, and asks why its words change."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from broadsheet.newsdesk.why_it_changes import choices_with_meanings
from broadsheet.pages.models import BasePage
from broadsheet.photos.forms import PhotoForm
from broadsheet.photos.models import Photo
from broadsheet.publishing.change_photo_words import change_photo_words
from broadsheet.publishing.record_act import Reason
from broadsheet.stories.models import Story
from broadsheet.stories.record import NOTED_CLASSES
from broadsheet.stories.recorded_photos import PhotoWords
from broadsheet.stories.shown_photos import is_seen_to_change, pages_showing

NAMED = 5
"""Published pages that the form names; of the others it gives the number."""
WHY_IT_CHANGES = ("change_class", "change_note", "change_is_serious")
AFTER = "credit"
"""The last of the fields that readers see: why they change is asked behind it."""


@dataclass(frozen=True)
class ShownIn:
    """Where readers see a photo: how many published pages, and the newest of them."""

    count: int
    pages: list[BasePage]

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count - len(self.pages)


class ShownPhotoForm(PhotoForm):
    """A photo's form. Of a photo that readers see in published stories, changed words need a reason, as in a story."""

    change_class = forms.ChoiceField(
        label=gettext_lazy("Why it changes"),
        help_text=gettext_lazy("For another caption, credit or alternative text. Readers see it at every story."),
        widget=forms.RadioSelect,
        required=False,
    )
    change_note = forms.CharField(
        label=gettext_lazy("Note to readers"),
        help_text=Story._meta.get_field("change_note").help_text,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    change_is_serious = forms.BooleanField(
        label=gettext_lazy("At the head of the story"),
        help_text=Story._meta.get_field("change_is_serious").help_text,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["change_class"]
        if not self.shown_in.count:
            for name in WHY_IT_CHANGES:
                del self.fields[name]
        elif isinstance(kind, forms.ChoiceField):
            kind.choices = choices_with_meanings()
            names = [name for name in self.fields if name not in WHY_IT_CHANGES]
            place = names.index(AFTER) + 1 if AFTER in names else len(names)
            self.order_fields([*names[:place], *WHY_IT_CHANGES, *names[place:]])

    @cached_property
    def shown_in(self) -> ShownIn:
        """Where readers see the photo now."""
        if self.instance.pk is None:
            return ShownIn(0, [])
        pages = pages_showing(self.instance.pk)
        return ShownIn(pages.count(), list(pages.order_by("-first_published_at", "-pk")[:NAMED]))

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where readers will see other words."""
        cleaned: dict[str, Any] = super().clean()
        if "change_class" in self.fields and self._is_seen_to_change():
            kind = cleaned.get("change_class")
            if not kind and "change_class" not in self.errors:
                self.add_error("change_class", _("Say why the words of a published photo change: choose one of these."))
            elif kind in NOTED_CLASSES and not (cleaned.get("change_note") or "").strip():
                self.add_error("change_note", _("Tell readers what was wrong or unclear, and what is right now."))
        return cleaned

    def save(self, commit: bool = True) -> Photo:
        """Save the photo, and put its new words on the record of every published page that shows them."""
        if not commit or self.instance.pk is None:
            saved: Photo = super().save(commit=commit)
            return saved
        kind = self.cleaned_data.get("change_class") or ""
        reason = Reason(
            change_class=kind,
            note=self.cleaned_data.get("change_note", "") if kind else "",
            is_serious=kind in NOTED_CLASSES and self.cleaned_data.get("change_is_serious", False),
        )
        change_photo_words(photo=self.instance, reason=reason, save=super().save)
        photo: Photo = self.instance
        return photo

    def _is_seen_to_change(self) -> bool:
        """Tell whether readers of a published page will see other words than now."""
        before = [getattr(self.instance, name) for name in PhotoWords._fields]
        after = [self.cleaned_data.get(name, old) for name, old in zip(PhotoWords._fields, before, strict=True)]
        return is_seen_to_change(self.instance.pk, PhotoWords(*before), PhotoWords(*after))
