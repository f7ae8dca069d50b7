"""Merging one topic into another, with a page that says beforehand what will change."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.snippets.widgets import AdminSnippetChooser

from broadsheet.topics.merge_topics import CannotMergeError, MergePlan, merge_topics, plan_merge
from broadsheet.topics.models import Topic


class MergeForm(forms.Form):
    """Into which topic."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("Merge into"),
        queryset=Topic.objects.filter(merged_into=None),
        widget=AdminSnippetChooser(model=Topic),
    )

    def __init__(self, *args: Any, merged: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.merged = merged
        self.plan: MergePlan | None = None

    def clean_into(self) -> Topic:
        """Refuse what cannot be merged, and learn what will change."""
        into: Topic = self.cleaned_data["into"]
        try:
            self.plan = plan_merge(merged=self.merged, into=into)
        except CannotMergeError as error:
            raise forms.ValidationError(_("A topic cannot be merged into itself.")) from error
        return into


def merge_topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    """Ask into which topic, say what will change, and do it when that was confirmed."""
    if not request.user.has_perm("topics.delete_topic"):
        raise PermissionDenied
    merged = get_object_or_404(Topic, pk=topic_id, merged_into=None)
    form = MergeForm(request.POST or None, merged=merged)
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and request.POST.get("confirmed") == str(into.pk):
        merge_topics(merged=merged, into=into)
        names = {"merged": merged.name, "into": into.name}
        messages.success(request, _("“%(merged)s” is now part of “%(into)s”.") % names)
        return redirect(reverse("newsdesk_topics:edit", args=[into.pk]))
    context = {"form": form, "merged": merged, "plan": form.plan, "into": into}
    return render(request, "newsdesk/merge_topic.html", context)
