"""The newsroom's photo form; Wagtail uses it wherever photos come in: single, several at once, chooser, API."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import FileField
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from broadsheet.photos.digital_source_types import DIGITAL_SOURCE_TYPES
from broadsheet.photos.guards import find_problems, names_a_file
from broadsheet.photos.intake import ExaminedPhoto, PhotoRefused, examine_upload, model_values, origin_note, true_name


class DigitalSourceSelect(forms.Select):
    """A choice of IPTC's digital source types; another address that came with a file stays among the choices."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=DIGITAL_SOURCE_TYPES)

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the choices, with the present value among them."""
        known = {str(address) for address, _label in DIGITAL_SOURCE_TYPES}
        strange = [(address, address) for address in value if address not in known]
        self.choices = [*DIGITAL_SOURCE_TYPES, *strange]
        return super().optgroups(name, value, attrs)


class PhotoUploadField(WagtailImageField):
    """A file field that has the darkroom examine what is uploaded, before any other code opens it."""

    def to_python(self, data: Any) -> Any:
        """Return the upload with what was found (`examined`) and its true extension, or refuse it with a sentence."""
        upload = FileField.to_python(self, data)
        if upload is None:
            return None
        try:
            verdict = getattr(upload, "verdict", None) or examine_upload(upload, size=upload.size)
        except PhotoRefused as refused:
            verdict = refused
        if isinstance(verdict, PhotoRefused):
            raise ValidationError(verdict.sentence, code=verdict.code)
        examined = verdict
        upload.name = true_name(upload.name or "", examined.extension)
        upload.examined = examined  # type: ignore[attr-defined]  # read by PhotoFieldFile and the form
        return upload


class PhotoForm(BaseImageForm):
    """Fills what is empty from the file's metadata, and asks for words that differ and a credit."""

    data: Any  # what was typed, and what the file adds to it

    class Meta(BaseImageForm.Meta):
        widgets = BaseImageForm.Meta.widgets | {
            "caption": forms.Textarea(attrs={"rows": 3}),
            "alt_text": forms.Textarea(attrs={"rows": 2}),
            "usage_terms": forms.Textarea(attrs={"rows": 2}),
            "digital_source_type": DigitalSourceSelect(),
            "rights_expire_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "taken_at": forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plain := self.fields.get("file"):
            self.fields["file"] = PhotoUploadField(
                label=plain.label, required=plain.required, widget=plain.widget, help_text=plain.help_text
            )
        for name, origin in self.instance.read_from_file.items():
            if field := self.fields.get(name):
                field.help_text = f"{field.help_text} {origin_note(origin)}".strip()

    def clean(self) -> dict[str, Any]:
        """Fill from the file, then check the words; the first step of a multiple upload brings no words to check."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        upload = cleaned.get("file")
        file_name = upload.name if upload else self.instance.filename
        if examined := getattr(upload, "examined", None):
            self._fill_from_file(examined, file_name=file_name)
        if self.add_prefix("alt_text") in self.data:
            self._check_words(file_name=file_name)
        return self.cleaned_data

    def _fill_from_file(self, examined: ExaminedPhoto, *, file_name: str) -> None:
        """Give empty fields (and a title that is only the file's name) what the file says of itself."""
        filled = dict(self.instance.read_from_file)
        for name, value in model_values(examined.metadata, type(self.instance)).items():
            if name not in self.fields or name in self.errors:
                continue
            given = self.cleaned_data.get(name)
            is_file_name = name == "title" and names_a_file(str(given), file_name=PurePath(file_name).name)
            is_unwanted = name == "alt_text" and self.cleaned_data.get("is_decorative")
            if (not given or is_file_name) and not is_unwanted:
                self.cleaned_data[name] = value
                filled[name] = examined.metadata.origins[name]
                self._show(name, value)
        self.instance.read_from_file = filled

    def _show(self, name: str, value: Any) -> None:
        """Put a value from the file among what was typed, in case the form is shown once more."""
        key, field = self.add_prefix(name), self.fields[name]
        if key in self.data:
            self.data = self.data.copy()
            self.data[key] = field.widget.format_value(field.prepare_value(value))

    def _check_words(self, *, file_name: str) -> None:
        """Attach what must be mended to its fields."""
        for problem in find_problems(_Words(self.cleaned_data), file_name=file_name):
            if problem.field in self.fields and problem.field not in self.errors:
                self.add_error(problem.field, problem.sentence)


class _Words:
    """The words of a form that is being cleaned."""

    def __init__(self, cleaned: dict[str, Any]) -> None:
        self.caption = cleaned.get("caption") or ""
        self.alt_text = cleaned.get("alt_text") or ""
        self.credit = cleaned.get("credit") or ""
        self.is_decorative = bool(cleaned.get("is_decorative"))
