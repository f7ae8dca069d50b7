"""Hangs the keeping of topics into the newsroom: addresses and reports. Imported by `wagtail_hooks.py`."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.newsdesk.topics import moves
from broadsheet.newsdesk.topics.merge import MergeTopic
from broadsheet.newsdesk.topics.near_duplicates import NearDuplicates, tell_apart
from broadsheet.newsdesk.topics.rename import RenameTopic
from broadsheet.newsdesk.topics.split import SplitTopic
from broadsheet.newsdesk.topics.topic_view import KEEP_TOPICS

AFTER_STORED_PAGES = 40


@hooks.register("register_admin_urls")
def register_topic_acts() -> list[URLPattern]:
    """Serve them below /newsroom/topics/."""
    return [
        path("topics/<int:topic_id>/merge/", MergeTopic.as_view(), name="newsdesk_merge_topic"),
        path("topics/<int:topic_id>/split/", SplitTopic.as_view(), name="newsdesk_split_topic"),
        path("topics/<int:topic_id>/rename/", RenameTopic.as_view(), name="newsdesk_rename_topic"),
        path("topics/near-duplicates/", NearDuplicates.as_view(), name="newsdesk_near_duplicates"),
        path("topics/near-duplicates/apart/", tell_apart, name="newsdesk_tell_topics_apart"),
        path("topics/moves/", moves.TopicMoves.as_view(), name="newsdesk_topic_moves"),
        path("topics/moves/<int:move_id>/", moves.OneMove.as_view(), name="newsdesk_topic_move"),
        path("topics/moves/<int:move_id>/go-on/", moves.go_on, name="newsdesk_topic_move_on"),
        path("topics/moves/<int:move_id>/undo/", moves.undo, name="newsdesk_topic_move_undo"),
    ]


class TopicReportItem(MenuItem):
    """Shown to those who keep topics."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the user does."""
        return request.user.has_perm(KEEP_TOPICS)


@hooks.register("register_reports_menu_item")
def register_moves_menu_item() -> MenuItem:
    """Offer what was merged and split among the reports."""
    return TopicReportItem(
        _("Merges and splits"),
        reverse("newsdesk_topic_moves"),
        name="topic-moves",
        icon_name="tag",
        order=AFTER_STORED_PAGES,
    )


@hooks.register("register_reports_menu_item")
def register_near_duplicates_menu_item() -> MenuItem:
    """Offer the near-duplicates beside them."""
    return TopicReportItem(
        _("Near-duplicate topics"),
        reverse("newsdesk_near_duplicates"),
        name="near-duplicate-topics",
        icon_name="copy",
        order=AFTER_STORED_PAGES + 1,
    )
