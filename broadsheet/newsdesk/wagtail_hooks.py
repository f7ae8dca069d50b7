"""What the newsdesk adds to Wagtail's admin, and what it takes away."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from broadsheet.newsdesk import (
    addresses_hooks,
    audit_hooks,
    autosave_hooks,
    boards_hooks,
    editor_hooks,
    embargo_hooks,
    fronts_hooks,
    notices_hooks,
    search_hooks,
    so_far_hooks,
    stored_pages_hooks,
    takedown_hooks,
    topics_hooks,
    wire_hooks,
    workflow_hooks,
)
from broadsheet.newsdesk.dashboard import panels_for
from broadsheet.newsdesk.explorer import StoryPageViewSet
from broadsheet.newsdesk.partners import PartnerViewSet
from broadsheet.newsdesk.snippets import PaperViewSetGroup
from broadsheet.newsdesk.urls import urlpatterns
from broadsheet.pages.models import BasePage
from broadsheet.stories.models import InformationPage

__all__ = [  # imported for what they register
    "addresses_hooks",
    "audit_hooks",
    "autosave_hooks",
    "boards_hooks",
    "editor_hooks",
    "embargo_hooks",
    "fronts_hooks",
    "notices_hooks",
    "search_hooks",
    "so_far_hooks",
    "stored_pages_hooks",
    "takedown_hooks",
    "topics_hooks",
    "wire_hooks",
    "workflow_hooks",
]

STORIES_FIRST = 50
"""Menu order; Wagtail's own items begin at 100."""


@hooks.register("register_admin_urls")
def register_newsdesk_urls() -> list[URLPattern]:
    """Put our pages below /newsroom/."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def register_story_list() -> MenuItem:
    """Stories are the menu's first item."""
    return MenuItem(
        _("Stories"), reverse("newsdesk_stories"), name="stories", icon_name="doc-full", order=STORIES_FIRST
    )


@hooks.register("register_admin_viewset")
def register_paper() -> PaperViewSetGroup:
    """Sections, topics and contributors, under Paper."""
    return PaperViewSetGroup()


@hooks.register("register_admin_viewset")
def register_partners() -> PartnerViewSet:
    """Keep partners among the settings."""
    return PartnerViewSet()


@hooks.register("register_admin_viewset")
def register_months_in_page_tree() -> StoryPageViewSet:
    """Show months in the page tree without the order that stalls."""
    return StoryPageViewSet()


@hooks.register("construct_homepage_panels")
def replace_dashboard_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Put our dashboard in the place of Wagtail's."""
    panels[:] = panels_for(request)


@hooks.register("construct_help_menu")
def keep_help_about_the_newsroom(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what is about Wagtail and leads out of the house."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new", "editor-guide"))]


@hooks.register("construct_main_menu")
def speak_of_photos(request: HttpRequest, items: list[MenuItem]) -> None:
    """Call photos what the newsroom calls them."""
    for item in items:
        if item.name == "images":
            item.label = _("Photos")


@hooks.register("construct_homepage_summary_items")
def drop_counts(request: HttpRequest, items: list[Component]) -> None:
    """Show no counts of pages, photos and documents: counting 100,000 rows tells nobody anything."""
    items.clear()


@hooks.register("insert_global_admin_css")
def add_stylesheet() -> SafeString:
    """Style our own pages and panels."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsdesk/newsdesk.css"))


@hooks.register("insert_editor_js")
def add_editor_script() -> SafeString:
    """Bring the counters, previews and topic suggestions to the forms that have a place for them."""
    return format_html('<script type="module" src="{}"></script>', static("newsdesk/story-editor.js"))


@hooks.register("before_create_page")
def keep_information_pages_for_few(request: HttpRequest, parent: BasePage, page_class: type[BasePage]) -> None:
    """Who may write stories may not thereby found lasting pages of the paper."""
    if issubclass(page_class, InformationPage) and not request.user.has_perm("stories.add_informationpage"):
        raise PermissionDenied
