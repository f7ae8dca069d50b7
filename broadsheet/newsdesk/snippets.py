"""Sections, topics and contributors in the admin, under one menu item."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from broadsheet.bylines.models import Contributor
from broadsheet.sections.models import Section
from broadsheet.topics.models import Topic

PAPER_ORDER = 250


class SectionViewSet(SnippetViewSet):
    """The parts of the paper, in the order of its menu, with their editors."""

    model = Section
    icon = "folder-open-inverse"
    admin_url_namespace = "newsdesk_sections"
    base_url_path = "sections"
    list_display = ["name", "description", "sort_order"]
    ordering = ["sort_order", "name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("description"),
            FieldPanel("sort_order"),
            FieldPanel("editors"),
        ]
    )


class TopicViewSet(SnippetViewSet):
    """What stories are about."""

    model = Topic
    icon = "tag"
    admin_url_namespace = "newsdesk_topics"
    base_url_path = "topics"
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
            FieldPanel("slug"),
        ]
    )


class ContributorViewSet(SnippetViewSet):
    """People, agencies and teams in bylines."""

    model = Contributor
    icon = "user"
    admin_url_namespace = "newsdesk_contributors"
    base_url_path = "contributors"
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

    items = (SectionViewSet, TopicViewSet, ContributorViewSet)
    menu_label = _("Paper")
    menu_icon = "folder-inverse"
    menu_order = PAPER_ORDER
