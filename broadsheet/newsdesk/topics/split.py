"""Moving some stories of a topic to another, new or old: which ones, what will change, and then doing it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.widgets import AdminSnippetChooser

from broadsheet.newsdesk.topics.topic_view import TopicActView, start
from broadsheet.sections.models import Section
from broadsheet.topics.models import MoveKind, Topic
from broadsheet.topics.move_stories import CannotMoveError, begin_move
from broadsheet.topics.selection import Selection, rows_under
from broadsheet.topics.split_topic import SHOWN_STORIES, SplitPlan, plan_split

NEW_FIELDS = {"name": "new_name", "slug": "new_slug"}


class SplitForm(forms.Form):
    """Which stories, and to which topic."""

    words = forms.CharField(
        label=gettext_lazy("Words in headline or standfirst"),
        help_text=gettext_lazy("Stories in which all of them occur."),
        required=False,
        max_length=200,
    )
    section = forms.ModelChoiceField(label=gettext_lazy("Section"), queryset=Section.objects.all(), required=False)
    since = forms.DateField(label=gettext_lazy("Published from"), required=False, widget=AdminDateInput)
    until = forms.DateField(label=gettext_lazy("Published until"), required=False, widget=AdminDateInput)
    stories = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Only these"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    target = forms.ModelChoiceField(
        label=gettext_lazy("To this topic"),
        queryset=Topic.objects.filter(merged_into=None),
        required=False,
        widget=AdminSnippetChooser(model=Topic),
    )
    new_name = forms.CharField(label=gettext_lazy("Or to a new one, called"), required=False, max_length=255)
    new_slug = forms.CharField(
        label=gettext_lazy("Slug of the new one"),
        help_text=gettext_lazy("The last part of its address; made of the name when empty."),
        required=False,
        max_length=150,
    )
    is_part = forms.BooleanField(label=gettext_lazy("The new one is part of this topic"), required=False)

    def __init__(self, *args: Any, source: Topic, offered: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.plan: SplitPlan | None = None
        field = self.fields["stories"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be split, and learn what will change."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if bool(cleaned["target"]) == bool(cleaned["new_name"]):
            self.add_error("target", _("Choose a topic, or name a new one."))
            return cleaned
        if cleaned["new_name"]:
            self._check_new(cleaned)
        try:
            self.plan = plan_split(source=self.source, target=cleaned["target"], selection=self.selection)
        except CannotMoveError as error:
            self.add_error(None, str(error))
        return cleaned

    def _check_new(self, cleaned: dict[str, Any]) -> None:
        slug = cleaned["new_slug"] or slugify(cleaned["new_name"], allow_unicode=True)[:150]
        parent = self.source if cleaned["is_part"] else None
        self.new = Topic(name=cleaned["new_name"], slug=slug, kind=self.source.kind, parent=parent)
        try:
            self.new.full_clean()
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                self.add_error(NEW_FIELDS.get(name), sentences)

    @property
    def selection(self) -> Selection:
        """Which stories are meant."""
        section = self.cleaned_data["section"]
        return Selection(
            story_ids=tuple(self.cleaned_data["stories"]),
            words=self.cleaned_data["words"],
            section_id=section.pk if section else None,
            since=self.cleaned_data["since"],
            until=self.cleaned_data["until"],
        )


class SplitTopic(TopicActView):
    """Asks which stories go where, says what will change, and does it."""

    label = gettext_lazy("Split")
    form_class = SplitForm
    template_name = "newsdesk/topics/split.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the topic, and the newest stories to tick."""
        rows = rows_under(self.topic).select_related("story").order_by("-published_at", "-story")[:SHOWN_STORIES]
        offered = [(row.story_id, row.story.get_admin_display_title()) for row in rows]  # type: ignore[attr-defined]
        sent = self.given.getlist("stories")
        known = {pk for pk, _title in offered}
        ticked = [int(pk) for pk in sent if pk.isdecimal() and len(pk) < 19 and int(pk) not in known]
        older = rows_under(self.topic).filter(story__in=ticked).select_related("story")
        offered += [(row.story_id, row.story.get_admin_display_title()) for row in older]  # type: ignore[attr-defined]
        return {**super().get_form_kwargs(), "source": self.topic, "offered": offered}

    def plan(self, form: Any) -> SplitPlan | None:
        """Return what the form has learnt."""
        plan: SplitPlan | None = form.plan
        return plan

    def act(self, form: Any) -> HttpResponse:
        """Make the new topic, if one was named, and move the stories."""
        target = form.cleaned_data["target"]
        if target is None:
            target = form.new
            target.save()
        return start(
            begin_move(
                kind=MoveKind.SPLIT,
                source=self.topic,
                target=target,
                selection=form.selection,
                total=form.plan.stories,
                by_id=self.user.pk,
                by_name=str(self.user),
            )
        )
