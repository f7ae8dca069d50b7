"""By what the newsroom's list of stories may be narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget

from broadsheet.bylines.models import Contributor
from broadsheet.newsdesk.story_states import StoryState, in_state
from broadsheet.pages.models import BasePage, WorkType
from broadsheet.sections.models import Section
from broadsheet.stories.attachments import Byline, StoryTopic
from broadsheet.topics.models import Topic

MOST_NAMES = 50
"""Contributors or topics that a few letters may stand for; a longer name narrows them."""
MINE = "mine"


class StoryFilterSet(django_filters.FilterSet):
    """Section, byline, state, dates, topic, type of work, and one's own."""

    section = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=Section.objects.all(), empty_label=_("All"), widget=forms.RadioSelect
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=StoryState.choices,
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_state",
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[(MINE, _("Mine"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
        method="filter_whose",
    )
    byline = django_filters.CharFilter(
        label=_("Byline"),
        method="filter_byline",
        widget=forms.TextInput(attrs={"placeholder": _("Name or part of it")}),
    )
    topic = django_filters.CharFilter(
        label=_("Topic"),
        method="filter_topic",
        widget=forms.TextInput(attrs={"placeholder": _("Name or part of it")}),
    )
    work_type = django_filters.ChoiceFilter(
        label=_("Type of work"), choices=WorkType.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    edited = django_filters.DateFromToRangeFilter(
        label=_("Last edited"), field_name="latest_revision_created_at", widget=DateRangePickerWidget
    )
    published = django_filters.DateFromToRangeFilter(
        label=_("First published"), field_name="first_published_at", widget=DateRangePickerWidget
    )

    class Meta:
        model = BasePage
        fields: list[str] = []

    def filter_state(self, stories: "QuerySet[BasePage]", name: str, state: str) -> "QuerySet[BasePage]":
        """Keep the stories in a state."""
        return stories.filter(in_state(state))

    def filter_whose(self, stories: "QuerySet[BasePage]", name: str, value: str) -> "QuerySet[BasePage]":
        """Keep what the user made, or has a byline in."""
        user: Any = self.request.user
        signed = Byline.objects.filter(contributor__user=user).values("story_id")
        return stories.filter(Q(owner=user) | Q(pk__in=signed))

    def filter_byline(self, stories: "QuerySet[BasePage]", name: str, words: str) -> "QuerySet[BasePage]":
        """Keep the stories of contributors whose name contains the words."""
        people = Contributor.objects.filter(name__icontains=words).order_by().values_list("pk", flat=True)[:MOST_NAMES]
        return stories.filter(pk__in=Byline.objects.filter(contributor__in=list(people)).values("story_id"))

    def filter_topic(self, stories: "QuerySet[BasePage]", name: str, words: str) -> "QuerySet[BasePage]":
        """Keep the stories about topics whose name or synonym contains the words."""
        named = Topic.objects.filter(Q(name__icontains=words) | Q(synonyms__name__icontains=words))
        topics = list(named.order_by().values_list("pk", flat=True).distinct()[:MOST_NAMES])
        return stories.filter(pk__in=StoryTopic.objects.filter(topic__in=topics).values("story_id"))
