"""The newsroom's pages for arranging fronts: which there are, the board of each, its history."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.accounts.models import User
from broadsheet.fronts.models import Front
from broadsheet.fronts.permissions import ARRANGE_ANY, arrangeable_sections, may_arrange, may_arrange_some
from broadsheet.fronts.usual_zones import usual_zones
from broadsheet.fronts.zones import MOST_SLOTS, MOST_ZONES, USUAL_SLOTS, RuleSource, Zone, ZoneKind
from broadsheet.newsdesk.fronts_board_data import arrangement_for_board, zones_for_board
from broadsheet.pages.models import WorkType
from broadsheet.sections.models import Section
from broadsheet.topics.models import Topic

VERSIONS_SHOWN = 50
MOST_TOPICS_OFFERED = 2000


def signed_in(request: HttpRequest) -> User:
    """Return the member of staff who asks; Wagtail lets in nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def address(name: str, section: Section | None, *more: int) -> str:
    """Return the newsroom's address of one of a front's pages."""
    return reverse(f"fronts_board:{name}", args=[section.pk, *more] if section else list(more))


def front_of(section: Section | None) -> Front:
    """Return the front of a place; an unsaved one with the usual zones when nobody has arranged it."""
    kept = Front.objects.select_related("section", "latest_revision__user", "live_revision__user")
    return kept.filter(section=section).first() or Front(section=section, live=False)


def zones_being_edited(front: Front) -> tuple[Zone, ...]:
    """Return the zones of the newest version, draft or not; the usual ones when there is none."""
    newest = front.latest_revision
    return newest.as_object().zones if newest else usual_zones(front.section)


class FrontPageMixin(WagtailAdminTemplateMixin):
    """A newsroom page about one front; refuses those who may not arrange it."""

    header_icon = "grid"
    section: Section | None
    front: Front

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the front and ask whether the user may arrange it."""
        section_id = kwargs.get("section_id")
        self.section = get_object_or_404(Section, pk=section_id) if section_id else None
        if not may_arrange(signed_in(request), self.section):
            raise PermissionDenied
        self.front = front_of(self.section)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Return the front's name."""
        return str(self.front)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list of fronts."""
        fronts = {"url": reverse("fronts_board:index"), "label": _("Fronts")}
        return [*super().get_breadcrumbs_items(), fronts, {"url": "", "label": str(self.front)}]


class FrontsIndex(WagtailAdminTemplateMixin, TemplateView):
    """The fronts that a user may arrange, each with its state."""

    template_name = "newsdesk/fronts/index.html"
    page_title = gettext_lazy("Fronts")
    header_icon = "grid"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who may arrange none."""
        if not may_arrange_some(signed_in(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the list."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Fronts")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a row for each front, arranged or not."""
        user = signed_in(self.request)
        sections: list[Section | None] = list(arrangeable_sections(user))
        if user.has_perm(ARRANGE_ANY):
            sections.insert(0, None)
        kept = Front.objects.select_related("section", "latest_revision__user", "live_revision__user")
        by_section = {front.section_id: front for front in kept}
        rows = [
            {
                "front": by_section.get(section.pk if section else None) or Front(section=section, live=False),
                "board_url": address("board", section),
                "history_url": address("history", section),
            }
            for section in sections
        ]
        return super().get_context_data(rows=rows, **kwargs)


class FrontBoard(FrontPageMixin, TemplateView):
    """The board: the front's zones and slots, and the stories to put there."""

    template_name = "newsdesk/fronts/board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the board's script begins with."""
        zones = zones_being_edited(self.front)
        newest = self.front.latest_revision
        board = {
            "zones": zones_for_board(zones),
            "seen": newest.pk if newest else None,
            "arrangement": arrangement_for_board(zones, section=self.section),
            "kinds": [
                {"kind": kind.value, "label": kind.label, "most": MOST_SLOTS[kind], "usual": USUAL_SLOTS[kind]}
                for kind in ZoneKind
            ],
            "mostZones": MOST_ZONES,
            "choices": rule_choices(),
            "urls": {name: address(name, self.section) for name in ("arrange", "save")}
            | {"stories": reverse("fronts_board:stories")},
        }
        scheduled = self.front.scheduled_revision if self.front.pk else None
        return super().get_context_data(
            board=board,
            front=self.front,
            section=self.section,
            scheduled=scheduled,
            sections=Section.objects.all(),
            kinds=ZoneKind.choices,
            rule_sources=RuleSource.choices,
            time_zone=timezone.get_current_timezone_name(),
            urls={name: address(name, self.section) for name in ("board", "preview", "history", "unschedule")},
            **kwargs,
        )


class FrontHistory(FrontPageMixin, TemplateView):
    """The versions of a front, newest first."""

    template_name = "newsdesk/fronts/history.html"

    def get_page_title(self) -> str:
        """Name the front's history."""
        return _("History of “%(front)s”") % {"front": self.front}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the board."""
        *rest, board = super().get_breadcrumbs_items()
        return [*rest, board | {"url": address("board", self.section)}, {"url": "", "label": _("History")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the versions."""
        versions = (
            self.front.revisions.select_related("user").order_by("-created_at", "-pk")[:VERSIONS_SHOWN]
            if self.front.pk
            else []
        )
        rows = [
            {
                "version": version,
                "is_public": version.pk == self.front.live_revision_id,
                "is_newest": version.pk == self.front.latest_revision_id,
                "look_url": address("version", self.section, version.pk),
                "restore_url": address("restore", self.section, version.pk),
            }
            for version in versions
        ]
        newest = self.front.latest_revision_id
        board_url = address("board", self.section)
        return super().get_context_data(rows=rows, front=self.front, newest=newest, board_url=board_url, **kwargs)


def rule_choices() -> dict[str, list[dict[str, Any]]]:
    """Return the sections, topics and types of work from which a zone may be filled."""
    topics = Topic.objects.filter(merged_into=None).order_by("name").values_list("pk", "name")[:MOST_TOPICS_OFFERED]
    return {
        "section": [{"value": section.pk, "label": section.name} for section in Section.objects.all()],
        "topic": [{"value": pk, "label": name} for pk, name in topics],
        "work_type": [{"value": value, "label": str(label)} for value, label in WorkType.choices],
    }
