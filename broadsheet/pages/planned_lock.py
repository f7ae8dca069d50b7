"""Why a page that waits for its moment cannot be edited: its lock, which says when that is."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import ScheduledForPublishLock

from broadsheet.kit.wall_time import TO_THE_SECOND, told


class PlannedLock(ScheduledForPublishLock):
    """Wagtail's lock of what is scheduled, to the second and with the offset where a time comes twice."""

    def get_message(self, user: Any) -> Any:
        """Return what is said above the form."""
        version = self.object.scheduled_revision
        return format_html(
            _("“{title}” goes live on {moment}. Until then nobody changes it by accident."),
            title=version.object_str,
            moment=told(version.approved_go_live_at, form=TO_THE_SECOND),
        )
