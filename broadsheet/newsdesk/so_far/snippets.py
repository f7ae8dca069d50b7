"""The story so far in the admin, under Paper."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from broadsheet.stories.models import Series, StorySoFar
from broadsheet.topics.models import Topic


class SoFarCreateView(CreateView):
    """A new box; a link from a topic or a series says whose."""

    def get_initial_form_instance(self) -> Any:
        """Fill in the topic or the series of the link."""
        wanted = {name: self.request.GET.get(name, "") for name in ("topic", "series")}
        box = StorySoFar()
        if wanted["topic"].isdecimal() and len(wanted["topic"]) < 10:
            box.topic = Topic.objects.filter(pk=int(wanted["topic"]), merged_into=None).first()
        elif wanted["series"].isdecimal() and len(wanted["series"]) < 10:
            box.series = Series.objects.filter(pk=int(wanted["series"])).first()
        return box


class SoFarEditView(EditView):
    """Editing a box: the way to proposals is in the header."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Wagtail's buttons, and "Propose entries"."""
        address = reverse("newsdesk_so_far_proposals", args=[self.object.pk])
        return [
            *super().header_more_buttons,
            Button(_("Propose entries"), url=address, icon_name="list-ul", priority=90),
        ]


class SoFarViewSet(SnippetViewSet):
    """What happened until now, of a topic or a series."""

    model = StorySoFar
    icon = "history"
    menu_label = _("The story so far")
    admin_url_namespace = "newsdesk_so_far"
    base_url_path = "paper/so-far"
    add_view_class = SoFarCreateView
    edit_view_class = SoFarEditView
    list_display = ["__str__", "heading"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel(
                [FieldPanel("topic"), FieldPanel("series")],
                heading=_("Of"),
                help_text=_("A topic or a series, and not both."),
            ),
            FieldPanel("heading"),
            InlinePanel(
                "entries",
                heading=_("Entries"),
                label=_("entry"),
                panels=[
                    FieldPanel("day"),
                    FieldPanel("sentence"),
                    FieldRowPanel([FieldPanel("story"), FieldPanel("version")]),
                ],
            ),
        ]
    )


def button_of(*, topic: Topic | None = None, series: Series | None = None, user: Any) -> Button | None:
    """Return the button that leads from a topic or a series to its story so far, or to a new one."""
    owner = topic or series
    box = StorySoFar.objects.filter(topic=topic, series=series).first()
    name = "topic" if topic else "series"
    if box is not None and user.has_perm("stories.change_storysofar"):
        address = reverse("newsdesk_so_far:edit", args=[box.pk])
    elif box is None and owner is not None and user.has_perm("stories.add_storysofar"):
        address = f"{reverse('newsdesk_so_far:add')}?{name}={owner.pk}"
    else:
        return None
    return Button(_("The story so far"), url=address, icon_name="history", priority=80)
