"""Sections, topics, series and contributors in the admin, under one menu item."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
)
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from broadsheet.bylines.models import Contributor
from broadsheet.newsdesk.best_bets import BestBetViewSet
from broadsheet.newsdesk.series_form import SeriesForm
from broadsheet.newsdesk.so_far.snippets import SoFarViewSet, button_of
from broadsheet.newsdesk.topics.topic_view import KEEP_TOPICS
from broadsheet.newsdesk.translations import TranslationViewSet
from broadsheet.newsdesk.wire.sources import WireSourceViewSet
from broadsheet.sections.models import Section
from broadsheet.stories.keep_old_series_slug import keep_old_series_slug
from broadsheet.stories.models import Series
from broadsheet.topics.keep_old_slug import keep_old_slug
from broadsheet.topics.models import Topic

PAPER_ORDER = 250
TOPIC_ACTS = (
    (_("Rename"), "newsdesk_rename_topic"),
    (_("Merge into another topic"), "newsdesk_merge_topic"),
    (_("Split"), "newsdesk_split_topic"),
)


class SectionViewSet(SnippetViewSet):
    """The parts of the paper, in the order of its menu, with their editors."""

    model = Section
    icon = "folder-open-inverse"
    admin_url_namespace = "newsdesk_sections"
    base_url_path = "paper/sections"
    list_display = ["name", "description", "sort_order"]
    ordering = ["sort_order", "name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("description"),
            FieldPanel("media_topic"),
            FieldPanel("sort_order"),
            FieldPanel("editors"),
        ]
    )


class TopicEditView(EditView):
    """Editing a topic: a changed slug keeps its old address, and the ways to greater changes are in the header."""

    def save_instance(self) -> Topic:
        """Save, and lead readers on from the slug it had."""
        old_slug = Topic.objects.values_list("slug", flat=True).get(pk=self.object.pk)
        topic: Topic = super().save_instance()
        keep_old_slug(topic=topic, old_slug=old_slug)
        return topic

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's buttons, and "Rename", "Merge" and "Split" for those who may."""
        buttons: list[Button] = list(super().header_more_buttons)
        if self.request.user.has_perm(KEEP_TOPICS):
            for priority, (label, view) in enumerate(TOPIC_ACTS, start=90):
                address = reverse(view, args=[self.object.pk])
                buttons.append(Button(label, url=address, icon_name="tag", priority=priority))
        so_far = button_of(topic=self.object, user=self.request.user)
        return [*buttons, so_far] if so_far else buttons


class TopicViewSet(SnippetViewSet):
    """What stories are about."""

    model = Topic
    icon = "tag"
    admin_url_namespace = "newsdesk_topics"
    base_url_path = "paper/topics"
    edit_view_class = TopicEditView
    list_display = ["name", "kind", "parent"]
    list_filter = ["kind"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            InlinePanel("synonyms", label=_("Synonym"), heading=_("Also written")),
            FieldPanel("description"),
            InlinePanel(
                "facts",
                label=_("Fact"),
                heading=_("Key facts"),
                panels=[FieldRowPanel([FieldPanel("label"), FieldPanel("as_of")]), FieldPanel("value")],
            ),
            FieldPanel("parent"),
            FieldPanel("photo"),
            FieldPanel("media_topic"),
            FieldPanel("slug"),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Topic]":
        """Leave out topics that were merged; they only lead readers on."""
        return Topic.objects.filter(merged_into=None).select_related("parent")


class SeriesEditView(EditView):
    """Editing a series: a changed slug keeps its old address."""

    def save_instance(self) -> Series:
        """Save, and lead readers on from the slug it had."""
        old_slug = Series.objects.values_list("slug", flat=True).get(pk=self.object.pk)
        series: Series = super().save_instance()
        keep_old_series_slug(series=series, old_slug=old_slug)
        return series

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's buttons, and the way to its story so far."""
        so_far = button_of(series=self.object, user=self.request.user)
        return [*super().header_more_buttons, *([so_far] if so_far else [])]


class SeriesViewSet(SnippetViewSet):
    """Stories told in parts."""

    model = Series
    icon = "list-ol"
    admin_url_namespace = "newsdesk_series"
    base_url_path = "paper/series"
    edit_view_class = SeriesEditView
    list_display = ["name", "planned_parts"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("description"),
            FieldPanel("photo"),
            FieldPanel("planned_parts"),
            MultipleChooserPanel(
                "parts",
                chooser_field_name="story",
                heading=_("Parts"),
                label=_("part"),
                panels=[FieldPanel("story")],
                help_text=_("In the order in which they are to be read. Readers see those that are published."),
            ),
            FieldPanel("slug"),
        ],
        base_form_class=SeriesForm,
    )


class ContributorViewSet(SnippetViewSet):
    """People, agencies and teams in bylines."""

    model = Contributor
    icon = "user"
    admin_url_namespace = "newsdesk_contributors"
    base_url_path = "paper/contributors"
    list_display = ["name", "kind", "job_title", "is_current"]
    list_filter = ["kind", "is_current"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("kind"), FieldPanel("job_title"), FieldPanel("portrait")],
                heading=_("Who"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("biography"),
                    FieldPanel("expertise"),
                    FieldPanel("languages"),
                    FieldPanel("location"),
                ],
                heading=_("On the page"),
            ),
            MultiFieldPanel(
                [FieldPanel("email"), FieldPanel("website"), FieldPanel("fediverse")], heading=_("Contact")
            ),
            MultiFieldPanel(
                [FieldPanel("user"), FieldPanel("is_current"), FieldPanel("slug")], heading=_("In the newsroom")
            ),
        ]
    )


class PaperViewSetGroup(SnippetViewSetGroup):
    """What the paper is made of besides stories."""

    items = (
        SectionViewSet,
        TopicViewSet,
        SeriesViewSet,
        SoFarViewSet,
        ContributorViewSet,
        TranslationViewSet,
        BestBetViewSet,
        WireSourceViewSet,
    )
    menu_label = _("Paper")
    menu_icon = "folder-inverse"
    menu_order = PAPER_ORDER
