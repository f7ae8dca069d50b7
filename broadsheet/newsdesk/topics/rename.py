"""Renaming a topic, with a page that says beforehand what will change."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from broadsheet.newsdesk.topics.topic_view import TopicActView
from broadsheet.topics.models import Topic
from broadsheet.topics.rename_topic import RenamePlan, plan_rename, rename_topic


class RenameForm(forms.ModelForm):
    """The new name and address."""

    keep_name = forms.BooleanField(
        label=gettext_lazy("Still find the old name in texts"),
        help_text=gettext_lazy("It becomes another way in which the topic is written."),
        required=False,
        initial=True,
    )

    class Meta:
        model = Topic
        fields = ["name", "slug"]


class RenameTopic(TopicActView):
    """Asks for the name, says what will change, and does it."""

    label = gettext_lazy("Rename")
    form_class = RenameForm
    template_name = "newsdesk/topics/rename.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with the present name; the form works on a copy, so that the page still says the old one."""
        return {**super().get_form_kwargs(), "instance": Topic.objects.get(pk=self.topic.pk)}

    def _wanted(self, form: Any) -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("name", "slug", "keep_name")}

    def plan(self, form: Any) -> RenamePlan:
        """Return what will change."""
        return plan_rename(topic=self.topic, **self._wanted(form))

    def act(self, form: Any) -> HttpResponse:
        """Rename."""
        try:
            rename_topic(topic=Topic.objects.select_for_update().get(pk=self.topic.pk), **self._wanted(form))
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The topic is called “%(name)s” now.") % {"name": form.cleaned_data["name"]})
        return redirect("newsdesk_topics:edit", self.topic.pk)
