"""The queue, and the page of one item."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from broadsheet.accounts.models import User
from broadsheet.kit.html import clean_prose
from broadsheet.kit.paging import take
from broadsheet.newsdesk.fronts_board import signed_in
from broadsheet.newsdesk.new_story import may_write
from broadsheet.newsdesk.wire.forms import STATES, QueueForm
from broadsheet.stories.models import Story
from broadsheet.stories.selectors import cursor_from
from broadsheet.wire.models import ItemState, WireItem, WireSource
from broadsheet.wire.selectors import group_of, kill_of_story, members_of, queue, story_warnings, version_rows, words_of

WORK_WITH_WIRE = "wire.work_with_wire"
CHANGE_SOURCES = "wire.change_wiresource"
ITEMS_ON_A_PAGE = 50
QUEUE = "newsdesk_wire"


@dataclass(frozen=True)
class QueueRow:
    """One item of the queue. `warning` is `kill` or `correction` where a story was made of it before."""

    item: WireItem
    warning: str
    story_url: str


class WireView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the wire, for those who work with it."""

    header_icon = "globe"
    page_title: Any = gettext_lazy("Wire")
    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those whose work it is not."""
        self.user = signed_in(request)
        if not self.user.has_perm(WORK_WITH_WIRE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Queue(WireView):
    """What agencies sent, last changed first."""

    template_name = "newsdesk/wire/queue.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Name the queue."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Wire")}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """The way to the sources, for those who keep them."""
        if not self.user.has_perm(CHANGE_SOURCES):
            return []
        return [HeaderButton(_("Sources"), url=reverse("newsdesk_wire_sources:list"), icon_name="cog")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of this page of the queue, its filters and its tabs."""
        state = self.request.GET.get("state", ItemState.NEW)
        state = state if state in dict(STATES) else ItemState.NEW
        form = QueueForm(self.request.GET)
        page = take(
            queue(form.wanted(state)),
            limit=ITEMS_ON_A_PAGE,
            before=cursor_from(self.request),
            moment_field="changed_at",
        )
        warnings = story_warnings(item.pk for item in page.rows)
        urls = story_urls(page.rows, self.user)
        return super().get_context_data(
            rows=[QueueRow(item, warnings.get(item.pk, ""), urls.get(item.pk, "")) for item in page.rows],
            form=form,
            state=state,
            tabs=[(value, label, self._query(state=value)) for value, label in STATES],
            is_narrowed=any(self.request.GET.get(name) for name in form.fields),
            older_query=self._query(state=state, before=str(page.older)) if page.older else "",
            newest_query=self._query(state=state) if self.request.GET.get("before") else "",
            may_write=may_write(self.user),
            has_sources=WireSource.objects.exists(),
            troubled=WireSource.objects.filter(is_on=True).exclude(error=""),
            may_change_sources=self.user.has_perm(CHANGE_SOURCES),
            here=self.request.get_full_path(),
            **kwargs,
        )

    def _query(self, **changes: str) -> str:
        query = self.request.GET.copy()
        query.pop("before", None)
        for name, value in changes.items():
            query[name] = value
        return query.urlencode()


class Item(WireView):
    """One item: its words, its photos, what else the agency says, its versions, and what may be done with it."""

    template_name = "newsdesk/wire/item.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find it."""
        items = WireItem.objects.select_related("source", "section", "story", "follows", "same_as")
        self.item = get_object_or_404(items, pk=kwargs["item_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.item)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the queue."""
        wire = {"url": reverse(QUEUE), "label": _("Wire")}
        return [*super().get_breadcrumbs_items(), wire, {"url": "", "label": str(self.item)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that is known of it."""
        read = words_of(self.item)
        photos = list(self.item.photos.select_related("photo"))
        told = {photo.ref[:2_000]: photo for photo in read.photos}
        story = story_of(self.item)
        is_mine = story is not None and story.permissions_for_user(self.user).can_edit()
        return super().get_context_data(
            item=self.item,
            read=read,
            said=self.item.current.read,
            text=_shown(read.html),
            photos=[(photo, told.get(photo.ref)) for photo in photos],
            photos_missing=any(photo.photo_id is None for photo in photos),
            versions=version_rows(self.item),
            others=group_of(self.item),
            later=list(self.item.followed_by.select_related("source").order_by("pk")),
            members=members_of(self.item),
            warning=story_warnings([self.item.pk]).get(self.item.pk, ""),
            story_url=story_urls([self.item], self.user).get(self.item.pk, ""),
            kill=kill_of_story(story.pk) if story is not None and is_mine else None,
            may_write=may_write(self.user),
            **kwargs,
        )


def story_of(item: WireItem) -> Story | None:
    """Return the story that was made of an item, or of the one that it takes further."""
    story_id = item.story_id or (item.follows.story_id if item.follows else None)
    return Story.objects.filter(pk=story_id).first() if story_id else None


def story_urls(items: Iterable[WireItem], user: User) -> dict[int, str]:
    """Return where the stories made of items are worked on, by item, for those who may."""
    taken = {item.pk: item.story_id for item in items if item.story_id}
    stories = Story.objects.in_bulk(taken.values())
    mine = {pk for pk, story in stories.items() if story.permissions_for_user(user).can_edit()}
    return {
        item_id: reverse("wagtailadmin_pages:edit", args=[story_id])
        for item_id, story_id in taken.items()
        if story_id in mine
    }


def _shown(html: str) -> SafeString:
    """Return an agency's text for the newsroom's eyes: only the elements of prose, no pictures from elsewhere."""
    return mark_safe(clean_prose(html))  # noqa: S308 - cleaned in the same breath
