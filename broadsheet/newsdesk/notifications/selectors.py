"""Reads of somebody's notices."""

from django.db.models import QuerySet

from broadsheet.accounts.models import User
from broadsheet.newsdesk.notifications.models import Notice
from broadsheet.stories.models import Takedown

MOST_COUNTED = 99
"""Unread notices that are counted; beyond, the number says nothing more."""


def notices_of(user: User) -> "QuerySet[Notice]":
    """Return what a person was told, the latest first; what names a story that is taken down now is left out."""
    held_back = Takedown.objects.filter(lifted_at__isnull=True).values("page_id")
    told = Notice.objects.filter(user=user).exclude(story__isnull=False, story_id__in=held_back)
    return told.order_by("-at", "-id")


def unread_count(user: User) -> int:
    """Return how many of these a person has not read, at most one more than `MOST_COUNTED`."""
    return notices_of(user).filter(read_at=None).order_by()[: MOST_COUNTED + 1].count()
