"""Marks what somebody was told as read."""

from broadsheet.accounts.models import User
from broadsheet.kit import clock
from broadsheet.newsdesk.notifications.models import Notice


def mark_as_read(*, user: User, notice_id: int | None = None) -> int:
    """Mark one notice of a person, or all of them, as read; return how many were not read yet."""
    unread = Notice.objects.filter(user=user, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=clock.now())
