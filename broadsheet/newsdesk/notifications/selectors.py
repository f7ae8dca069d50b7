"""Reads of somebody's notices."""

from django.db.models import QuerySet

from broadsheet.accounts.models import User
from broadsheet.newsdesk.notifications.models import Notice

MOST_COUNTED = 99
"""Unread notices that are counted; beyond, the number says nothing more."""


def notices_of(user: User) -> "QuerySet[Notice]":
    """Return what a person was told, the latest first."""
    return Notice.objects.filter(user=user).order_by("-at", "-id")


def unread_count(user: User) -> int:
    """Return how many notices a person has not read, at most one more than `MOST_COUNTED`."""
    return Notice.objects.filter(user=user, read_at=None).order_by()[: MOST_COUNTED + 1].count()
