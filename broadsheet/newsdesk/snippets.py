"""Sections, topics and contributors in the admin, under one menu item."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from broadsheet.bylines.models import Contributor
from broadsheet.newsdesk.translations import TranslationViewSet
from broadsheet.sections.models import Section
from broadsheet.topics.keep_old_slug import keep_old_slug
from broadsheet.topics.models import Topic

PAPER_ORDER = 250


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
    """Editing a topic: a changed slug keeps its old address, and the way to merging is in the header."""

    def save_instance(self) -> Topic:
        """Save, and lead readers on from the slug it had."""
        old_slug = Topic.objects.values_list("slug", flat=True).get(pk=self.object.pk)
        topic: Topic = super().save_instance()
        keep_old_slug(topic=topic, old_slug=old_slug)
        return topic

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's buttons and "Merge", for those who may."""
        buttons: list[Button] = list(super().header_more_buttons)
        if self.request.user.has_perm("topics.delete_topic"):
            address = reverse("newsdesk_merge_topic", args=[self.object.pk])
            buttons.append(Button(_("Merge into another topic"), url=address, icon_name="tag", priority=90))
        return buttons


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
            FieldPanel("parent"),
            FieldPanel("photo"),
            FieldPanel("media_topic"),
            FieldPanel("slug"),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Topic]":
        """Leave out topics that were merged; they only lead readers on."""
        return Topic.objects.filter(merged_into=None).select_related("parent")


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

    items = (SectionViewSet, TopicViewSet, ContributorViewSet, TranslationViewSet)
    menu_label = _("Paper")
    menu_icon = "folder-inverse"
    menu_order = PAPER_ORDER
