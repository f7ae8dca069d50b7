"""Merging one topic into another, with a page that says beforehand what will change."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from wagtail.snippets.widgets import AdminSnippetChooser

from broadsheet.newsdesk.topics.topic_view import TopicActView, start
from broadsheet.topics.merge_topics import MergePlan, plan_merge
from broadsheet.topics.models import MoveKind, Topic
from broadsheet.topics.move_stories import CannotMoveError, begin_move


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
        except CannotMoveError as error:
            raise forms.ValidationError(str(error)) from error
        return into


class MergeTopic(TopicActView):
    """Asks into which topic, says what will change, and does it."""

    label = gettext_lazy("Merge")
    form_class = MergeForm
    template_name = "newsdesk/topics/merge.html"

    def get_initial(self) -> dict[str, Any]:
        """Take the other topic from the link, as the report of near-duplicates gives it."""
        into = self.request.GET.get("into", "")
        return {"into": int(into)} if into.isdecimal() and len(into) < 10 else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form which topic is merged."""
        return {**super().get_form_kwargs(), "merged": self.topic}

    def plan(self, form: Any) -> MergePlan | None:
        """Return what the form has learnt."""
        plan: MergePlan | None = form.plan
        return plan

    def act(self, form: Any) -> HttpResponse:
        """Merge."""
        into = form.cleaned_data["into"]
        return start(
            begin_move(kind=MoveKind.MERGE, source=self.topic, target=into, by_id=self.user.pk, by_name=str(self.user))
        )
